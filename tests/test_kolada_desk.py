"""Kolada in the admin: finding and choosing a KPI, what the screen says of it, and the work list."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comparisons import roles
from comparisons.desk.worklist import kolada as work
from comparisons.intake.kolada import linking
from comparisons.intake.kolada.nightly import nightly
from comparisons.intake.workers import myself
from comparisons.models import Indicator, Intake, KoladaLink, Release, Source
from comparisons.terms import ValueType
from tests import factories as make
from tests.kolada import server as tricks
from tests.kolada.server import Kolada
from tests.posting import row_counts
from tests.reading import soup, text, texts
from tests.waiting import headings, lines, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    return make.indicator("Våldsbrott")


def screen(of: Indicator) -> str:
    return reverse("kolada", args=[of.pk])


def press(desk: Client, of: Indicator, step: str, **fields: str) -> list[str]:
    answer = desk.post(screen(of), {"step": step, **fields}, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def found(desk: Client, of: Indicator, words: str) -> list[str]:
    return texts(desk.get(screen(of), {"sok": words}).content, "h3")


# --- Search and choose -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kpis"),
    [
        ("anmälda", ["U30000", "U07417", "U07418"]),
        ("våldsbrott ANMÄLDA", ["U07418"]),
        ("u07418", ["U07418"]),
        ("X99999", []),
        ("finns inte", []),
        ("100% & mer", []),
    ],
)
def test_a_kpi_is_found_by_words_or_by_its_id(
    kolada: Kolada, desk: Client, indicator: Indicator, words: str, kpis: list[str]
) -> None:
    assert [title.split()[0] for title in found(desk, indicator, words)] == kpis


def test_a_hit_says_what_it_measures_whether_by_gender_and_when(
    kolada: Kolada, desk: Client, indicator: Indicator
) -> None:
    hits = soup(desk.get(screen(indicator), {"sok": "behöriga"}).content).select(".worklist-items li")
    (hit,) = [" ".join(text(one).split()) for one in hits]
    assert "Antal elever delat med alla." in hit
    assert "Delas upp på kvinnor och män. Publiceringsdag: 15 april 2026." in hit


def test_choosing_keeps_what_kolada_says_and_makes_one_source(
    kolada: Kolada, desk: Client, indicator: Indicator
) -> None:
    kolada.rows["kpi"][1]["description"] = "Stölder. Källa: Brå."
    assert press(desk, indicator, "choose", kpi="U07418") == [
        "Kopplat till U07418. Läs igenom beskrivningen, och hämta sedan siffrorna."
    ]
    link = indicator.kolada
    assert (link.kpi, link.title, link.producer) == (
        "U07418",
        "Anmälda våldsbrott, antal/1000 inv (medelvärde tre år)",
        "Brå",
    )
    assert link.description == (
        "Antal anmälda våldsbrott per 1 000 invånare.\nMedelvärde för de tre\n\nsenaste åren. Källa: Brå."
    )
    assert (link.source.citation, link.source.url) == ("Brå, hämtat från Kolada", "https://www.kolada.se/")
    assert link.decimals == 1 and link.next_publication_on.month == 4
    other = make.indicator("Stölder")
    linking.link(other, "U07417", None)
    assert other.kolada.source == link.source
    assert Source.objects.filter(fetched_from="Kolada").count() == 1


def test_without_a_source_in_the_description_it_is_kolada(kolada: Kolada, indicator: Indicator) -> None:
    assert linking.link(indicator, "U30000", None).source.citation == "Kolada"


@pytest.mark.parametrize(
    ("value_type", "decimals"),
    [(ValueType.DECIMAL, 1), (ValueType.PERCENT, 1), (ValueType.COUNT, 0), (ValueType.YES_NO, 0)],
)
def test_decimals_come_from_the_value_type(kolada: Kolada, value_type: ValueType, decimals: int) -> None:
    assert linking.link(make.indicator(value_type=value_type), "U07418", None).decimals == decimals


@pytest.mark.parametrize("kpi", ["U99999", "", "../kpi", "U07418,U07417", "U07418?x=1"])
def test_what_kolada_does_not_have_is_not_linked(
    kolada: Kolada, desk: Client, indicator: Indicator, kpi: str
) -> None:
    before = row_counts()
    (told,) = press(desk, indicator, "choose", kpi=kpi)
    assert told.startswith("Inget är ändrat. ") and row_counts() == before
    assert not any("," in path or ".." in path for path in kolada.asked)


def test_one_kpi_is_one_indicators(kolada: Kolada, desk: Client, indicator: Indicator) -> None:
    make.kolada_link(make.indicator("Brott"), "U07418")
    assert press(desk, indicator, "choose", kpi="U07418") == [
        "Inget är ändrat. U07418 hämtas redan till Brott. Koppla loss det där först, eller välj ett annat."
    ]
    html = desk.get(screen(indicator), {"sok": "U07418"}).content
    assert "Hämtas redan till Brott" in html.decode()
    assert not soup(html).select("button[value=choose]")


def test_another_choice_takes_the_place_of_the_first(
    kolada: Kolada, desk: Client, indicator: Indicator
) -> None:
    press(desk, indicator, "choose", kpi="U07418")
    KoladaLink.objects.update(is_gone=True, fault="Fel.", fetched_at=timezone.now())
    press(desk, indicator, "choose", kpi="U07417")
    link = KoladaLink.objects.get()
    assert (link.kpi, link.is_gone, link.fault, link.fetched_at) == ("U07417", False, "", None)


def test_when_kolada_is_down_the_screen_says_so_and_nothing_is_lost(
    kolada: Kolada, desk: Client, indicator: Indicator
) -> None:
    make.kolada_link(indicator)
    kolada.always("kpi", tricks.status(503))
    html = desk.get(screen(indicator), {"sok": "våldsbrott"}).content
    assert texts(html, "[role=alert]") == ["Kolada har ett fel hos sig (503). Försök igen om en stund."]
    assert soup(html).select_one("input[name=sok]")["value"] == "våldsbrott"
    before = list(KoladaLink.objects.values())
    answer = desk.post(screen(indicator), {"step": "choose", "kpi": "U07417", "sok": "våldsbrott"})
    assert answer.headers["Location"].endswith("?sok=v%C3%A5ldsbrott")
    assert list(KoladaLink.objects.values()) == before


# --- What can be done with a link --------------------------------------------------------------------


def test_figures_are_fetched_in_the_background(desk: Client, indicator: Indicator, monkeypatch: Any) -> None:
    make.kolada_link(indicator)
    put: list[int] = []
    task = SimpleNamespace(enqueue=put.append)
    monkeypatch.setattr("comparisons.desk.kolada.views.work.plan_intake", task)
    answer = desk.post(screen(indicator), {"step": "fetch"})
    intake = Intake.objects.get()
    assert answer.headers["Location"] == intake.get_admin_url() and put == [intake.pk]
    assert intake.answers == {"indicators": [indicator.pk]} and intake.created_by is not None
    assert intake.state == Intake.State.WAITING and intake.kind == Intake.Kind.KOLADA


def test_decimals_can_be_changed_but_not_of_a_count(desk: Client, indicator: Indicator) -> None:
    make.kolada_link(indicator)
    assert press(desk, indicator, "decimals", decimals="2") == ["Sparat. Det gäller från nästa hämtning."]
    assert KoladaLink.objects.get().decimals == 2
    for wrong in ("9", "-1", "två", ""):
        assert press(desk, indicator, "decimals", decimals=wrong) == [
            "Inget är ändrat. Välj mellan 0 och 8 decimaler."
        ]
    count = make.indicator("Bränder", value_type=ValueType.COUNT)
    make.kolada_link(count, "U30000", decimals=0)
    assert press(desk, count, "decimals", decimals="1") == [
        "Inget är ändrat. Nyckeltalet har hela tal, så det kan inte ha decimaler."
    ]


def test_unlinking_leaves_the_figures(desk: Client, indicator: Indicator) -> None:
    make.kolada_link(indicator)
    make.publish(make.staged_figure(indicator))
    press(desk, indicator, "unlink")
    assert not KoladaLink.objects.exists() and indicator.has_published_figures
    assert press(desk, indicator, "unlink") == ["Inget är ändrat. Nyckeltalet är inte kopplat till Kolada."]


def test_a_new_title_is_told_until_somebody_has_seen_it(desk: Client, indicator: Indicator) -> None:
    make.kolada_link(indicator, title="Våldsbrott", title_now="Våldsbrott (-2023)")
    shown = " ".join(text(soup(desk.get(screen(indicator)).content).select_one(".desk")).split())
    assert "Kolada har bytt namn" in shown and "Namnet säger att det slutade 2023." in shown
    assert press(desk, indicator, "seen", title="Något annat") == [
        "Inget är ändrat. Kolada har ändrat namnet en gång till. Läs det igen."
    ]
    press(desk, indicator, "seen", title="Våldsbrott (-2023)")
    assert "Kolada har bytt namn" not in desk.get(screen(indicator)).content.decode()


def test_the_form_of_the_indicator_leads_there(desk: Client, indicator: Indicator) -> None:
    edit = reverse("wagtailsnippets_comparisons_indicator:edit", args=[indicator.pk])
    html = desk.get(edit).content
    assert "Nyckeltalet hämtas inte från Kolada." in html.decode()
    assert len(soup(html).select(f'a[href="{screen(indicator)}"]')) >= 2
    make.kolada_link(indicator, fault="Kolada har inga siffror för nyckeltalet.")
    shown = desk.get(edit).content.decode()
    assert "Siffrorna hämtas från <b>U07418</b>" in shown and "Kolada har inga siffror" in shown


def test_what_is_done_stands_in_the_history(kolada: Kolada, desk: Client, indicator: Indicator) -> None:
    press(desk, indicator, "choose", kpi="U07418")
    press(desk, indicator, "unlink")
    html = desk.get(reverse("wagtailsnippets_comparisons_indicator:history", args=[indicator.pk]))
    assert "Kopplat till Kolada" in html.content.decode()
    assert "Inte längre kopplat till Kolada" in html.content.decode()


@pytest.mark.parametrize("step", ["", "__init__", "_linked"])
def test_a_step_that_is_none_is_refused(desk: Client, indicator: Indicator, step: str) -> None:
    make.kolada_link(indicator)
    before = row_counts()
    assert desk.post(screen(indicator), {"step": step}).status_code in (302, 403)
    assert row_counts() == before


@pytest.mark.parametrize("step", ["choose", "fetch", "decimals", "seen", "unlink"])
def test_who_may_not_change_indicators_gets_nowhere(indicator: Indicator, step: str) -> None:
    make.kolada_link(indicator)
    someone = make.user()
    someone.user_permissions.add(*make.permissions("access_admin", "add_release", "view_release"))
    browser = make.client(someone)
    before = list(KoladaLink.objects.values())
    for answer in (
        browser.get(screen(indicator)),
        browser.post(screen(indicator), {"step": step, "kpi": "U07417", "decimals": "3"}),
    ):
        assert answer.status_code == 302 and answer.headers["Location"] == "/admin/"
    assert list(KoladaLink.objects.values()) == before and not Intake.objects.exists()


# --- The work list -----------------------------------------------------------------------------------


def test_the_nights_draft_stands_there_with_what_is_new(kolada: Kolada, indicator: Indicator) -> None:
    kim = make.user(roles.COMMUNICATOR)
    linking.link(indicator, "U07418", kim)
    nightly()
    nightly()
    assert headings(kim) == ["Nya siffror från Kolada 1 st"]
    ((_, why),) = lines(kim, "kolada-siffror")
    assert why == "Våldsbrott: 13 nya siffror till och med 2024."
    make.submit(Release.objects.get())
    assert names(kim, "kolada-siffror") == []


def test_what_has_changed_in_kolada_stands_there_until_it_is_dealt_with(indicator: Indicator) -> None:
    kim = make.user(roles.COMMUNICATOR)
    retitled = make.kolada_link(indicator, title="Våldsbrott", title_now="Våld")
    ended = make.kolada_link(make.indicator("Stölder"), "U07417", title="Stöld", title_now="Stöld (-2023)")
    gone = make.kolada_link(make.indicator("Bränder"), "U30000", title="Bränder", is_gone=True)
    left_out = make.kolada_link(make.indicator("Behöriga"), "N15428", fault="Kolada har inga siffror.")
    make.kolada_link(make.indicator("Allt är som det ska"), "N00001")
    assert lines(kim, "kolada-nyckeltal") == [
        ("Bränder", "U30000 Bränder finns inte längre i Kolada. Siffrorna här finns kvar."),
        ("Behöriga", "Siffrorna från N15428 kunde inte tas emot. Kolada har inga siffror."),
        ("Stölder", "Kolada slutade med U07417 2023: Stöld heter nu Stöld (-2023)."),
        ("Våldsbrott", "U07418 har bytt namn i Kolada, från Våldsbrott till Våld."),
    ]
    for link in (retitled, ended):
        linking.see_title(link, link.title_now, kim)
    for link in (gone, left_out):
        linking.unlink(link, kim)
    assert names(kim, "kolada-nyckeltal") == []


def test_a_fetch_that_fails_is_told_since_when_until_one_succeeds() -> None:
    kim = make.user(roles.COMMUNICATOR)
    failed = {"state": Intake.State.FAILED, "told": "Kolada svarar inte. Försök igen om en stund."}
    for days, fields in ((9, failed), (5, {}), (3, failed), (1, failed)):
        intake = make.kolada_fetch(**fields)
        Intake.objects.filter(pk=intake.pk).update(created_at=timezone.now() - timedelta(days=days))
    make.kolada_fetch(created_by=kim)
    ((name, why),) = lines(kim, "kolada-fel")
    since = timezone.localtime(timezone.now() - timedelta(days=3))
    assert name == "Hämtningen varje natt" and f" {since.year} kl." in why
    assert why.startswith(f"Har misslyckats sedan {since.day} ") and why.endswith(failed["told"])
    # Of a few indicators: neither makes the night good, nor is a failed night.
    make.kolada_fetch(answers={"indicators": [1]})
    assert names(kim, "kolada-fel") == ["Hämtningen varje natt"]
    make.kolada_fetch()
    make.kolada_fetch(answers={"indicators": [1]}, **failed)
    assert names(kim, "kolada-fel") == []


def test_a_night_that_was_killed_is_told_as_one_that_failed() -> None:
    kim = make.user(roles.COMMUNICATOR)
    make.kolada_fetch()
    under_way = {"state": Intake.State.READING, "beat_at": timezone.now()}
    living = make.kolada_fetch(**under_way, worker=myself())
    assert names(kim, "kolada-fel") == []
    Intake.objects.filter(pk=living.pk).update(worker=f"{myself().rpartition(':')[0]}:1")
    ((_, why),) = lines(kim, "kolada-fel")
    assert why.endswith("Den avbröts innan den var klar. Inget är sparat.")


def test_who_has_nothing_to_do_with_it_sees_nothing(indicator: Indicator) -> None:
    make.kolada_link(indicator, is_gone=True)
    make.kolada_fetch(state=Intake.State.FAILED)
    make.kolada_fetch(release=make.release(make.staged_figure(indicator)))
    someone = make.user()
    assert [kind.find(someone, 4).number for kind in work.kinds()] == [0, 0, 0]


def test_it_takes_as_many_queries_for_many_as_for_one(indicator: Indicator) -> None:
    kim = make.user(roles.COMMUNICATOR)
    kim.get_all_permissions()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            for kind in work.kinds():
                kind.find(kim, 100)
        return len(counted)

    def more(number: int) -> None:
        of = make.indicator(f"Nummer {number}")
        make.kolada_link(of, f"N{number:05}", is_gone=True)
        make.kolada_fetch(release=make.release(make.staged_figure(of), title=f"Natt {number}"))
        make.kolada_fetch(state=Intake.State.FAILED)

    more(0)
    one = queries()
    for number in range(1, 6):
        more(number)
    assert queries() == one <= 6
