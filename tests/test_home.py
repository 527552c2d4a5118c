"""The front page's figures and changes, and what a theme says of itself."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comparisons.models import Indicator, ThemePage
from comparisons.terms import Statistic
from tests import factories as make
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db


def measured(title: str, own: str, median: str, period: str = "2017", **fields: str) -> Indicator:
    """An indicator of which less is better, with the own figure and the country's median."""
    of = make.indicator(title, polarity="lower_better", **fields)
    make.publish(
        make.staged_figure(of, own, period),
        make.staged_figure(of, median, period, of_area=make.country(), statistic=Statistic.MEDIAN),
    )
    return of


def headings(html: bytes) -> list[str]:
    return texts(html, ".figure h3")


def test_home_shows_one_figure_that_is_better_and_one_that_is_worse(client: Client) -> None:
    better, best, worse = measured("Bra", "1", "2"), measured("Bäst", "1", "9"), measured("Dåligt", "3", "2")
    make.theme_page(key_figures=[better, best, worse], edition_year=2017)
    html = client.get("/").content
    assert headings(html) == ["Bra", "Dåligt"]
    assert texts(html, ".figure .stand") == ["Bättre än medianen", "Sämre än medianen"]


def test_home_shows_the_next_in_order_where_nothing_is_worse(client: Client) -> None:
    same, better, best = measured("Lika", "2", "2"), measured("Bra", "1", "2"), measured("Bäst", "1", "9")
    make.theme_page(key_figures=[same, better, best], edition_year=2017)
    assert headings(client.get("/").content) == ["Bra", "Lika"]


def test_a_figure_of_another_year_than_the_page_says_its_year(client: Client) -> None:
    old, new = measured("Gammalt", "1", "2", "2016"), measured("Nytt", "3", "2", "2017")
    page = make.theme_page(key_figures=[old, new], edition_year=2017)
    assert headings(client.get("/").content) == ["Gammalt, 2016", "Nytt"]
    assert headings(client.get(page.url).content) == ["Gammalt, 2016", "Nytt, 2017"]


def changes(client: Client) -> list[str]:
    return texts(client.get("/").content, ".changes li p")


def test_home_tells_the_latest_changes_newest_first(client: Client) -> None:
    now = timezone.now()
    for age in range(7):
        page = make.theme_page(f"Tema {age}")
        at = now - timedelta(days=age)
        ThemePage.objects.filter(pk=page.pk).update(text_changed_at=at, first_published_at=at)
    assert changes(client) == [f"Tema {age}: nytt tema." for age in range(5)]
    ThemePage.objects.filter(title="Tema 6").update(text_changed_at=now + timedelta(hours=1))
    ThemePage.objects.filter(title="Tema 5").update(data_changed_at=now + timedelta(hours=2))
    assert changes(client)[:3] == [
        "Tema 5: siffrorna har ändrats.",
        "Tema 6: texten har ändrats.",
        "Tema 0: nytt tema.",
    ]
    ThemePage.objects.get(title="Tema 5").unpublish()
    assert "Tema 5" not in "".join(changes(client))


def test_a_theme_opens_with_its_conclusion_and_counts_under_it(client: Client) -> None:
    shown = [measured("Bra", "1", "2"), measured("Dåligt", "3", "2"), measured("Sämst", "9", "2")]
    page = make.theme_page(key_figures=shown, conclusion="Det går åt rätt håll.", edition_year=2017)
    html = client.get(page.url).content
    assert texts(html, ".conclusion") == ["Det går åt rätt håll."]
    (counted,) = texts(html, ".hero .tally")
    assert counted.replace("\u00a0", " ") == "I 3 jämförelser är Borås bättre i 1 och sämre i 2."
    (told,) = soup(html).select("meta[property='og:description']")
    assert told["content"] == "Det går åt rätt håll."
    ThemePage.objects.update(conclusion="")
    html = client.get(page.url).content
    assert texts(html, ".conclusion") == [counted] and texts(html, ".hero .tally") == []
    (told,) = soup(html).select("meta[property='og:description']")
    assert told["content"] == f"{page.title} 2017: {counted}"


def test_what_is_shared_of_an_indicator_is_its_sentence(client: Client) -> None:
    of = measured("Antal brott", "3", "2", sentence="{kommun} hade {värde} anmälda brott")
    html = client.get(of.get_absolute_url()).content
    sentence = "Borås hade 3 anmälda brott 2017. Det är fler än i mediankommunen (2)."
    assert texts(html, ".answer .lead") == [sentence]
    for name in ("meta[name=description]", "meta[property='og:description']"):
        (told,) = soup(html).select(name)
        assert told["content"] == sentence
    (mail,) = soup(html).select("a[href^='mailto:?']")
    assert "3%20anm%C3%A4lda%20brott" in str(mail["href"])


def test_a_note_stands_after_its_text(client: Client) -> None:
    body = [{"type": "text", "value": "<p>Text</p>"}, {"type": "note", "value": "<p><b>MSB</b> är …</p>"}]
    section = json.dumps([{"type": "section", "value": {"heading": "Brand", "body": body}}])
    page = make.theme_page(results=section)
    (note,) = soup(client.get(page.url).content).select(".prose + .note")
    assert note["role"] == "note" and note.get_text().strip() == "MSB är …"


def test_the_weave_is_chosen_by_its_picture(desk: Client) -> None:
    page = make.theme_page()
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    choices = soup(html).select("input[type=radio][name=weave]")
    assert [choice["value"] for choice in choices] == ["tuskaft", "kypert", "panama", "satin"]
    drawn = soup(html).select(".weave-choice svg")
    assert len(drawn) == 4 and len(soup(html).select("pattern#tuskaft")) == 1
