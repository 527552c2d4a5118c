"""Corrections of published figures, as readers see them on the indicator's page."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons import figures, ledger
from comparisons.corrections import MOST_OPEN, Corrections, corrections
from comparisons.indicator_page import indicator_context
from comparisons.terms import Gender, Statistic, Status, ValueType
from tests import factories as make
from tests.reading import soup, text, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """An indicator of which Borås 2016 and 2017 are published, for the first time."""
    of = make.indicator()
    make.publish(make.staged_figure(of, "10.3", "2016"), make.staged_figure(of, "10.4"), reason="Första.")
    return of


def correct(of, value, period="2017", *, reason="Källan har rättat siffran.", **fields):
    """Publish another value of a figure."""
    return make.publish(make.staged_figure(of, value, period, **fields), reason=reason)


def lines(found: Corrections) -> list[str]:
    """Every step, also those that do not stand open."""
    return [
        f"{step.what}: {step.before} → {step.after}"
        for one in (*found.newest, *found.older)
        for step in (*one.figures, *one.more)
    ]


def told(of, source=None) -> list[str]:
    """Every step of the indicator's figures, by default as readers see them."""
    return lines(corrections((source or figures.live()).trails(of.pk)))


def section(html) -> list[tuple[str, str, list[str]]]:
    """Date, reason and lines of each release in the page's section of corrections."""
    return [
        (
            text(one.select("dt")[0]),
            " ".join(text(p) for p in one.select("dd > p")),
            [text(li) for li in one.select("li")],
        )
        for one in soup(html).select("[aria-labelledby=rattade-siffror] .meta > div")
    ]


# --- What a correction is ------------------------------------------------------------------------


def test_a_corrected_figure_stands_on_the_page_with_its_date_and_reason(client, shown, monkeypatch):
    assert "Rättade siffror" not in client.get(shown.get_absolute_url()).content.decode()
    late = datetime(2031, 3, 1, 23, 30, tzinfo=UTC)  # the day after, in Sweden
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    correct(shown, "10.6", reason="Brå räknade två gånger.")
    monkeypatch.undo()
    page = client.get(shown.get_absolute_url()).content
    assert texts(page, "#rattade-siffror") == ["Rättade siffror"]
    assert section(page) == [
        ("2 mars 2031", "Brå räknade två gånger.", ["Borås 2017: 10,4 →ändrades till 10,6"])
    ]


def test_a_first_publication_is_no_correction(shown):
    make.publish(make.staged_figure(shown, "11", "2018"))
    assert told(shown) == []


def test_a_figure_that_was_missing_first_is_published_for_the_first_time(shown):
    correct(shown, None, "2018", status=Status.MISSING)
    correct(shown, "11", "2018")
    assert told(shown) == []
    correct(shown, None, "2018", status=Status.MISSING)
    assert told(shown) == ["Borås 2018: 11 → – saknas"]


def test_another_reason_than_missing_was_said_and_is_corrected(shown):
    correct(shown, None, "2018", status=Status.NOT_APPLICABLE)
    correct(shown, "11", "2018")
    assert told(shown) == ["Borås 2018: . inte tillämpligt → 11"]


def test_a_figure_that_was_taken_away_and_put_back_tells_both(shown):
    correct(shown, None, status=Status.WITHDRAWN)
    assert told(shown) == ["Borås 2017: 10,4 → inget värde"]
    correct(shown, None, status=Status.MISSING)  # to a reader the same
    correct(shown, "10.4")
    assert told(shown) == ["Borås 2017: – saknas → 10,4", "Borås 2017: 10,4 → inget värde"]


def test_each_correction_of_one_figure_tells_its_own_step_newest_first(shown):
    correct(shown, "10.6", reason="Ett.")
    correct(shown, "10.5", reason="Två.")
    correct(shown, "10.3", "2016", source=make.source("SCB"))  # another source and nothing else
    assert told(shown) == ["Borås 2017: 10,6 → 10,5", "Borås 2017: 10,4 → 10,6"]


def test_an_undone_correction_is_a_correction_back(shown):
    undone = ledger.undo(correct(shown, "10.6")).release
    ledger.publish(make.approve(undone))
    assert told(shown) == ["Borås 2017: 10,6 → 10,4", "Borås 2017: 10,4 → 10,6"]


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ("10.4", {"note": "Avrundad."}),
        ("10.4", {"preliminary": True}),
        ("10.4", {"n": 290}),
        ("10.40", {}),
        ("10.43", {"decimals": 1}),
    ],
)
def test_what_says_the_same_is_no_correction(shown, value, fields):
    correct(shown, value, **fields)
    assert told(shown) == []


