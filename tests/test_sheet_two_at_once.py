"""Two editors at one sheet: the second is told what the first wrote, and chooses, cell by cell."""

from typing import Any

import pytest

from comparisons import ledger, releases, roles
from comparisons.models import Indicator, LedgerClock, Release, StagedFigure
from comparisons.releases import NEW_FIGURES
from comparisons.terms import Status
from tests import factories
from tests.posting import row_counts
from tests.sheets import Writer, cell

pytestmark = pytest.mark.django_db
Json = dict[str, Any]


def two(of: Indicator) -> tuple[Writer, Writer]:
    """Kim and Lo, each with the sheet open."""
    kim, lo = (factories.user(roles.COMMUNICATOR, first_name=name, last_name="Ek") for name in ("Kim", "Lo"))
    return Writer(of, kim).open(), Writer(of, lo).open()


def asked(writer: Writer) -> list[Json]:
    """What a save that is not done asks about; nothing is changed by it."""
    before = row_counts()
    told = writer.save()
    assert writer.answer.status_code == 409, told
    assert row_counts() == before
    conflicts: list[Json] = told["conflicts"]
    return conflicts


def kept(of: Indicator, period: int = 2017129) -> StagedFigure:
    return StagedFigure.objects.get(indicator=of, period=period)


@pytest.fixture
def of() -> Indicator:
    return factories.indicator("Våldsbrott")


@pytest.fixture
def published(of: Indicator) -> Indicator:
    factories.publish(factories.staged_figure(of, "10.4"))
    return of


# --- Every way to meet -----------------------------------------------------------------------


def test_both_write_in_a_fresh_cell(of: Indicator) -> None:
    kim, lo = two(of)
    begun = kim.write(cell(of), "10,4").save_well()
    lo.write(cell(of), "10,5").write(cell(of, "2016"), "9")
    (one,) = asked(lo)
    assert (one["key"], one["name"]) == (cell(of), "Våldsbrott, Borås 2017")
    assert (one["mine"], one["theirs"], one["who"], one["locked"]) == ("10,5", "10,4", "Kim Ek", "")
    assert "kl." in one["when"]
    lo.keep_mine(one)
    assert lo.save_well() == begun
    assert (str(kept(of).value.normalize()), StagedFigure.objects.count()) == ("10.5", 2)  # type: ignore[union-attr]


def test_the_others_is_taken_and_what_was_written_beside_it_is_kept(of: Indicator) -> None:
    kim, lo = two(of)
    kim.write(cell(of), "10,4").save_well()
    (one,) = asked(lo.write(cell(of), "10,5").write(cell(of, "2016"), "9"))
    lo.take_theirs(one)
    lo.save_well()
    assert (kept(of).decimals, str(kept(of).value)[:4]) == (1, "10.4")
    assert kept(of, 2016129).value == 9


def test_one_publishes_meanwhile(published: Indicator) -> None:
    _, lo = two(published)
    factories.publish(factories.staged_figure(published, "10.6"))
    lo.write(cell(published), "10,5").say(reason="Rättat.")
    (one,) = asked(lo)
    assert (one["mine"], one["theirs"], one["locked"]) == ("10,5", "10,6", "")
    lo.keep_mine(one)
    release = lo.save_well()
    assert release is not None and kept(published).base.release.title == "Rättelse"  # type: ignore[union-attr]
    assert not ledger.moved(release)


def test_one_publishes_the_draft_that_both_work_in(of: Indicator) -> None:
    begun = Writer(of).open().write(cell(of), "10,4").save_well()
    _, lo = two(of)
    assert begun is not None and lo.release == begun.pk
    releases.publish_now(begun, factories.user(roles.REVIEWER))
    lo.write(cell(of), "10,5").write(cell(of, "2016"), "9").say(reason="Rättat.")
    (one,) = asked(lo)
    assert (one["theirs"], one["locked"]) == ("10,4", "")
    lo.keep_mine(one)
    own = lo.save_well()
    assert own is not None and own != begun and own.staged.count() == 2


