"""The addresses of the readers' forms."""

from django.urls import path

from boras_site.feedback import views

app_name = "feedback"
urlpatterns = [
    path("hjalpte-sidan/", views.helped, name="helped"),
    path("hjalpte-sidan/tack/", views.helped_thanks, name="helped_thanks"),
    path("rapportera-brist/", views.report, name="report"),
    path("rapportera-brist/tack/", views.report_thanks, name="report_thanks"),
]
