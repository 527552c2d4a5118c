"""A sheet is saved: into which draft, with what details, and what it takes to correct what is published."""

from decimal import Decimal
from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from comparisons import ledger, roles
from comparisons.changes import changes
from comparisons.models import Indicator, Observation, Release, StagedFigure
from comparisons.releases import NEW_FIGURES, OWED_REASON
from comparisons.svenska import MINUS, NBSP
from comparisons.terms import Status
from tests import factories
from tests.posting import told
from tests.sheets import Writer, cell

pytestmark = pytest.mark.django_db


def published(value: str = "10.4", **fields: Any) -> Indicator:
    """An indicator with a published figure of Borås 2017."""
    of = factories.indicator("Våldsbrott")
    factories.publish(factories.staged_figure(of, value, **fields))
    return of


def staged(of: Indicator, **narrower: Any) -> StagedFigure:
    return StagedFigure.objects.get(indicator=of, **narrower)


# --- Into which draft ------------------------------------------------------------------------


def test_new_figures_make_a_draft_with_its_title_and_maker() -> None:
    of = factories.indicator("Våldsbrott")
    kim = Writer(of).open()
    kim.write(cell(of), "10,4").write(cell(of, "2016"), "9")
    release = kim.save_well()
    assert release is not None
    assert (release.title, release.reason, release.state) == ("Våldsbrott", NEW_FIGURES, Release.State.DRAFT)
    assert release.created_by == kim.user
    assert sorted(map(str, changes(release))) == [
        "Våldsbrott, Borås 2016: inget värde → 9",
        "Våldsbrott, Borås 2017: inget värde → 10,4",
    ]
    assert not Observation.objects.exists()
    assert kim.answer.json() == {"release": release.pk, "url": release.get_admin_url()}
    (message,) = told(kim.answer)
    assert message.startswith("Sparat i utkastet ”Våldsbrott”. Inget är publicerat än.")
    assert release.get_admin_url() in message
    assert [one.user for one in ModelLogEntry.objects.for_instance(release)] == [kim.user]


def test_a_correction_is_a_change_of_what_is_published_with_its_reason() -> None:
    of = published()
    kim = Writer(of).open().write(cell(of), "10,6").say(title="Rättat av Brå", reason="Brå har räknat om.")
    release = kim.save_well()
    assert release is not None
    assert (release.title, release.reason) == ("Rättat av Brå", "Brå har räknat om.")
    assert staged(of).base == Observation.objects.get()
    assert [str(change) for change in changes(release)] == ["Våldsbrott, Borås 2017: 10,4 → 10,6"]


def test_without_a_title_the_draft_is_called_after_its_indicators() -> None:
    of, other = factories.indicator("Våldsbrott"), factories.indicator("Stöld")
    kim = Writer(of).open().write(cell(of), "1").write(cell(other, "2016"), "2").say(title="  ")
    release = kim.save_well()
    assert release is not None and release.title == "2 nyckeltal"
    lo = Writer(of).open(release=0).write(cell(of, "1999"), "1").say(title="")
    alone = lo.save_well()
    assert alone is not None and (alone.title, alone.pk == release.pk) == ("Våldsbrott", False)


def test_a_second_save_goes_into_the_same_draft() -> None:
    of = factories.indicator()
    first = Writer(of).open().write(cell(of), "10,4").save_well()
    again = Writer(of).open()
    assert first is not None and again.release == first.pk
    assert again.write(cell(of), "10,5").write(cell(of, "2016"), "9").save_well() == first
    assert {figure.value for figure in first.staged.all()} == {Decimal("10.5"), Decimal(9)}
    assert Release.objects.count() == 1


def test_what_is_added_to_a_draft_leaves_its_words_alone() -> None:
    of = published()
    Writer(of).open().write(cell(of), "10,6").say(title="Årets siffror", reason="Rättat.").save_well()
    release = Writer(of).open().write(cell(of, "2016"), "9").save_well()
    assert release is not None and (release.title, release.reason) == ("Årets siffror", "Rättat.")


