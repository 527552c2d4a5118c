"""What the indicator's form says of Kolada, with the way to the screen where it is changed."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from comparisons.models import KoladaLink


class KoladaPanel(Panel):
    """Which KPI the figures are fetched from, if any."""

    class BoundPanel(Panel.BoundPanel):
        """Bound to one indicator."""

        template_name = "comparisons/desk/kolada/panel.html"

        def is_shown(self) -> bool:
            """Only for an indicator that is saved."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Adds the link and the address of its screen."""
            return {
                **super().get_context_data(parent_context),
                "link": KoladaLink.objects.filter(indicator=self.instance.pk).first(),
                "kolada_url": reverse("kolada", args=[self.instance.pk]),
            }
