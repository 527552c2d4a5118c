"""Figures in the admin: changed in an ordinary form, with a reason, and read by everyone at once."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comparisons.models import Indicator, Observation, Release, StagedFigure, ThemePage
from comparisons.svenska import MINUS, NBSP
from comparisons.terms import Status
from tests import factories
from tests.posting import figure_form, for_review, row_counts, told
from tests.reading import soup, tables

pytestmark = pytest.mark.django_db


def shown_on_a_page(of: Indicator, *columns: Any) -> ThemePage:
    """A theme page with a table of the indicator, of Borås 2017 unless told."""
    chosen = columns or (factories.column(factories.own_area(), "2017"),)
    return factories.theme_page(tables=[factories.table(of, columns=chosen, show_standing=False)])


def cells(page: ThemePage) -> list[str]:
    """What a reader who is not logged in finds in the page's only row."""
    (table,) = tables(Client().get(page.url).content).values()
    (row,) = table.rows.values()
    return row


def live(of: Indicator) -> Observation:
    return Observation.objects.get(indicator=of, superseded_by=None)


def change_url(of: Indicator) -> str:
    return reverse("figures:change", args=[of.pk, live(of).pk])


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """The sentences that stand at each field of the form, read from the screen."""
    return {
        field.find(["input", "select", "textarea"])["name"]: [
            " ".join(error.get_text().split()) for error in field.select(".error-message")
        ]
        for field in soup(response.content).select("[data-field]")
        if field.select(".error-message")
    }


# --- The way there ---------------------------------------------------------------------------


def test_the_edit_screen_of_an_indicator_leads_to_its_figures(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    screen = soup(desk.get(reverse(shown.snippet_viewset.get_url_name("edit"), args=[shown.pk])).content)
    links = {link["href"] for link in screen.find_all("a", href=True)}
    assert {reverse("figures:list", args=[shown.pk]), reverse("figures:add", args=[shown.pk])} <= links
    assert "10,4" in screen.get_text()
    figures = soup(desk.get(reverse("figures:list", args=[shown.pk])).content)
    actions = {link.get("aria-label"): link["href"] for link in figures.select("table a")}
    assert actions == {
        "Ändra Borås 2017": change_url(shown),
        "Ta bort Borås 2017": reverse("figures:withdraw", args=[shown.pk, live(shown).pk]),
    }


def test_the_form_starts_with_what_is_published(desk: Client) -> None:
    answer = factories.indicator(value_type="yes_no")
    factories.publish(factories.staged_figure(answer, "0", n=12, preliminary=True))
    form = desk.get(change_url(answer)).context["form"]
    assert form.initial == {
        "status": Status.NORMAL,
        "value": "Nej",
        "n": 12,
        "preliminary": True,
        "source": answer.source_id,
    }


# --- Changing and adding ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "statistic", "before", "typed", "read"),
    [
        ("decimal", "value", "0.5", "0,34", "0,34"),
        ("decimal", "value", "0.5", "−2,5", f"{MINUS}2,5"),
        ("decimal", "value", "0.5", "-2,50", f"{MINUS}2,50"),
        ("count", "value", "5", "1 234", f"1{NBSP}234"),
        ("percent", "value", "80", "79 %", "79"),
        ("points", "value", "8", "7", "7"),
        ("yes_no", "value", "0", "Ja", "Ja"),
        ("yes_no", "value", "1", "nej", "Nej"),
        ("yes_no", "share_yes", "80", "79 %", f"79{NBSP}% av kommunerna"),
        ("yes_no", "share_yes", "80", "79,5", f"79,5{NBSP}% av kommunerna"),
    ],
)
def test_a_changed_figure_is_read_at_the_next_request(
    desk: Client, kind: str, statistic: str, before: str, typed: str, read: str
) -> None:
    shown = factories.indicator(value_type=kind)
    where = factories.country() if statistic == "share_yes" else factories.own_area()
    factories.publish(factories.staged_figure(shown, before, of_area=where, statistic=statistic))
    page = shown_on_a_page(shown, factories.column(where, "2017", statistic))
    old = cells(page)
    response = desk.post(change_url(shown), figure_form(shown, value=typed))
    assert response.status_code == 302
    assert cells(page) == [read] != old