def test_words_that_are_changed_are_kept() -> None:
    of = published()
    Writer(of).open().write(cell(of), "10,6").say(reason="Rättat.").save_well()
    lo = Writer(of).open().write(cell(of, "2016"), "9").say(title="Båda", reason="Rättat av Brå.")
    release = lo.save_well()
    assert release is not None and (release.title, release.reason) == ("Båda", "Rättat av Brå.")


def test_a_reason_that_is_taken_away_is_gone() -> None:
    of = factories.indicator()
    Writer(of).open().write(cell(of), "10,6").say(reason="Rättat.").save_well()
    release = Writer(of).open().write(cell(of, "2016"), "9").say(reason="").save_well()
    assert release is not None and release.reason == NEW_FIGURES


def test_a_draft_that_was_begun_meanwhile_is_joined() -> None:
    of = factories.indicator("Våldsbrott")
    kim, lo = Writer(of).open(), Writer(of).open()
    begun = kim.write(cell(of), "10,4").say(title="Kims siffror").save_well()
    lo.write(cell(of), "10,4").write(cell(of, "2016"), "9")
    joined = lo.save_well()
    assert joined is not None and joined == begun
    assert joined.title == "Kims siffror"
    assert joined.staged.count() == 2


def test_what_is_not_in_the_other_draft_gets_one_of_its_own() -> None:
    of = factories.indicator()
    kim, lo = Writer(of).open(), Writer(of).open()
    begun = kim.write(cell(of), "10,4").save_well()
    own = lo.write(cell(of, "2016"), "9").save_well()
    assert own != begun and Release.objects.count() == 2


def test_what_comes_after_the_draft_was_submitted_goes_into_a_new_one() -> None:
    of = factories.indicator()
    release = Writer(of).open().write(cell(of), "10,4").save_well()
    assert release is not None
    lo = Writer(of).open()
    assert lo.release == release.pk
    factories.submit(release)
    after = lo.write(cell(of, "2016"), "9").save_well()
    assert after is not None and after != release
    assert [figure.period for figure in release.staged.all()] == [2017129]


def test_a_draft_that_was_thrown_away_is_begun_anew() -> None:
    of = factories.indicator()
    release = Writer(of).open().write(cell(of), "10,4").save_well()
    lo = Writer(of).open()
    assert release is not None
    release.delete()
    after = lo.write(cell(of, "2016"), "9").save_well()
    assert after is not None and after.staged.count() == 1


# --- What is read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "statistic", "text", "value", "decimals"),
    [
        ("decimal", "value", "0,34", "0.34", 2),
        ("decimal", "value", "0", "0", 0),
        ("decimal", "median", f"{MINUS}2,50", "-2.5", 2),
        ("count", "value", f"1{NBSP}234", "1234", 0),
        ("percent", "value", "79", "79", 0),
        ("points", "value", "7", "7", 0),
        ("yes_no", "value", "Ja", "1", 0),
        ("yes_no", "value", "Nej", "0", 0),
        ("yes_no", "share_yes", f"79,5{NBSP}%", "79.5", 1),
        ("rank", "value", "34", "34", 0),
    ],
)
def test_a_value_is_kept_as_it_was_written(
    kind: str, statistic: str, text: str, value: str, decimals: int
) -> None:
    of = factories.indicator(value_type=kind)
    Writer(of).open().write(cell(of, statistic=statistic), text).save_well()
    kept = staged(of)
    assert (kept.status, kept.value, kept.decimals) == (Status.NORMAL, Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("–", Status.MISSING),
        ("inte tillfrågad", Status.NOT_ASKED),
        (".", Status.NOT_APPLICABLE),
        ("..", Status.SUPPRESSED),
        ("*", Status.TOO_FEW),
    ],
)
def test_a_value_can_give_way_to_the_reason_why_it_is_missing(text: str, status: str) -> None:
    of = published()
    Writer(of).open().write(cell(of), text).say(reason="Rättat.").save_well()
    kept = staged(of)
    assert (kept.status, kept.value, kept.decimals) == (status, None, None)


