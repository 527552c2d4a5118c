"""Addresses of the screens of intakes, under /admin/inlasningar/."""

from django.urls import path

from comparisons.desk.intakes import views

urlpatterns = [
    path("", views.IntakeListView.as_view(), name="list"),
    path("ny/", views.NewIntakeView.as_view(), name="new"),
    path("mall/<int:page>/", views.TemplateView.as_view(), name="template"),
    path("<int:pk>/", views.IntakeView.as_view(), name="inspect"),
    path("<int:pk>/lage/", views.ProgressView.as_view(), name="progress"),
]