def test_one_submits_the_draft_that_both_work_in(of: Indicator) -> None:
    begun = Writer(of).open().write(cell(of), "10,4").save_well()
    _, lo = two(of)
    assert begun is not None
    factories.submit(begun)
    lo.write(cell(of), "10,5").write(cell(of, "2016"), "9")
    (one,) = asked(lo)
    assert (one["theirs"], one["locked"]) == ("10,4", "Våldsbrott")
    lo.keep_mine(one)
    assert asked(lo)[0]["locked"] == "Våldsbrott"  # there is nothing to keep
    lo.take_theirs(one)
    own = lo.save_well()
    assert own is not None and own != begun and own.staged.count() == 1
    assert str(kept(of).value)[:4] == "10.4"


def test_one_throws_the_draft_away_that_both_work_in(published: Indicator) -> None:
    begun = Writer(published).open().write(cell(published), "10,6").say(reason="Rättat.").save_well()
    _, lo = two(published)
    assert begun is not None
    releases.discard(begun)
    (one,) = asked(lo.write(cell(published), "10,7"))
    assert (one["mine"], one["theirs"], one["locked"]) == ("10,7", "10,4", "")
    lo.keep_mine(one)
    anew = lo.save_well()
    assert anew is not None and anew.reason == "Rättat."  # which she still has on her screen


def test_one_empties_a_cell_that_the_other_changes(published: Indicator) -> None:
    kim, lo = two(published)
    kim.write(cell(published), "").say(reason="Fel.").save_well()
    (one,) = asked(lo.write(cell(published), "10,5"))
    assert (one["mine"], one["theirs"]) == ("10,5", "")
    lo.keep_mine(one)
    lo.save_well()
    assert kept(published).status == Status.NORMAL


def test_one_changes_a_cell_that_the_other_empties(published: Indicator) -> None:
    kim, lo = two(published)
    kim.write(cell(published), "10,5").say(reason="Fel.").save_well()
    (one,) = asked(lo.write(cell(published), ""))
    assert (one["mine"], one["theirs"]) == ("", "10,5")


def test_a_figure_that_is_in_another_draft_is_not_put_into_this_one(of: Indicator) -> None:
    first = factories.release(factories.staged_figure(of, "1", "2016"), title="Första")
    lo = Writer(of).open(release=first.pk)
    factories.release(factories.staged_figure(of, "2", "2017"), title="Andra")
    (one,) = asked(lo.write(cell(of), "3").write(cell(of, "2016"), "4"))
    assert (one["theirs"], one["locked"]) == ("2", "Andra")


def test_a_cell_that_was_locked_from_the_start_stays_so(of: Indicator) -> None:
    factories.submit(factories.release(factories.staged_figure(of, "2"), title="Väntar"))
    lo = Writer(of).open()
    (one,) = asked(lo.write(cell(of), "3"))
    assert (one["theirs"], one["locked"]) == ("2", "Väntar")


def test_of_two_drafts_that_were_begun_meanwhile_the_newer_is_joined_and_the_older_keeps_its_own(
    of: Indicator,
) -> None:
    lo = Writer(of).open()
    factories.release(factories.staged_figure(of, "1", "2016"), title="Äldre")
    newer = factories.release(factories.staged_figure(of, "2", "2017"), title="Nyare")
    lo.write(cell(of, "2016"), "3").write(cell(of), "4")
    older, joined = asked(lo)
    assert (older["locked"], joined["locked"]) == ("Äldre", "")
    lo.take_theirs(older)
    lo.keep_mine(joined)
    assert lo.save_well() == newer


def test_they_write_in_different_cells_of_one_draft(of: Indicator) -> None:
    begun = Writer(of).open().write(cell(of, "2015"), "10").save_well()
    kim, lo = two(of)
    kim.write(cell(of), "10,4").save_well()
    assert lo.write(cell(of, "2016"), "9").save_well() == begun
    assert begun is not None and begun.staged.count() == 3