def test_every_part_of_the_key_is_kept() -> None:
    of, group = factories.indicator(), factories.area("Liknande kommuner, Åmål", kind="group")
    schools = factories.population()
    where = {"of_area": group, "statistic": "mean", "urval": schools, "gender": "K"}
    Writer(of).open().write(cell(of, "2019-T1", **where), "3,50").save_well()
    kept = staged(of)
    assert (kept.area, kept.population) == (group, schools)
    assert (kept.statistic, kept.gender, kept.when.key) == ("mean", "K", "2019-T1")


def test_words_may_have_any_letters_and_be_long() -> None:
    of = published()
    reason = "ÅÄÖ åäö é 漢 🧶 =1+1 <b>'\";--\n" * 50
    release = Writer(of).open().write(cell(of), "10,6").say(title="Å" * 300, reason=reason).save_well()
    assert release is not None
    assert (release.title, release.reason) == ("Å" * Release.TITLE_LENGTH, reason.strip())


# --- Details ---------------------------------------------------------------------------------


def test_details_stay_when_only_the_value_changes() -> None:
    other = factories.source("SCB")
    details = {"n": 12, "preliminary": True, "source_id": other.pk, "note": "Hela året."}
    of = published(**details)
    Writer(of).open().write(cell(of), "10,6").say(reason="Rättat.").save_well()
    kept = staged(of)
    assert {name: getattr(kept, name) for name in details} == details


def test_details_are_changed_without_the_value() -> None:
    of, other = published(), factories.source("SCB")
    kim = Writer(of).open().write(cell(of), preliminary=True, n=f"1{NBSP}290", source=str(other.pk))
    kim.say(reason="Rättat.").save_well()
    kept = staged(of)
    assert (kept.preliminary, kept.n, kept.source, kept.value) == (True, 1290, other, Decimal("10.4"))
    Writer(of).open().write(cell(of), preliminary=False, n="", source="").save_well()
    assert not StagedFigure.objects.exists()  # as it is published


def test_a_value_with_more_decimals_than_are_shown_stays_when_a_detail_changes() -> None:
    of = published("10.4375", decimals=1)
    Writer(of).open().write(cell(of), preliminary=True).say(reason="Rättat.").save_well()
    assert (staged(of).value, staged(of).decimals) == (Decimal("10.4375"), 1)


def test_the_indicators_own_source_can_be_chosen_again() -> None:
    of = published(source_id=factories.source("SCB").pk)
    Writer(of).open().write(cell(of), source="").say(reason="Rättat.").save_well()
    assert staged(of).source == of.source


def test_a_place_is_kept_with_how_many_are_compared() -> None:
    of = factories.indicator(value_type="rank")
    Writer(of).open().write(cell(of), "34 av 290").save_well()
    assert (staged(of).value, staged(of).n) == (Decimal(34), 290)
    Writer(of).open().write(cell(of), "35 av 290").save_well()
    assert (staged(of).value, staged(of).n) == (Decimal(35), 290)
    Writer(of).open().write(cell(of), "35", n="").save_well()
    assert staged(of).n is None


# --- Withdrawn and reverted ------------------------------------------------------------------


def test_an_emptied_published_cell_is_a_withdrawal() -> None:
    of = published(n=12)
    release = Writer(of).open().write(cell(of), "").say(reason="Fel område.").save_well()
    assert release is not None
    assert (staged(of).status, staged(of).value, staged(of).n) == (Status.WITHDRAWN, None, None)
    assert [str(change) for change in changes(release)] == ["Våldsbrott, Borås 2017: 10,4 → inget värde"]


def test_a_withdrawn_figure_can_be_entered_anew() -> None:
    of = published()
    factories.publish(factories.staged_figure(of, status=Status.WITHDRAWN))
    release = Writer(of).open("2017").write(cell(of), "10,6").save_well()
    assert release is not None and release.reason == NEW_FIGURES
    ledger.publish(factories.approve(release))
    assert Observation.objects.get(superseded_by=None).value == Decimal("10.6")


