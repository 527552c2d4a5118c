"""What keeps a sheet from being saved, with a sentence at each cell; what no sheet sends; and who may not."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comparisons import roles
from comparisons.desk.sheets.entries import MOST_ENTRIES
from comparisons.models import Indicator, Release, StagedFigure
from comparisons.svenska import NBSP
from comparisons.terms import EMPTY_POPULATION
from tests import factories
from tests.posting import row_counts
from tests.sheets import Writer, cell, post

pytestmark = pytest.mark.django_db

#: Of any number of cells; some are the savepoints that a test makes of transactions.
CHECK_QUERIES, SAVE_QUERIES = 17, 35
#: Each with the indicator's kind, the statistic, what is written, and what is said of it.
WRONG: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "a full stop": ("decimal", "value", {"text": "1.234"}, "Skriv decimaler med komma: 1,234."),
    "no number": ("decimal", "value", {"text": "abc"}, "”abc” är inte ett tal."),
    "a formula": ("decimal", "value", {"text": "=1+1"}, "”=1+1” är inte ett tal."),
    "a fault of the spreadsheet's": ("decimal", "value", {"text": "#REF!"}, "är ett fel i kalkylarket."),
    "a letter": ("decimal", "value", {"text": "Ö"}, "”Ö” är inte ett tal."),
    "markup": ("decimal", "value", {"text": "<b>1</b>"}, "”<b>1</b>” är inte ett tal."),
    "very long": ("decimal", "value", {"text": "9" * 5000}, "Talet är för stort."),
    "too large": ("decimal", "value", {"text": "12345678901"}, "Talet är för stort."),
    "too exact": ("decimal", "value", {"text": "0,123456789"}, "Talet har för många decimaler."),
    "above the scale": ("points", "value", {"text": "11"}, "på skalan 1–10."),
    "below the scale": ("points", "value", {"text": "0"}, "på skalan 1–10."),
    "maybe": ("yes_no", "value", {"text": "kanske"}, "”kanske” är varken ja eller nej."),
    "a number for an answer": ("yes_no", "value", {"text": "1"}, "”1” är varken ja eller nej."),
    "half a count": ("count", "value", {"text": "1,5"}, "Skriv ett helt tal."),
    "less than none": ("count", "value", {"text": "-1"}, "Ett antal kan inte vara mindre än noll."),
    "place 8 of 7": ("rank", "value", {"text": "8 av 7"}, "En placering går från 1 till"),
    "place 8 of 7 in two fields": ("rank", "value", {"text": "8", "n": "7"}, "En placering går från 1 till"),
    "two numbers of places": ("rank", "value", {"text": "8 av 290", "n": "300"}, "I rutan står 290"),
    "a share over 100": ("yes_no", "share_yes", {"text": "100,1 %"}, "En andel går från 0 till 100"),
    "a share under 0": ("yes_no", "share_yes", {"text": "-1"}, "En andel går från 0 till 100"),
    "a median of answers": ("yes_no", "median", {"text": "1"}, "har ingen median"),
    "no median of answers": ("yes_no", "median", {"text": "–"}, "har ingen median"),
    "a share of numbers": ("decimal", "share_yes", {"text": "1"}, "finns bara för nyckeltal med ja och nej"),
    "per cent of what": ("decimal", "value", {"text": "34 %"}, "räknas inte i procent"),
    "nobody behind it": ("decimal", "value", {"text": "1", "n": "0"}, "Antalet bakom värdet ska vara"),
    "half behind it": ("decimal", "value", {"text": "1", "n": "1,5"}, "Antalet bakom värdet ska vara"),
    "a world behind it": ("decimal", "value", {"text": "1", "n": "9" * 39}, "Talet är för stort."),
    "words behind it": ("decimal", "value", {"text": "1", "n": "många"}, "”många” är inte ett tal."),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_one_wrong_cell_keeps_all_of_them_and_is_told_of_at_its_place(wrong: str) -> None:
    kind, statistic, fields, sentence = WRONG[wrong]
    of, right = factories.indicator(value_type=kind), factories.indicator("Rätt")
    key = cell(of, statistic=statistic)
    kim = Writer(of).open().write(key, **fields).write(cell(right), "10,4")
    before = row_counts()
    (said,) = [one for one in kim.check().values() if one["error"]]
    told = kim.save()
    assert kim.answer.status_code == 409
    assert told["message"] == "Inget är sparat. 1 ruta behöver rättas."
    assert list(told["cells"]) == [key]
    assert told["cells"][key] == said
    assert sentence in said["error"]
    assert said["text"] == fields["text"][:200]
    assert row_counts() == before


@pytest.mark.parametrize(
    ("kind", "written", "understood"),
    [
        ("decimal", " 10,40 ", "10,40"),
        ("count", "1 234", f"1{NBSP}234"),
        ("percent", "79 %", "79"),
        ("yes_no", "ja", "Ja"),
        ("decimal", "saknas", "–"),
        ("decimal", "-", "–"),
        ("decimal", "…", ".."),
        ("decimal", "+5", "5"),
        ("decimal", "007", "7"),
        ("decimal", "-0,0", "0,0"),
        ("rank", "34 AV 290", "34 av 290"),
        ("decimal", "\t", ""),
    ],
)
def test_what_was_written_otherwise_is_shown_as_it_was_understood_before_it_is_kept(
    kind: str, written: str, understood: str
) -> None:
    of = factories.indicator(value_type=kind)
    kim = Writer(of).open().write(cell(of), written)
    before = row_counts()
    told = kim.save()
    assert kim.answer.status_code == 409
    assert told["message"].startswith("Inget är sparat än. Så här förstår vi det du skrev")
    assert told["cells"] == {cell(of): {"text": understood, "error": "", "warning": ""}}
    assert row_counts() == before
    kim.write(cell(of), understood).save_well()


def test_a_place_whose_number_stands_beside_it_is_shown_with_it() -> None:
    of = factories.indicator(value_type="rank")
    kim = Writer(of).open().write(cell(of), "34", n="290")
    assert kim.save()["cells"][cell(of)]["text"] == "34 av 290"


def test_every_wrong_cell_is_told_of_at_once() -> None:
    of = factories.indicator(value_type="points")
    kim = Writer(of).open()
    for year in range(1950, 2010):
        kim.write(cell(of, str(year)), "11")
    kim.write(cell(of, "2010"), "x").write(cell(of, "2011"), "7")
    told = kim.save()
    assert told["message"] == "Inget är sparat. 61 rutor behöver rättas."
    assert len(told["cells"]) == 61


def test_a_check_says_what_it_thinks_and_keeps_nothing() -> None:
    of = factories.indicator()
    factories.publish(factories.staged_figure(of, "10.4", "2016"))
    kim = Writer(of).open().write(cell(of), "104").write(cell(of, "2018"), "x").write(cell(of, "2019"), "9")
    before = row_counts()
    said = kim.check()
    assert row_counts() == before
    assert said[cell(of)]["warning"].startswith("104 är tio gånger så mycket som 2016 (10,4).")
    assert [said[cell(of, year)]["error"][:3] for year in ("2017", "2018", "2019")] == ["", "”x”", ""]
    assert said[cell(of, "2019")] == {"text": "9", "error": "", "warning": ""}


def test_a_check_looks_at_the_draft_too() -> None:
    of = factories.indicator()
    Writer(of).open().write(cell(of, "2016"), "10,4").save_well()
    kim = Writer(of).open().write(cell(of), "104")
    assert "2016 (10,4)" in kim.check()[cell(of)]["warning"]
    kim.release = None
    assert kim.check()[cell(of)]["warning"] == ""


@pytest.mark.parametrize("field", ["value_type", "unit", "scale_max"])
def test_no_figure_is_taken_while_a_draft_says_that_figures_mean_something_else(field: str) -> None:
    of = factories.indicator("Våldsbrott", unit="kronor", value_type="index", scale_min=0, scale_max=10)
    setattr(of, field, {"value_type": "points", "unit": "tusen kronor", "scale_max": 9}[field])
    of.save_revision()
    kim = Writer(of).open().write(cell(of), "10")
    before = row_counts()
    told = kim.save()
    assert kim.answer.status_code == 409
    assert "för ”Våldsbrott” är ändrad i ett utkast" in told["message"]
    assert row_counts() == before


def test_a_draft_that_only_rewords_an_indicator_is_no_hindrance() -> None:
    of = factories.indicator("Våldsbrott")
    of.title = "Anmälda våldsbrott"
    of.save_revision()
    assert Writer(of).open().write(cell(of), "10").save_well() is not None


def test_nothing_changed_is_nothing_saved() -> None:
    of = factories.indicator()
    kim = Writer(of).open()
    before = row_counts()
    assert kim.save()["message"] == "Du har inte ändrat någon siffra."
    assert kim.answer.status_code == 409
    assert row_counts() == before


def test_another_figure_of_the_draft_that_has_become_wrong_is_named() -> None:
    of, other = factories.indicator("Nöjdhet", value_type="points"), factories.indicator("Stöld")
    release = factories.release(factories.staged_figure(of, "9", "2016"), factories.staged_figure(other))
    Indicator.objects.filter(pk=of.pk).update(scale_max=8)
    kim = Writer(other).open()
    assert kim.release == release.pk
    told = kim.write(cell(other), "11,0").save()
    assert kim.answer.status_code == 409
    assert "Nöjdhet, Borås 2016: 9 ligger utanför skalan." in told["message"]
    assert StagedFigure.objects.get(indicator=other).value != 11


# --- What no sheet sends ---------------------------------------------------------------------


def sent(of: Indicator, **changes: Any) -> dict[str, Any]:
    """A right save with something of its cell changed."""
    return {"cells": [{"key": cell(of), "text": "1", "token": "0"} | changes]}


@pytest.fixture
def quiet(desk: Client) -> Client:
    """A browser that meets an error of the server's as an answer."""
    desk.raise_request_exception = False
    return desk


