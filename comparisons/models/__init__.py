"""The domain's models, one subject a file."""

from comparisons.models.areas import Area, Population
from comparisons.models.indicators import Indicator
from comparisons.models.observations import KEY, Observation, StagedFigure
from comparisons.models.pages import ComparisonsIndexPage, ThemePage
from comparisons.models.releases import LedgerClock, Release, ReleaseMember
from comparisons.models.sources import Source

__all__ = [
    "KEY",
    "Area",
    "ComparisonsIndexPage",
    "Indicator",
    "LedgerClock",
    "Observation",
    "Population",
    "Release",
    "ReleaseMember",
    "Source",
    "StagedFigure",
    "ThemePage",
]
