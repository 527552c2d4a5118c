"""Addresses of the figure and release screens and of the work list, under /admin/."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from comparisons.desk.example import ExampleView
from comparisons.desk.guide import GuideView
from comparisons.desk.intakes import urls as intakes
from comparisons.desk.kolada.views import KoladaView
from comparisons.desk.release_list import ReleaseListView
from comparisons.desk.release_views import PreviewView, ReleaseView
from comparisons.desk.sheets import views as sheets
from comparisons.desk.worklist import urls as worklist

figure_patterns = [
    path("<int:pk>/", sheets.IndicatorSheetView.as_view(), name="list"),
    path("tabell/<int:page>/<str:block>/", sheets.TableSheetView.as_view(), name="table"),
    path("kontrollera/", sheets.CheckView.as_view(), name="check"),
    path("spara/", sheets.SaveView.as_view(), name="save"),
]
release_patterns = [
    path("", ReleaseListView.as_view(), name="list"),
    path("<int:pk>/", ReleaseView.as_view(), name="inspect"),
    re_path(r"^(?P<pk>\d+)/(?P<kind>sida|nyckeltal)/(?P<thing>\d+)/$", PreviewView.as_view(), name="preview"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("nyckeltal/exempel/", ExampleView.as_view(), name="indicator_example"),
    path("nyckeltal/<int:pk>/exempel/", ExampleView.as_view(), name="indicator_example"),
    path("nyckeltal/<int:pk>/kolada/", KoladaView.as_view(), name="kolada"),
    path("guide/", GuideView.as_view(), name="guide"),
    path("siffror/", include((figure_patterns, "figures"))),
    path("publiceringar/", include((release_patterns, "releases"))),
    path("inlasningar/", include((intakes.urlpatterns, "intakes"))),
    path("arbetslista/", include((worklist.urlpatterns, "worklist"))),
]