def test_a_changed_figure_is_read_on_the_page_of_its_indicator(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    desk.post(change_url(shown), figure_form(shown, value="10,6"))
    assert tables(Client().get(shown.get_absolute_url()).content)["Alla värden"].rows == {"2017": ["10,6"]}


def test_a_change_is_a_published_release_with_its_reason_and_its_maker(desk: Client) -> None:
    shown = factories.indicator("Räddningstid")
    factories.publish(factories.staged_figure(shown, "10.4"))
    response = desk.post(change_url(shown), figure_form(shown, value="10,6", reason="Rättat av MSB."))
    release = live(shown).release
    assert (release.state, release.reason) == (Release.State.PUBLISHED, "Rättat av MSB.")
    assert release.title == "Ändrad siffra: Räddningstid, Borås 2017"
    assert str(release.created_by_id) == desk.session["_auth_user_id"]
    (message,) = told(response)
    assert message.startswith("Siffran är publicerad.") and release.get_admin_url() in message


def test_an_added_period_takes_its_place_beside_the_others(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4", "2016"))
    page = factories.theme_page(tables=[factories.table(shown, show_standing=False)])
    assert cells(page) == ["10,4"]
    url = reverse("figures:add", args=[shown.pk])
    assert desk.post(url, figure_form(shown, period="2017", value="0,34")).status_code == 302
    (table,) = tables(Client().get(page.url).content).values()
    assert (table.columns, *table.rows.values()) == (["Borås 2016", "Borås 2017"], ["10,4", "0,34"])


def test_everything_that_the_form_asks_is_kept(desk: Client) -> None:
    shown, group = factories.indicator(), factories.area("Liknande kommuner", kind="group")
    schools, other = factories.population(), factories.source("MSB")
    form = figure_form(
        shown,
        area=group.pk,
        statistic="mean",
        period="2019-T1",
        population=schools.pk,
        gender="K",
        value="3,50",
        n="7",
        preliminary="on",
        source=other.pk,
    )
    desk.post(reverse("figures:add", args=[shown.pk]), form)
    kept = live(shown)
    assert (kept.area, kept.population, kept.source) == (group, schools, other)
    assert (kept.statistic, kept.gender, kept.when.key) == ("mean", "K", "2019-T1")
    assert (kept.value, kept.decimals, kept.n, kept.preliminary) == (Decimal("3.5"), 2, 7, True)


@pytest.mark.parametrize("status", [Status.MISSING, Status.SUPPRESSED, Status.TOO_FEW])
def test_a_value_can_give_way_to_the_reason_why_it_is_missing(desk: Client, status: str) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    desk.post(change_url(shown), figure_form(shown, value="", status=status))
    assert (live(shown).status, live(shown).value) == (status, None)


# --- Review ----------------------------------------------------------------------------------


def test_what_is_sent_for_review_is_not_read_until_it_is_approved(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    page = shown_on_a_page(shown)
    response = desk.post(change_url(shown), for_review(figure_form(shown, value="10,6")))
    assert "skickad för granskning" in told(response)[0]
    waiting = StagedFigure.objects.get().release
    assert waiting.state == Release.State.SUBMITTED
    assert cells(page) == ["10,4"]
    assert waiting.get_admin_url() in desk.get(reverse("figures:list", args=[shown.pk])).content.decode()
    reviewer = factories.client(factories.user("Granskare"))
    reviewer.post(waiting.get_admin_url(), {"step": "publish"})
    assert cells(page) == ["10,6"]


def test_without_leave_to_publish_the_button_is_not_there_and_pressing_it_anyway_sends_for_review() -> None:
    shown = factories.indicator()
    intern = factories.user()
    intern.user_permissions.add(*factories.permissions("access_admin", "add_release"))
    browser = factories.client(intern)
    url = reverse("figures:add", args=[shown.pk])
    assert 'name="publish"' not in browser.get(url).content.decode()
    assert browser.post(url, figure_form(shown)).status_code == 302
    assert not Observation.objects.exists()
    assert StagedFigure.objects.get().release.state == Release.State.SUBMITTED


# --- Wrong input -----------------------------------------------------------------------------

STOP = "Skriv decimaler med komma: 1,234."
WRONG: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "a full stop": ("decimal", {"value": "1.234"}, "value", STOP),
    "no number": ("decimal", {"value": "abc"}, "value", "”abc” är inte ett tal."),
    "a formula": ("decimal", {"value": "=1+1"}, "value", "”=1+1” är inte ett tal."),
    "nothing": ("decimal", {"value": " "}, "value", "Skriv ett värde, eller välj varför det saknas."),
    "too large": ("decimal", {"value": "12345678901"}, "value", "Talet är för stort."),
    "too exact": ("decimal", {"value": "0,123456789"}, "value", "Talet har för många decimaler."),
    "above the scale": ("points", {"value": "11"}, "value", "på skalan 1–10."),
    "below the scale": ("points", {"value": "0"}, "value", "på skalan 1–10."),
    "maybe": ("yes_no", {"value": "kanske"}, "value", "”kanske” är varken ja eller nej."),
    "two": ("yes_no", {"value": "2"}, "value", "”2” är varken ja eller nej."),
    "half a count": ("count", {"value": "1,5"}, "value", "Skriv ett helt tal."),
    "less than none": ("count", {"value": "-1"}, "value", "Ett antal kan inte vara mindre än noll."),
    "place 8 of 7": ("rank", {"value": "8", "n": "7"}, "value", "En placering går från 1 till"),
    "a share over 100": (
        "yes_no",
        {"value": "100,1 %", "statistic": "share_yes"},
        "value",
        "En andel går från 0 till 100 procent.",
    ),
    "a share under 0": (
        "yes_no",
        {"value": "-1", "statistic": "share_yes"},
        "value",
        "En andel går från 0 till 100 procent.",
    ),
    "a value that is missing": (
        "decimal",
        {"value": "10,4", "status": "missing"},
        "value",
        "Ta bort värdet, eller välj Värde.",
    ),
    "a value that is secret": (
        "decimal",
        {"value": "10,4", "status": "suppressed"},
        "value",
        "Ta bort värdet, eller välj Värde.",
    ),
    "a median of answers": (
        "yes_no",
        {"value": "1", "statistic": "median"},
        "statistic",
        "har ingen median",
    ),
    "a share of numbers": (
        "decimal",
        {"value": "1", "statistic": "share_yes"},
        "statistic",
        "finns bara för nyckeltal med ja och nej",
    ),
    "a month that is none": ("decimal", {"period": "2019-13"}, "period", "”2019-13”"),
    "a word for a period": ("decimal", {"period": "i fjol"}, "period", "”i fjol”"),
    "no period": ("decimal", {"period": ""}, "period", "Skriv en period, till exempel 2017."),
    "no area": ("decimal", {"area": ""}, "area", "Välj ett område."),
    "no reason": ("decimal", {"reason": "  "}, "reason", "Skriv varför siffran ändras."),
    "nobody behind it": ("decimal", {"n": "0"}, "n", "större än eller lika med 1."),
    "a world behind it": ("decimal", {"n": "99999999999"}, "n", "mindre än eller lika med 100000000."),
    "a key that is published": (
        "decimal",
        {"period": "2015"},
        "period",
        "Det finns redan en siffra: 1,0. Gå tillbaka och välj Ändra för att rätta den.",
    ),
}


@pytest.mark.parametrize("button", ["publish", "submit"])
@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_input_is_told_at_its_field_and_nothing_is_saved(desk: Client, wrong: str, button: str) -> None:
    kind, fields, field, sentence = WRONG[wrong]
    shown = factories.indicator(value_type=kind)
    if wrong == "a key that is published":
        factories.publish(factories.staged_figure(shown, "1.0", "2015"))
    form = figure_form(shown, **fields)
    before = row_counts()
    response = desk.post(
        reverse("figures:add", args=[shown.pk]), form if button == "publish" else for_review(form)
    )
    found = errors(response)
    assert list(found) == [field]
    assert len(found[field]) == 1 and sentence in found[field][0]
    assert told(response) == ["Inget är sparat. Rätta det som är markerat och försök igen."]
    assert row_counts() == before


@pytest.mark.parametrize(
    "wrong", ["a full stop", "above the scale", "maybe", "a share over 100", "no reason"]
)
def test_wrong_input_is_told_as_well_when_a_figure_is_changed(desk: Client, wrong: str) -> None:
    kind, fields, field, sentence = WRONG[wrong]
    statistic = fields.get("statistic", "value")
    shown = factories.indicator(value_type=kind)
    factories.publish(factories.staged_figure(shown, "1", statistic=statistic))
    before = row_counts()
    found = errors(desk.post(change_url(shown), figure_form(shown, **({"value": "2"} | fields))))
    assert list(found) == [field] and sentence in found[field][0]
    assert row_counts() == before


def test_the_form_comes_back_as_it_was_filled_in(desk: Client) -> None:
    shown = factories.indicator()
    form = figure_form(shown, value="1.234", reason="MSB har rättat.", period="2019-T1")
    screen = soup(desk.post(reverse("figures:add", args=[shown.pk]), form).content)
    assert screen.select_one("[name=value]")["value"] == "1.234"
    assert screen.select_one("[name=period]")["value"] == "2019-T1"
    assert screen.select_one("[name=reason]").get_text().strip() == "MSB har rättat."


def test_what_is_published_already_makes_no_release(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    before = row_counts()
    found = errors(desk.post(change_url(shown), figure_form(shown, value="10,4")))
    assert found == {"value": ["Siffran är redan publicerad så. Det finns inget att ändra."]}
    assert row_counts() == before


def test_a_figure_that_somebody_else_has_changed_since_is_not_overwritten(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    opened = change_url(shown)
    factories.publish(factories.staged_figure(shown, "10.5"))
    before = row_counts()
    response = desk.post(opened, figure_form(shown, value="10,6"))
    assert response.headers["Location"] == reverse("figures:list", args=[shown.pk])
    assert told(response)[0].startswith("Inget är sparat. Någon har ändrat siffran")
    assert row_counts() == before
    assert desk.get(opened).status_code == 302


def test_a_figure_is_found_only_under_its_own_indicator(desk: Client) -> None:
    shown, other = factories.indicator("Räddningstid"), factories.indicator("Stöld")
    factories.publish(factories.staged_figure(shown))
    assert desk.get(reverse("figures:change", args=[other.pk, live(shown).pk])).status_code == 404
    assert desk.get(reverse("figures:change", args=[shown.pk, 0])).status_code == 404


# --- Withdrawing -----------------------------------------------------------------------------


def withdraw_url(of: Indicator) -> str:
    return reverse("figures:withdraw", args=[of.pk, live(of).pk])


def test_a_withdrawn_figure_reads_as_missing(desk: Client) -> None:
    shown = factories.indicator("Räddningstid")
    factories.publish(factories.staged_figure(shown, "10.4"), factories.staged_figure(shown, "9", "2016"))
    page = shown_on_a_page(shown)
    url = reverse("figures:withdraw", args=[shown.pk, shown.observation_set.get(period=2017129).pk])
    assert "10,4" in desk.get(url).content.decode()
    desk.post(url, {"reason": "Fel område.", "publish": "1"})
    assert cells(page) == ["– saknas"]
    release = Release.objects.first()
    assert release is not None and release.reason == "Fel område."
    assert release.title == "Borttagen siffra: Räddningstid, Borås 2017"


def test_a_withdrawal_can_be_sent_for_review(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    page = shown_on_a_page(shown)
    desk.post(withdraw_url(shown), {"reason": "Fel område.", "submit": "1"})
    assert StagedFigure.objects.get().release.state == Release.State.SUBMITTED
    assert cells(page) == ["10,4"]


def test_a_withdrawal_without_a_reason_is_refused(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    before = row_counts()
    response = desk.post(withdraw_url(shown), {"reason": " ", "publish": "1"})
    assert errors(response) == {"reason": ["Skriv varför siffran tas bort."]}
    assert row_counts() == before


def test_a_withdrawn_figure_can_be_entered_anew(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    desk.post(withdraw_url(shown), {"reason": "Fel område.", "publish": "1"})
    desk.post(reverse("figures:add", args=[shown.pk]), figure_form(shown, value="10,6"))
    assert live(shown).value == Decimal("10.6")