def test_the_same_value_by_both_is_no_conflict(published: Indicator) -> None:
    kim, lo = two(published)
    begun = kim.write(cell(published), "10,6").say(reason="Rättat.").save_well()
    assert lo.write(cell(published), "10,6").save_well() == begun
    assert begun is not None and (begun.title, begun.reason) == ("Våldsbrott", "Rättat.")
    kim, lo = two(published)
    kim.write(cell(published), "10,7").save_well()
    assert lo.write(cell(published), "10,7").save_well() == begun


def test_the_same_slip_by_both_keeps_the_first_ones_words(of: Indicator) -> None:
    factories.publish(factories.staged_figure(of, "10.4", "2016"))
    kim, lo = two(of)
    kim.write(cell(of), "104", overruled="Ny mätmetod.").save_well()
    lo.write(cell(of), "104", overruled="Stämmer.").save_well()
    assert kept(of).overruled == "Ny mätmetod."


# --- Details ---------------------------------------------------------------------------------


def test_a_detail_that_the_other_changed_is_shown_before_it_is_changed_again(published: Indicator) -> None:
    kim, lo = two(published)
    kim.write(cell(published), n="12", preliminary=True).say(reason="Rättat.").save_well()
    (one,) = asked(lo.write(cell(published), n="15"))
    assert (one["mine"], one["theirs"]) == ("10,4", "10,4")
    assert one["beside"] == "preliminär, antal bakom värdet 12, källa Brå"
    assert (one["n"], one["preliminary"], one["source"]) == (12, True, published.source_id)
    lo.keep_mine(one)
    lo.save_well()
    assert (kept(published).n, kept(published).preliminary) == (15, True)


def test_a_value_over_a_changed_detail_is_asked_about_and_keeps_it(published: Indicator) -> None:
    kim, lo = two(published)
    kim.write(cell(published), preliminary=True).say(reason="Rättat.").save_well()
    (one,) = asked(lo.write(cell(published), "10,6"))
    lo.keep_mine(one)
    lo.save_well()
    assert kept(published).preliminary


# --- Words -----------------------------------------------------------------------------------


def test_another_reason_is_shown_before_it_is_replaced(published: Indicator) -> None:
    begun = Writer(published).open().write(cell(published), "10,6").say(reason="Rättat.").save_well()
    assert begun is not None
    kim, lo = two(published)
    kim.write(cell(published, "2016"), "9").say(reason="Rättat av Brå.").save_well()
    lo.write(cell(published, "2015"), "8").say(reason="Rättat av SCB.")
    assert asked(lo) == []
    told = lo.answer.json()
    assert told["reason"] == "Det står nu: ”Rättat av Brå.” Skriv en anledning som gäller båda."
    assert told["message"] == "Inget är sparat. Någon annan har skrivit en annan anledning."
    lo.say(reason="Rättat av Brå och SCB.").save_well()
    begun.refresh_from_db()
    assert begun.reason == "Rättat av Brå och SCB."


def test_a_reason_that_the_other_changed_is_not_taken_away_unseen(published: Indicator) -> None:
    Writer(published).open().write(cell(published), "10,6").say(reason="Rättat.").save_well()
    kim, lo = two(published)
    kim.write(cell(published, "2016"), "9").say(reason="Rättat av Brå.").save_well()
    assert asked(lo.write(cell(published, "2015"), "8").say(reason="")) == []
    assert "Rättat av Brå." in lo.answer.json()["reason"]


def test_the_words_of_a_draft_that_is_joined_are_shown_before_they_are_replaced(published: Indicator) -> None:
    kim, lo = two(published)
    begun = kim.write(cell(published), "10,6").say(title="Kims", reason="Rättat av Brå.").save_well()
    lo.write(cell(published), "10,7").say(title="Los", reason="Rättat av SCB.")
    (one,) = asked(lo)
    told = lo.answer.json()
    assert "Någon annan har döpt utkastet till ”Kims”." in told["message"]
    assert "Rättat av Brå." in told["reason"]
    lo.keep_mine(one)
    assert begun is not None and lo.save_well() == begun
    begun.refresh_from_db()
    assert (begun.title, begun.reason) == ("Los", "Rättat av SCB.")


