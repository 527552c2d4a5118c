"""The app that keeps what readers send."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Forms on the public pages, a list in the admin."""

    name = "boras_site.feedback"
    label = "feedback"
    verbose_name = "Läsarnas svar"
