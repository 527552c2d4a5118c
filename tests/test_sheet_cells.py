"""What stands in a cell: published or drafted, whose it is, and the token that names its state."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons import ledger
from comparisons.desk.sheets.cells import CellStates, SheetCell
from comparisons.desk.sheets.keys import LARGEST, CellKey
from comparisons.models import Indicator, Release
from comparisons.svenska import NBSP
from comparisons.terms import Status
from tests import factories
from tests.sheets import cell

pytestmark = pytest.mark.django_db


def states(of: Indicator) -> CellStates:
    return CellStates.of_indicators([of.pk])


def token(of: Indicator, period: str = "2017") -> str:
    return states(of).token(CellKey.parse(cell(of, period)))


def shown(of: Indicator, period: str = "2017", *, within: Release | None = None) -> SheetCell:
    return states(of).cell(CellKey.parse(cell(of, period)), {of.pk: of.terms()}, within)


def draft(of: Indicator, value: str = "10.6", **fields: Any) -> Release:
    return factories.release(factories.staged_figure(of, value, **fields))


# --- Names of cells --------------------------------------------------------------------------


def test_the_name_of_a_cell_is_read_back() -> None:
    key = CellKey(7, 12, "share_yes", 1, "K", 2019043)
    assert CellKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7.12.value.1.T",
        "7.12.value.1.T.2017129.1",
        "x.12.value.1.T.2017129",
        "0.12.value.1.T.2017129",
        "-7.12.value.1.T.2017129",
        "7.12.values.1.T.2017129",
        "7.12.value.0.T.2017129",
        "7.12.value.1.X.2017129",
        "7.12.value.1.T.2017",
        "7.12.value.1.T.2017139",
        f"{LARGEST + 1}.12.value.1.T.2017129",
        f"7.{LARGEST + 1}.value.1.T.2017129",
        f"7.12.value.{LARGEST + 1}.T.2017129",
        None,
        [],
    ],
)
def test_what_is_no_name_of_a_cell_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        CellKey.parse(text)


# --- Tokens ----------------------------------------------------------------------------------


def test_a_cell_that_nobody_has_written_in_has_the_token_0() -> None:
    assert token(factories.indicator()) == shown(factories.indicator()).token == "0"


@pytest.mark.parametrize("value", ["10.4", "10.40", "0", "100", "-2.5", "0.00000001", "1234567890.12345"])
def test_the_token_is_the_same_whichever_database_the_figure_was_read_from(value: str) -> None:
    of = factories.indicator()
    figure = factories.staged_figure(of, value, n=12, preliminary=True)
    factories.release(figure)
    read = states(of)
    key = CellKey.parse(cell(of))
    assert figure.value is not None and read.staged[key].preliminary is True
    tokens = {read.token(key)}
    # Databases differ in how many zeros a value comes with.
    for written in (figure.value.normalize(), figure.value.quantize(Decimal("1e-8")), Decimal(value)):
        read.staged[key].value = written
        tokens.add(read.token(key))
    assert len(tokens) == 1


def test_the_token_stays_while_nothing_changes() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    drafted = draft(shown)
    before = token(shown)
    draft(shown, "3", period="2016")
    ledger.stage(drafted, [factories.staged_figure(shown, "10.60000000", decimals=1)])
    drafted.title = "Ett annat namn"
    drafted.save()
    assert token(shown) == before


CHANGES: dict[str, dict[str, Any]] = {
    "value": {"value": "10.7"},
    "decimals": {"value": "10.60"},
    "n": {"n": 12},
    "preliminary": {"preliminary": True},
    "status": {"status": Status.SUPPRESSED},
    "withdrawn": {"status": Status.WITHDRAWN},
    "source_status": {"source_status": "reviderad"},
    "note": {"note": "Rättad."},
    "overruled": {"overruled": "Ny mätmetod."},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_of_a_drafted_figure_changes_its_token(change: str) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    drafted = draft(shown)
    before = token(shown)
    ledger.stage(drafted, [factories.staged_figure(shown, **({"value": "10.6"} | CHANGES[change]))])
    assert token(shown) not in (before, "0")


def test_another_source_changes_the_token() -> None:
    shown = factories.indicator()
    drafted = draft(shown)
    before = token(shown)
    ledger.stage(drafted, [factories.staged_figure(shown, "10.6", source_id=factories.source("SCB").pk)])
    assert token(shown) != before


def test_each_step_of_a_figure_has_a_token_of_its_own() -> None:
    shown = factories.indicator()
    seen = [token(shown)]
    release = draft(shown)
    seen.append(token(shown))
    ledger.publish(factories.approve(release))
    seen.append(token(shown))
    again = draft(shown, "10.7")
    seen.append(token(shown))
    again.delete()
    assert token(shown) == seen[2]
    draft(shown, "10.7")  # the same figure in another draft
    seen.append(token(shown))
    factories.publish(factories.staged_figure(shown, "10.8"))  # under the draft
    seen.append(token(shown))
    assert len(set(seen)) == len(seen)


# --- Cells -----------------------------------------------------------------------------------


def test_a_published_figure_stands_there_with_its_details() -> None:
    shown_ = factories.indicator(value_type="rank")
    other = factories.source("SCB")
    factories.publish(factories.staged_figure(shown_, "34", n=1290, preliminary=True, source_id=other.pk))
    made = shown(shown_)
    assert made.text == f"34 av 1{NBSP}290"
    assert (made.n, made.preliminary, made.source) == (1290, True, other.pk)
    assert (made.was, made.is_drafted, made.locked) == (None, False, None)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.MISSING, "–"),
        (Status.NOT_ASKED, "inte tillfrågad"),
        (Status.NOT_APPLICABLE, "."),
        (Status.SUPPRESSED, ".."),
        (Status.TOO_FEW, "*"),
    ],
)
def test_a_missing_figure_stands_there_as_its_sign(status: str, text: str) -> None:
    of = factories.indicator()
    factories.publish(factories.staged_figure(of, status=status))
    assert shown(of).text == text


def test_zero_and_no_are_values() -> None:
    number, answer = factories.indicator("Tal"), factories.indicator("Svar", value_type="yes_no")
    factories.publish(factories.staged_figure(number, "0"), factories.staged_figure(answer, "0"))
    assert (shown(number).text, shown(answer).text) == ("0", "Nej")


def test_a_drafted_figure_stands_over_the_published_one() -> None:
    of = factories.indicator()
    factories.publish(factories.staged_figure(of, "10.4"))
    release = draft(of, "10.6", overruled="Stämmer.")
    made = shown(of, within=release)
    assert (made.text, made.was, made.is_drafted) == ("10,6", "10,4", True)
    assert (made.overruled, made.locked) == ("Stämmer.", None)


def test_a_new_figure_in_a_draft_says_that_nothing_was_there() -> None:
    of = factories.indicator()
    made = shown(of, within=draft(of))
    assert (made.text, made.was, made.is_drafted) == ("10,6", "", True)


def test_a_withdrawn_figure_is_an_empty_cell_with_a_state() -> None:
    of = factories.indicator()
    factories.publish(factories.staged_figure(of, "10.4"))
    drafted = factories.release(factories.staged_figure(of, status=Status.WITHDRAWN))
    made = shown(of, within=drafted)
    assert (made.text, made.was) == ("", "10,4")
    assert CellKey.parse(cell(of)) in states(of).published()
    ledger.publish(factories.approve(drafted))
    made = shown(of)
    assert (made.text, made.was) == ("", None)
    assert made.token != "0"
    assert not states(of).published() and not states(of).filled()


@pytest.mark.parametrize("state", [state for state in Release.State if state != Release.State.PUBLISHED])
def test_a_figure_in_another_release_is_locked(state: str) -> None:
    of = factories.indicator()
    release = draft(of)
    Release.objects.filter(pk=release.pk).update(state=state)
    other = factories.release()
    assert shown(of, within=other).locked == shown(of).locked == release
    assert shown(of, within=release).locked is None


def test_of_two_drafts_with_one_figure_the_older_is_shown() -> None:
    of = factories.indicator()
    older, newer = draft(of, "10.6"), draft(of, "10.7")
    made = shown(of, within=newer)
    assert (made.text, made.locked) == ("10,6", older)
    assert shown(of, within=older).locked is None


def test_cells_take_two_queries_whatever_their_number(django_assert_num_queries: Any) -> None:
    many = [factories.indicator(f"Nyckeltal {number}") for number in range(12)]
    years = [str(year) for year in range(2000, 2018)]
    factories.publish(*(factories.staged_figure(one, "1", year) for one in many for year in years))
    factories.release(*(factories.staged_figure(one, "2", "2017") for one in many))
    terms = {one.pk: one.terms() for one in many}
    keys = [CellKey.parse(cell(one, year)) for one in many for year in years]
    with django_assert_num_queries(2):
        found = CellStates.of_keys(keys)
        made = [found.cell(key, terms, None) for key in (*found.live, *found.staged)]
    assert len(made) == 12 * 18 + 12
    assert {one.locked.title for one in made if one.locked} == {"Rättelse"}
