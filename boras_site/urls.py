"""Addresses: the admin, the indicators' own pages, and then the page tree."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import Sitemap
from wagtail.documents import urls as wagtaildocs_urls

from boras_site.search.views import search
from boras_site.views import robots
from comparisons.indicator_page import IndicatorSitemap, indicator_list, indicator_page

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("dokument/", include(wagtaildocs_urls)),
    path("", include("boras_site.feedback.urls")),
    path("nyckeltal/", indicator_list, name="indicators"),
    path("nyckeltal/<slug:slug>/", indicator_page, name="indicator"),
    path("sok/", search, name="search"),
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": {"pages": Sitemap, "indicators": IndicatorSitemap}},
        name="sitemap",
    ),
    path("robots.txt", robots, name="robots"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]

handler404 = "boras_site.views.not_found"
handler500 = "boras_site.views.server_error"
