"""The demo's pages: home, index, four themes, and what is about the site, with text written for it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from wagtail.models import Page, Site

from boras_site.accounts.models import User
from boras_site.demo import statement, themes
from boras_site.demo.figures import read
from boras_site.models import AccessibilityStatementPage, ContentPage, HomePage, SiteSettings
from comparisons.models import Area, ComparisonsIndexPage, Indicator, Population, ThemePage

#: The founding page was last changed then.
FOUNDED_AT = datetime(2018, 3, 1, 15, 6, tzinfo=ZoneInfo("Europe/Stockholm"))


class Builder:
    """Turns the texts of themes.py and statement.py into pages.

    ``indicators`` by title, as the data files name them.
    """

    def __init__(self, indicators: dict[str, Indicator], user: User) -> None:
        self.indicators = indicators
        self.user = user
        self.areas = {area.name: area for area in Area.objects.all()}
        self.populations = {population.name: population for population in Population.objects.all()}

    def build(self) -> None:
        """Make every page and publish it, and let the site begin at the home page."""
        root = Page.objects.get(depth=1)
        home = HomePage(
            title="Så står sig Borås",
            slug="start",
            introduction=themes.HOME_INTRODUCTION,
            search_description="Hur Borås står sig mot Sveriges andra kommuner, tema för tema.",
        )
        root.add_child(instance=home)
        self._publish(home)
        site = Site.objects.get(is_default_site=True)
        default_page = site.root_page
        site.root_page = home
        site.site_name = "Öppna jämförelser"
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.save()
        if default_page.pk != home.pk and default_page.specific_class is Page:
            default_page.delete()
            home.refresh_from_db()
        index = ComparisonsIndexPage(
            title="Öppna jämförelser",
            slug="oppna-jamforelser",
            introduction=themes.INDEX_INTRODUCTION,
            show_in_menus=True,
        )
        home.add_child(instance=index)
        self._publish(index)
        for theme in themes.THEMES:
            self._theme(index, theme)
        self._text_page(
            home,
            "Så läser du siffrorna",
            "sa-laser-du-siffrorna",
            themes.READING_INTRODUCTION,
            themes.READING,
        )
        self._text_page(
            home, "Om webbplatsen", "om-webbplatsen", statement.ABOUT_INTRODUCTION, statement.ABOUT
        )
        declared = AccessibilityStatementPage(**statement.accessibility_statement())
        home.add_child(instance=declared)
        self._publish(declared)
        SiteSettings.objects.update_or_create(site=site, defaults=statement.CONTACT)

    def _text_page(
        self, home: Page, title: str, slug: str, introduction: str, sections: list[dict[str, Any]]
    ) -> None:
        page = ContentPage(
            title=title,
            slug=slug,
            introduction=introduction,
            body=[self._section(section) for section in sections],
            responsible_unit="Stadsledningskansliet",
            show_in_menus=True,
        )
        home.add_child(instance=page)
        self._publish(page)

    def _theme(self, index: Page, theme: dict[str, Any]) -> None:
        page = ThemePage(
            title=theme["title"],
            slug=theme["slug"],
            edition_year=theme["edition_year"],
            summary=theme["summary"],
            weave=theme["weave"],
            conclusion=theme.get("conclusion", ""),
            introduction=theme["introduction"],
            key_figures=[self._key_figures(theme)],
            results_introduction=theme.get("results_introduction", ""),
            results=[self._section(section) for section in theme["results"]],
            improvements=[
                self._section(part) if isinstance(part, dict) else ("text", part)
                for part in theme.get("improvements", ())
            ],
            links=[("link", {"text": text, "url": url}) for text, url in theme.get("links", ())],
            about_figures=theme.get("about_figures", ""),
            responsible_unit=theme["responsible_unit"],
        )
        index.add_child(instance=page)
        self._publish(page)
        if theme["slug"] == "trygghet-och-sakerhet":
            ThemePage.objects.filter(pk=page.pk).update(
                text_changed_at=FOUNDED_AT, data_changed_at=FOUNDED_AT
            )

    def _publish(self, page: Page) -> None:
        page.save_revision(user=self.user).publish(user=self.user)

    def _section(self, section: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        body: list[tuple[str, Any]] = [
            text if isinstance(text, tuple) else ("text", text) for text in section.get("texts", ())
        ]
        body += [("table", self._table(table)) for table in section.get("tables", ())]
        return ("section", {"heading": section["heading"], "body": body})

    def _table(self, table: dict[str, Any]) -> dict[str, Any]:
        """A table of the data files, its rows in their order there."""
        titles = dict.fromkeys(
            line.indicator
            for line in sorted(read(table["file"]), key=lambda line: line.row)
            if line.table == table["caption"]
        )
        footnotes = table.get("footnotes", {})
        if "latest" in table:
            number, area, statistic = table["latest"]
            columns: tuple[str, Any] = (
                "latest",
                {
                    "number": number,
                    "comparisons": [{"area": self.areas[area], "statistic": statistic}],
                },
            )
        else:
            columns = (
                "by_hand",
                [
                    {
                        "area": self.areas[area],
                        "statistic": statistic,
                        "population": self.populations[population] if population else None,
                        "period": period,
                    }
                    for area, statistic, population, period in table["columns"]
                ],
            )
        return {
            "caption": table["caption"],
            "rows": [
                {"indicator": self.indicators[title], "footnote": footnotes.get(title, "")}
                for title in titles
            ],
            "columns": [columns],
            "show_standing": table.get("show_standing", True),
            "note": table.get("note", ""),
        }

    def _key_figures(self, theme: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        area, statistic, population = theme["against"]
        return (
            "key_figures",
            {
                "figures": [
                    {
                        "indicator": self.indicators[title],
                        "population": self.populations[population] if population else None,
                    }
                    for title in theme["key_figures"]
                ],
                "area": self.areas[area],
                "statistic": statistic,
            },
        )