def test_an_emptied_new_cell_leaves_the_draft() -> None:
    of = factories.indicator()
    Writer(of).open().write(cell(of), "10,4").write(cell(of, "2016"), "9").save_well()
    release = Writer(of).open().write(cell(of), "").save_well()
    assert release is not None and [figure.period for figure in release.staged.all()] == [2016129]


@pytest.mark.parametrize("drafted", ["10,6", ".."])
def test_a_draft_in_which_everything_is_as_published_is_gone(drafted: str) -> None:
    of = published(n=12, preliminary=True, note="Hela året.")
    release = Writer(of).open().write(cell(of), drafted).say(reason="Rättat.").save_well()
    assert release is not None
    kim = Writer(of).open()
    assert kim.write(cell(of), "10,4").save_well() is None
    assert "utkastet är borta" in told(kim.answer)[0]
    assert not Release.objects.filter(pk=release.pk).exists()


def test_a_drafted_withdrawal_is_taken_back_with_everything_that_stood_beside_the_figure() -> None:
    of = published("10.4375", decimals=1, n=12, preliminary=True, note="Hela året.")
    Writer(of).open().write(cell(of), "").say(reason="Fel.").save_well()
    assert Writer(of).open().write(cell(of), "10,4").save_well() is None
    assert not StagedFigure.objects.exists()


def test_a_draft_with_a_page_stays_when_its_figures_are_gone() -> None:
    of = factories.indicator()
    release = Writer(of).open().write(cell(of), "10,4").save_well()
    assert release is not None
    factories.member(release, factories.theme_page())
    assert Writer(of).open().write(cell(of), "").save_well() == release


# --- Reasons ---------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "  \n", NEW_FIGURES])
@pytest.mark.parametrize("text", ["10,6", ""])
def test_a_correction_owes_readers_a_reason(text: str, reason: str) -> None:
    of = published()
    kim = Writer(of).open().write(cell(of), text).say(reason=reason)
    told_ = kim.save()
    assert kim.answer.status_code == 409
    assert told_["reason"] == OWED_REASON
    assert not StagedFigure.objects.exists() and Release.objects.count() == 1
    assert kim.say(reason="Fel område.").save_well() is not None


def test_a_correction_in_a_draft_of_new_figures_owes_one_too() -> None:
    of = published()
    Writer(of).open().write(cell(of, "2016"), "9").save_well()
    lo = Writer(of).open().write(cell(of), "10,6")
    assert lo.save()["reason"] == OWED_REASON
    assert StagedFigure.objects.count() == 1


def test_what_looks_like_a_slip_is_kept_with_its_reason_for_as_long_as_it_does() -> None:
    of = published("10.4", period="2016")
    kim = Writer(of).open().write(cell(of), "104")
    (said,) = kim.save()["cells"].values()
    assert kim.answer.status_code == 409
    assert said["warning"] == "104 är tio gånger så mycket som 2016 (10,4). Stämmer kommat?"
    assert not StagedFigure.objects.exists()
    kim.write(cell(of), overruled="  ").save()
    assert kim.answer.status_code == 409
    kim.write(cell(of), overruled="Ny mätmetod å" + "ä" * 300).save_well()
    assert staged(of).overruled == ("Ny mätmetod å" + "ä" * 300)[:255]
    Writer(of).open().write(cell(of), preliminary=True).save_well()
    assert staged(of).overruled.startswith("Ny mätmetod") and staged(of).preliminary
    Writer(of).open().write(cell(of), "10,6").save_well()
    assert staged(of).overruled == ""


def test_whoever_may_publish_saves_drafts_too() -> None:
    of = published()
    kim = Writer(of, factories.user(roles.REVIEWER)).open().write(cell(of), "10,6").say(reason="Rättat.")
    release = kim.save_well()
    assert release is not None and release.state == Release.State.DRAFT
    assert Observation.objects.get().value == Decimal("10.4")