@pytest.mark.parametrize("what", ["check", "save"])
@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '"cells"',
        "{}",
        '{"cells": {}}',
        '{"cells": "1"}',
        '{"cells": [1]}',
        '{"cells": [[]]}',
        '{"cells": [null]}',
        '{"cells": [{}]}',
        '{"cells": [{"key": "1.1.value.1.T.2017129"}]}',
        '{"cells": ' + "[" * 20_000,
        b"\xff\xfe".decode("latin-1"),
    ],
)
def test_what_is_no_list_of_cells_is_refused(quiet: Client, what: str, body: str) -> None:
    answer = post(quiet, what, body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Begäran gick inte att förstå")


@pytest.mark.parametrize("what", ["check", "save"])
@pytest.mark.parametrize(
    "changes",
    [
        {"key": "1"},
        {"key": None},
        {"key": f"{2**40}.1.value.1.T.2017129"},
        {"key": f"{2**70}.1.value.1.T.2017129"},
        {"source": "x"},
        {"source": 2**40},
        {"source": 2**70},
        {"source": -1},
        {"source": [1]},
        {"source": {"pk": 1}},
        {"overruled": "\x00"},
        {"overruled": "\ud800"},
    ],
)
def test_a_cell_of_what_does_not_exist_is_refused(quiet: Client, what: str, changes: dict[str, Any]) -> None:
    asked = sent(factories.indicator(), **changes)
    before = row_counts()
    assert post(quiet, what, asked).status_code == 400
    assert row_counts() == before


@pytest.mark.parametrize("part", ["area", "population"])
def test_a_cell_of_an_area_or_population_that_does_not_exist_is_refused(quiet: Client, part: str) -> None:
    of = factories.indicator()
    gone = factories.area() if part == "area" else factories.population()
    key = cell(of, **({"of_area": gone} if part == "area" else {"urval": gone}))  # type: ignore[arg-type]
    gone.delete()
    assert post(quiet, "save", sent(of, key=key)).status_code == 400


@pytest.mark.parametrize("name", ["title", "reason", "seen_title", "seen_reason"])
@pytest.mark.parametrize("text", ["a\x00b", "a\udfff"])
def test_words_that_no_database_holds_are_refused(quiet: Client, name: str, text: str) -> None:
    of = factories.indicator()
    assert post(quiet, "save", sent(of) | {name: text}).status_code == 400
    assert not Release.objects.exists()


@pytest.mark.parametrize("release", ["", None, 0, "0", 2**40, 2**70, "9" * 5000, "x", "²", [], -1, True])
def test_a_release_that_is_none_is_as_if_there_were_none(quiet: Client, release: object) -> None:
    of = factories.indicator()
    assert post(quiet, "check", sent(of) | {"release": release}).status_code == 200
    assert post(quiet, "save", sent(of) | {"release": release}).status_code == 200
    assert StagedFigure.objects.count() == 1


def test_more_cells_than_a_sheet_has_are_refused(quiet: Client) -> None:
    of, own = factories.indicator(), factories.own_area().pk
    areas = range(own, own + MOST_ENTRIES + 1)
    cells = [
        {"key": f"{of.pk}.{area}.value.{EMPTY_POPULATION}.T.2017129", "text": "1", "token": "0"}
        for area in areas
    ]
    answer = post(quiet, "save", {"cells": cells})
    assert answer.status_code == 400 and f"more than {MOST_ENTRIES}" in answer.json()["message"]


def test_of_one_cell_twice_the_later_counts(quiet: Client) -> None:
    of = factories.indicator()
    twice = [{"key": cell(of), "text": text, "token": "0"} for text in ("1", "2")]
    assert post(quiet, "save", {"cells": twice}).status_code == 200
    assert StagedFigure.objects.get().value == 2


# --- Who may ---------------------------------------------------------------------------------


def refused(answer: HttpResponse) -> bool:
    return answer.status_code in (302, 403)


@pytest.mark.parametrize("what", ["check", "save"])
@pytest.mark.parametrize("who", ["nobody", "no role", "reads only"])
def test_who_may_not_change_figures_is_refused(what: str, who: str) -> None:
    of = factories.indicator()
    browser = Client()
    if who != "nobody":
        somebody = factories.user()
        if who == "reads only":
            somebody.user_permissions.add(*factories.permissions("access_admin", "view_release"))
        browser = factories.client(somebody)
    assert refused(post(browser, what, sent(of)))
    assert not Release.objects.exists()


@pytest.mark.parametrize("what", ["check", "save"])
def test_an_answer_is_only_given_to_what_is_posted(desk: Client, what: str) -> None:
    assert desk.get(reverse(f"figures:{what}")).status_code == 405


@pytest.mark.parametrize("what", ["check", "save"])
def test_what_is_posted_from_another_site_is_refused(what: str) -> None:
    of = factories.indicator()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.user(roles.COMMUNICATOR))
    assert post(strict, what, sent(of)).status_code == 403
    assert not Release.objects.exists()
    strict.get(reverse("figures:list", args=[of.pk]))
    token = strict.cookies["csrftoken"].value
    body = json.dumps(sent(of))
    url = reverse(f"figures:{what}")
    answer = strict.post(url, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


@pytest.mark.parametrize("number", [1, 10])
def test_a_sheet_of_any_size_is_judged_and_saved_in_as_many_queries(
    number: int, django_assert_num_queries: Any
) -> None:
    many = [factories.indicator(f"Nyckeltal {place}") for place in range(number)]
    factories.publish(*(factories.staged_figure(one, "5", "1999") for one in many))
    kim = Writer(many[0]).open()
    for one in many:
        for year in range(2000, 2005):
            kim.write(cell(one, str(year)), "5,5")
    kim.check()  # what is asked once is kept by now
    with django_assert_num_queries(CHECK_QUERIES):
        kim.check()
    with django_assert_num_queries(SAVE_QUERIES):
        kim.save_well()
    assert StagedFigure.objects.count() == 5 * number
