"""Addresses of the work list, under /admin/arbetslista/."""

from django.urls import path

from comparisons.desk.worklist import views

urlpatterns = [
    path("genomlast/<int:pk>/", views.reviewed, name="reviewed"),
    path("<slug:slug>/", views.KindView.as_view(), name="kind"),
]
