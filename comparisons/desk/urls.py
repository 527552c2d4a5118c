"""Addresses of the figure and release screens, under /admin/."""

from django.urls import include, path

from comparisons.desk import figure_views, release_views

figure_patterns = [
    path("<int:pk>/", figure_views.FigureListView.as_view(), name="list"),
    path("<int:pk>/ny/", figure_views.FigureFormView.as_view(), name="add"),
    path("<int:pk>/<int:figure>/", figure_views.FigureFormView.as_view(), name="change"),
    path("<int:pk>/<int:figure>/ta-bort/", figure_views.FigureWithdrawView.as_view(), name="withdraw"),
]
release_patterns = [
    path("", release_views.ReleaseListView.as_view(), name="list"),
    path("<int:pk>/", release_views.ReleaseView.as_view(), name="inspect"),
]
urlpatterns = [
    path("siffror/", include((figure_patterns, "figures"))),
    path("publiceringar/", include((release_patterns, "releases"))),
]