def test_a_figure_that_is_no_longer_preliminary_is_corrected_only_if_it_is_another(shown):
    for year in ("2018", "2019"):
        correct(shown, "11", year, preliminary=True)
    correct(shown, "11.04", "2018", decimals=0)
    correct(shown, "12", "2019")
    assert told(shown) == ["Borås 2019: 11 (preliminär) → 12"]


def test_another_number_of_places_is_another_rank():
    rank = make.indicator("Företagsklimat", value_type=ValueType.RANK)
    for number in (290, 289):
        correct(rank, "84", n=number)
    assert told(rank) == ["Borås 2017: 84 av 290 → 84 av 289"]


def test_answers_and_shares_are_told_in_their_own_words():
    asked = make.indicator("Finns en plan?", value_type=ValueType.YES_NO)
    riket = {"of_area": make.country(), "statistic": Statistic.SHARE_YES}
    make.publish(make.staged_figure(asked, "0"), make.staged_figure(asked, "79", **riket))
    make.publish(make.staged_figure(asked, "1"), make.staged_figure(asked, "81", **riket))
    assert told(asked) == ["Borås 2017: Nej → Ja", "Riket 2017: 79\u00a0% → 81\u00a0%"]


def test_a_figure_is_known_by_its_whole_key(shown):
    for number, fields in enumerate(
        (
            {"urval": make.population()},
            {"gender": Gender.WOMEN},
            {"of_area": make.country(), "statistic": Statistic.MEDIAN},
        )
    ):
        correct(shown, str(number + 1), **fields)
    correct(make.indicator("Ett annat"), "10.9")
    assert told(shown) == []
    correct(shown, "7", gender=Gender.WOMEN)
    assert told(shown) == ["Borås, kvinnor 2017: 2 → 7"]


# --- What must not be told -----------------------------------------------------------------------


def test_nothing_of_a_release_that_is_not_published_is_told(client, shown):
    make.release(make.staged_figure(shown, "99.9"), reason="Hemligt skäl.")
    make.submit(make.release(make.staged_figure(shown, "98.7", "2016"), reason="Hemligt skäl."))
    page = client.get(shown.get_absolute_url()).content.decode()
    assert told(shown) == [] and "99,9" not in page and "98,7" not in page and "Hemligt" not in page


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.TOO_FEW])
def test_a_value_that_has_been_hidden_since_is_not_told_again(client, shown, status):
    correct(shown, "10.6")
    correct(shown, None, status=status)
    page = client.get(shown.get_absolute_url()).content
    sign = {Status.SUPPRESSED: ".. sekretess", Status.TOO_FEW: "* för få svar"}[status]
    assert told(shown) == [f"Borås 2017: ett värde som inte längre visas → {sign}"]
    assert b"10,4" not in page and b"10,6" not in page
    correct(shown, "10.5")
    assert told(shown)[0] == f"Borås 2017: {sign} → 10,5"
    assert len(told(shown)) == 2 and "10,6" not in " ".join(told(shown))


def test_what_a_reason_says_is_text_and_keeps_its_lines(client, shown):
    correct(shown, "10.6", reason="<script>ett</script>\ntvå")
    page = client.get(shown.get_absolute_url()).content.decode()
    assert "&lt;script&gt;ett&lt;/script&gt;<br>två" in page


# --- Many of them --------------------------------------------------------------------------------


def test_a_reason_stands_once_over_the_figures_it_is_about(client, shown):
    make.publish(
        make.staged_figure(shown, "11", "2016"),
        make.staged_figure(shown, "12"),
        make.staged_figure(shown, "13", "2018"),
        reason="Ny metod.",
    )
    (only,) = section(client.get(shown.get_absolute_url()).content)
    assert only[1:] == (
        "Ny metod.",
        ["Borås 2017: 10,4 →ändrades till 12", "Borås 2016: 10,3 →ändrades till 11"],
    )