def test_a_figure_that_is_asked_about_does_not_let_unseen_words_be_replaced(published: Indicator) -> None:
    kim, lo = two(published)
    kim.write(cell(published), "10,6").say(title="Kims", reason="Rättat av Brå.").save_well()
    (one,) = asked(lo.write(cell(published), "10,7"))
    lo.keep_mine(one)
    release = lo.save_well()
    assert release is not None and (release.title, release.reason) == ("Kims", "Rättat av Brå.")


def test_only_white_space_is_no_other_reason(published: Indicator) -> None:
    begun = Writer(published).open().write(cell(published), "10,6").say(reason="Ett.\nTvå.").save_well()
    Release.objects.update(reason="Ett.\r\nTvå.")  # as a form of the release's own screen sends it
    lo = Writer(published).open().write(cell(published, "2016"), "9")
    assert (
        begun is not None and lo.say(seen_reason="Ett.\nTvå.", reason="Ett. Två. Tre.").save_well() == begun
    )


def test_the_same_words_by_both_are_no_conflict(published: Indicator) -> None:
    kim, lo = two(published)
    kim.write(cell(published), "10,6").say(title="Ny", reason="Rättat.").save_well()
    lo.write(cell(published), "10,6").write(cell(published, "2016"), "9").say(title="Ny", reason="Rättat.")
    assert lo.save_well() is not None


def test_a_reason_can_be_given_to_new_figures_that_had_none(of: Indicator) -> None:
    kim, lo = two(of)
    begun = kim.write(cell(of), "1").save_well()
    assert begun is not None and begun.reason == NEW_FIGURES
    lo.write(cell(of), "1").say(reason="Rättat.").save_well()
    begun.refresh_from_db()
    assert begun.reason == "Rättat."


# --- Really at once --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True])
def test_of_two_saves_from_one_state_exactly_one_wins_and_the_other_is_told(
    begun: bool, at_once: Any
) -> None:
    of = factories.indicator("Våldsbrott")
    if begun:
        Writer(of).open().write(cell(of), "10,4").save_well()
    both = [writer.write(cell(of), text) for writer, text in zip(two(of), ("10,5", "10,6"), strict=True)]
    answers = at_once(*(writer.save for writer in both))
    assert sorted(writer.answer.status_code for writer in both) == [200, 409], answers
    won, told = sorted(zip(both, answers, strict=True), key=lambda pair: pair[0].answer.status_code)
    (conflict,) = told[1]["conflicts"]
    assert conflict["theirs"] == won[0].sent_texts[cell(of)]
    (found,) = at_once(lambda: [list(Release.objects.all()), list(StagedFigure.objects.all())])
    assert len(found[0]) == len(found[1]) == 1
    assert str(found[1][0].value.normalize()).replace(".", ",") == conflict["theirs"]


@pytest.mark.django_db(transaction=True)
def test_saves_and_publications_never_wait_for_each_other_in_a_ring(at_once: Any) -> None:
    of = factories.indicator()
    release = Writer(of).open().write(cell(of), "1").save_well()
    kim, lo = two(of)
    reviewer = factories.user(roles.REVIEWER)
    assert release is not None
    kim.write(cell(of, "2016"), "2")
    lo.write(cell(of, "2015"), "3")
    results = at_once(kim.save, lambda: releases.publish_now(release, reviewer), lo.save)
    assert not [one for one in results if isinstance(one, Exception)], results
    assert (kim.answer.status_code, lo.answer.status_code) == (200, 200)
    assert at_once(lambda: LedgerClock.objects.get().version) == [1]
