"""Wagtail's admin with our mail in place of its own."""

from wagtail.admin.apps import WagtailAdminAppConfig


class AdminConfig(WagtailAdminAppConfig):  # type: ignore[misc]
    """Stands in INSTALLED_APPS where ``wagtail.admin`` would."""

    default = False

    def ready(self) -> None:
        """Wagtail's own, and then ours: its mail must be connected before it can be disconnected."""
        super().ready()
        from comparisons.desk import mail

        mail.listen()