def test_ten_figures_stand_open_and_the_older_ones_are_counted_and_a_click_away(client, shown):
    for number in range(MOST_OPEN + 2):
        correct(shown, str(number + 20), reason=f"Rättelse {number}.")
    page = client.get(shown.get_absolute_url()).content
    found = section(page)
    assert [reason for _, reason, _ in found] == [f"Rättelse {number}." for number in range(11, -1, -1)]
    assert texts(page, "[aria-labelledby=rattade-siffror] summary") == ["Visa 2 äldre rättelser"]
    hidden = soup(page).select("[aria-labelledby=rattade-siffror] details li")
    assert [text(one) for one in hidden] == [
        "Borås 2017: 20 →ändrades till 21",
        "Borås 2017: 10,4 →ändrades till 20",
    ]


def test_a_release_of_many_figures_shows_ten_of_them_and_says_how_many_more(client):
    of = make.indicator()
    years = [str(year) for year in range(2000, 2013)]
    make.publish(*(make.staged_figure(of, "1", year) for year in years))
    correct(of, "3", "2000", reason="Äldst.")
    make.publish(*(make.staged_figure(of, "2", year) for year in years), reason="Ny metod.")
    page = client.get(of.get_absolute_url()).content
    (new, old) = section(page)
    assert (new[1], len(new[2]), old[1], len(old[2])) == ("Ny metod.", 13, "Äldst.", 1)
    assert new[2][0].startswith("Borås 2012") and new[2][-1] == "Borås 2000: 3 →ändrades till 2"
    assert texts(page, "[aria-labelledby=rattade-siffror] summary") == [
        "Visa 3 siffror till",
        "Visa 1 äldre rättelse",
    ]


def test_the_page_costs_the_same_however_much_was_corrected_and_one_query_for_it(client):
    def cost(of):
        client.get(of.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(of.get_absolute_url()).status_code == 200
        return len(captured), sum("superseded_by_id" in query["sql"] for query in captured)

    never, once, often = (make.indicator(title) for title in ("Aldrig", "En gång", "Ofta"))
    years = [str(year) for year in range(2000, 2010)]
    make.publish(*(make.staged_figure(of, "1", year) for of in (never, once, often) for year in years))
    correct(once, "2", "2001")
    for value in ("2", "3", "4"):
        make.publish(*(make.staged_figure(often, value, year) for year in years))
    assert len(told(often)) == 30
    assert cost(never) == cost(once) == cost(often)
    assert cost(often)[1] == 3  # whose figures, the figures, and what they said before


# --- Other views of the ledger -------------------------------------------------------------------


def test_as_of_a_moment_only_what_was_corrected_by_then_is_told(shown):
    first = correct(shown, "10.6")
    second = correct(shown, "10.5")
    before = figures.as_of(shown.observation_set.first().release.published_at)
    assert told(shown, before) == []
    assert told(shown, figures.as_of(first.published_at)) == ["Borås 2017: 10,4 → 10,6"]
    assert told(shown, figures.as_of(second.published_at)) == told(shown)


def test_with_a_release_its_corrections_come_first_and_without_a_date(shown):
    correct(shown, "10.6")
    draft = make.release(
        make.staged_figure(shown, "10.5"),
        make.staged_figure(shown, None, "2016", status=Status.WITHDRAWN),
        make.staged_figure(shown, "11", "2018"),
        reason="Väntar.",
    )
    other = make.release(make.staged_figure(shown, "12", "2016"))
    source = figures.with_release(draft)
    assert told(shown, source) == [
        "Borås 2017: 10,6 → 10,5",
        "Borås 2016: 10,3 → inget värde",
        "Borås 2017: 10,4 → 10,6",
    ]
    newest, published = corrections(source.trails(shown.pk)).newest
    assert (newest.at, newest.reason) == (None, "Väntar.") and published.at is not None
    assert told(shown, figures.with_release(other)) == [
        "Borås 2016: 10,3 → 12",
        "Borås 2017: 10,4 → 10,6",
    ]


def test_a_preview_of_the_indicator_shows_them_and_a_new_one_has_none(shown):
    correct(shown, "10.6")
    shown.title = "Ett nytt namn"
    preview = shown.make_preview_request(preview_mode=shown.default_preview_mode)
    assert section(preview.content)[0][2] == ["Borås 2017: 10,4 →ändrades till 10,6"]
    new = type(shown)(title="Nytt", value_type=ValueType.DECIMAL, scale_min=Decimal(1))
    assert indicator_context(new, figures.live())["corrections"] == Corrections((), ())
