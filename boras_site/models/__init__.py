"""The site around the comparisons, one subject a file."""

from boras_site.models.pages import ContentPage, HomePage
from boras_site.models.settings import SiteSettings
from boras_site.models.statement import AccessibilityStatementPage

__all__ = ["AccessibilityStatementPage", "ContentPage", "HomePage", "SiteSettings"]
