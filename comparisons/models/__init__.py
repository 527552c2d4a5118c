"""The domain's models, one subject a file."""

from comparisons.models.areas import Area, Membership, Population
from comparisons.models.distributions import GROUP, Distribution
from comparisons.models.indicators import Indicator
from comparisons.models.intakes import Intake, RememberedName
from comparisons.models.kolada import KoladaLink
from comparisons.models.observations import KEY, Observation, StagedFigure
from comparisons.models.pages import ComparisonsIndexPage, ThemePage
from comparisons.models.releases import LedgerClock, Release, ReleaseMember
from comparisons.models.sources import Source

__all__ = [
    "GROUP",
    "KEY",
    "Area",
    "ComparisonsIndexPage",
    "Distribution",
    "Indicator",
    "Intake",
    "KoladaLink",
    "LedgerClock",
    "Membership",
    "Observation",
    "Population",
    "Release",
    "ReleaseMember",
    "RememberedName",
    "Source",
    "StagedFigure",
    "ThemePage",
]
