"""The screens of files on their way in: from the upload to the draft, by every state on the way."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comparisons import roles
from comparisons.desk.intakes.questions import Asked
from comparisons.intake import work, workers
from comparisons.intake.opening import limits
from comparisons.intake.understood import Question
from comparisons.models import Indicator, Intake, RememberedName, StagedFigure
from tests import factories, intakes
from tests.intakes import again, csv, press, save, upload, xlsx
from tests.posting import row_counts, told
from tests.reading import soup, text, texts

pytestmark = pytest.mark.django_db
State = Intake.State
FIGURE = "Våldsbrott;Borås;2017;10,4"
#: As SKR lays it out: a title, a header a few rows down, an indicator a row, an area and a year a column.
WIDE = [
    ["Öppna jämförelser 2018"],
    [],
    ["Nyckeltal", "Borås 2016", "Borås 2017", "Median riket 2017"],
    ["Våldsbrott per invånare", 10.3, 10.4, 8.2],
]


def only() -> Intake:
    return Intake.objects.get()


def shown(browser: Client, intake: Intake) -> Any:
    return soup(browser.get(intake.get_admin_url()).content)


def said(browser: Client, intake: Intake) -> str:
    return text(shown(browser, intake).select_one(".intake"))


# --- The whole way -------------------------------------------------------------------------------


def test_a_wide_workbook_is_asked_about_planned_saved_and_the_second_time_there_is_nothing_to_do(
    desk: Client,
) -> None:
    crime = intakes.crime()
    factories.country()
    answer = upload(desk, xlsx(WIDE), "skr.xlsx")
    asking = only()
    assert answer.headers["Location"] == asking.get_admin_url() and asking.state == State.ASKING
    screen = shown(desk, asking)
    assert "Våldsbrott per invånare" in text(screen.select_one("fieldset"))
    (suggested,) = [
        radio["value"]
        for radio in screen.select("fieldset input[type=radio]")
        if radio["value"] == json.dumps({"id": crime.pk})
    ]
    (key,) = [question["key"] for question in asking.questions]
    press(desk, asking, "answer", **{f"svar-{key}": suggested})
    planned = again(asking)
    assert planned.state == State.PLANNED and planned.plan["new"] == 3
    assert "Våldsbrott, Borås 2017" in said(desk, planned) and not StagedFigure.objects.exists()
    save(desk, planned, title="Brott 2017")
    done = again(planned)
    assert done.state == State.DONE and done.release is not None
    assert StagedFigure.objects.filter(release=done.release, indicator=crime).count() == 3
    link = shown(desk, done).select_one(".intake a.button")
    assert link["href"] == done.release.get_admin_url() and "Brott 2017" in text(link)

    upload(desk, xlsx(WIDE), "skr.xlsx")
    second = Intake.objects.exclude(pk=done.pk).get()
    assert second.state == State.PLANNED, "the answer is remembered"
    save(desk, second, title="En gång till")
    assert again(second).release == done.release and StagedFigure.objects.count() == 3
    assert "finns redan i ”Brott 2017”" in said(desk, again(second))


def test_a_file_that_says_what_is_published_leaves_nothing_to_do_and_is_let_go_of(desk: Client) -> None:
    crime = intakes.crime()
    factories.publish(factories.staged_figure(crime))
    upload(desk, csv(FIGURE))
    assert only().state == State.DONE and only().content is None
    assert "Inget att göra: filen säger samma sak som det som är publicerat (1 siffra)." in said(desk, only())


def test_what_is_wrong_stands_in_a_table_and_nothing_can_be_saved(desk: Client) -> None:
    intakes.crime()
    upload(desk, csv("Våldsbrott;Borås;2017;1.234", "Våldsbrott;Borås;2016;10,3"))
    faulty = only()
    assert faulty.state == State.FAULTY
    screen = shown(desk, faulty)
    row = [text(cell) for cell in screen.select("table")[0].select("tbody td")]
    assert row[0].startswith("Rad 2") and "1.234" in row[1] and "1,234" in row[2]
    assert not screen.select("[value=save]")
    assert "Läs in den rättade filen" in text(screen.select_one(".intake-ways"))
    before = row_counts()
    press(desk, faulty, "save", title="Ändå", seen=faulty.plan["fingerprint"])
    assert row_counts() == before


def test_a_file_that_cannot_be_opened_is_told_why(desk: Client) -> None:
    upload(desk, b"%PDF-1.4 hej", "rapport.xlsx")
    assert only().state == State.FAILED
    assert only().told in said(desk, only()) and "Inget är sparat" in said(desk, only())


@pytest.mark.parametrize(
    ("told_why", "first"),
    [("Filen är trasig.", "Läs in den rättade filen"), (work.UNEXPECTED, "Kör igen")],
)
def test_the_first_button_is_the_one_that_helps(desk: Client, told_why: str, first: str) -> None:
    one = standing(state=State.FAILED, told=told_why)
    assert text(shown(desk, one).select_one(".intake-ways .button")) == first


def test_the_mended_file_takes_the_place_of_the_faulty_one_and_of_no_other(desk: Client) -> None:
    intakes.crime()
    upload(desk, csv("Våldsbrott;Borås;2017;1.234"))
    faulty = only()
    upload(desk, csv(FIGURE), "annan.csv")
    others = standing(state=State.FAULTY, name=faulty.name)
    upload(desk, csv(FIGURE))
    upload(desk, csv(FIGURE))
    assert not Intake.objects.filter(pk=faulty.pk).exists()
    assert Intake.objects.filter(pk=others.pk).exists()
    assert Intake.objects.filter(state=State.PLANNED).count() == 3


def test_what_is_not_read_is_told(desk: Client) -> None:
    intakes.crime()
    upload(desk, xlsx([["Nyckeltal", "Borås 2017", "Min–max 2017"], ["Våldsbrott", 10.4, "1–9"]]), "a.xlsx")
    assert "Kolumnen ”Min–max 2017” läses inte." in said(desk, only())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "Välj en fil."), (b"", "Filen är tom."), (b"x" * 11, "Högst 1\u00a0MB går att läsa in.")],
)
def test_what_is_no_file_or_too_large_is_told_at_once(
    desk: Client, monkeypatch: pytest.MonkeyPatch, content: bytes | None, sentence: str
) -> None:
    monkeypatch.setattr("comparisons.desk.intakes.forms.MOST_BYTES", 10)
    answer = upload(desk, content) if content is not None else desk.post(reverse("intakes:new"))
    assert sentence in " ".join(texts(answer.content, ".error-message, .w-field__errors"))
    assert not Intake.objects.exists()


def test_what_may_be_uploaded_is_told_before(desk: Client) -> None:
    page = soup(desk.get(reverse("intakes:new")).content)
    assert limits.megabytes(limits.MOST_BYTES) in text(page.select_one("form[enctype]"))
    assert page.select_one("input[type=file]")["accept"] == ".xlsx,.csv,.txt"


# --- Questions -----------------------------------------------------------------------------------


@pytest.fixture
def asking(desk: Client) -> Intake:
    """A file with an indicator and an area that nobody knows."""
    intakes.crime()
    factories.area("Göteborg")
    return intakes.taken_in(csv("Brottet;Staden;2017;10,4"))


KEYS = ("indicator:brottet", "area:staden")


def test_any_name_can_be_written_and_some_be_left_out(desk: Client, asking: Intake) -> None:
    names = [one["value"] for one in shown(desk, asking).select("#names-area option")]
    assert names == ["Borås", "Göteborg"]
    press(desk, asking, "answer", **{f"annat-{KEYS[0]}": " våldsbrott ", f"annat-{KEYS[1]}": "Göteborg"})
    assert again(asking).state == State.PLANNED
    assert "Våldsbrott, Göteborg 2017" in said(desk, again(asking))
    assert RememberedName.objects.count() == 2


def test_areas_of_one_name_are_told_apart(desk: Client, asking: Intake) -> None:
    factories.area("Göteborg", code="0014")
    names = [one["value"] for one in shown(desk, asking).select("#names-area option")]
    assert "Göteborg (0014)" in names and "Göteborg" not in names


def test_half_of_the_answers_are_kept_and_the_rest_is_asked_again(desk: Client, asking: Intake) -> None:
    press(desk, asking, "answer", **{f"annat-{KEYS[0]}": "Våldsbrott"})
    assert [question["key"] for question in again(asking).questions] == [KEYS[1]]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Svara på minst en fråga"),
        ({f"annat-{KEYS[0]}": "Snatteri"}, "Det finns inget som heter ”Snatteri”."),
        ({f"svar-{KEYS[0]}": "annat"}, "Skriv vilket"),
        ({f"svar-{KEYS[0]}": '{"ignore": true}', f"annat-{KEYS[0]}": "Våldsbrott"}, "både valt och skrivit"),
        ({f"svar-{KEYS[0]}": '{"id": 99999}'}, "Det valet finns inte längre."),
        ({f"svar-{KEYS[0]}": "{"}, "Det valet finns inte längre."),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again_and_nothing_is_kept(
    desk: Client, asking: Intake, sent: dict[str, str], sentence: str
) -> None:
    page = press(desk, asking, "answer", **sent).content.decode()
    assert sentence in page
    assert again(asking).answers == {} and not RememberedName.objects.exists()
    for value in sent.values():
        assert value == "annat" or value[0] == "{" or f'value="{value}"' in page, "what she wrote is gone"


def test_answers_can_be_taken_back_also_those_that_an_earlier_file_was_given(desk: Client) -> None:
    intakes.crime()
    factories.country()
    upload(desk, xlsx(WIDE), "i år.xlsx")
    question = only().questions[0]["key"]
    press(desk, only(), "answer", **{f"svar-{question}": json.dumps({"ignore": True})})
    (other,) = RememberedName.objects.bulk_create([RememberedName(kind="area", written="x", meaning={})])
    upload(desk, xlsx(WIDE), "nästa år.xlsx")
    later = Intake.objects.get(name="nästa år.xlsx")
    assert later.state == State.FAULTY and later.told == work.NOTHING_READ
    assert "”Våldsbrott per invånare” läses inte" in said(desk, later)
    assert "Svara om på frågorna" in said(desk, later)
    press(desk, later, "ask_again")
    assert again(later).state == State.ASKING
    assert [one["key"] for one in again(later).questions] == [question]
    assert RememberedName.objects.get() == other
    assert "Svara om på frågorna" not in said(desk, again(later))


def test_an_answer_to_what_is_no_longer_asked_changes_nothing(desk: Client, asking: Intake) -> None:
    Intake.objects.filter(pk=asking.pk).update(state=State.PLANNED)
    answer = press(desk, asking, "answer", **{f"annat-{KEYS[0]}": "Våldsbrott"})
    assert told(answer) == ["Någon annan hann före. Så här ser det ut nu."]
    assert again(asking).answers == {}


# --- The plan ------------------------------------------------------------------------------------


def test_a_reason_is_owed_when_published_figures_change(desk: Client) -> None:
    crime = intakes.crime()
    factories.publish(factories.staged_figure(crime, "9.9"))
    upload(desk, csv(FIGURE))
    refused = save(desk, only(), reason=" ")
    assert "Skriv varför siffrorna rättas." in refused.content.decode()
    assert only().state == State.PLANNED and not StagedFigure.objects.exists()
    save(desk, only(), reason="Brå har rättat siffran.")
    assert only().release is not None and only().release.reason == "Brå har rättat siffran."


def test_a_plan_that_somebody_else_made_new_is_not_saved_unseen(desk: Client) -> None:
    intakes.crime()
    upload(desk, csv(FIGURE))
    answer = press(desk, only(), "save", title="Årets siffror", seen="the plan of yesterday")
    assert "Planen är ny sedan du öppnade sidan." in answer.content.decode()
    assert only().state == State.PLANNED and not StagedFigure.objects.exists()


def test_what_was_published_in_the_meantime_is_told_and_planned_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    intakes.crime()
    upload(desk, csv(FIGURE))
    factories.publish(factories.staged_figure(Indicator.objects.get(), "9.9"))
    save(desk, only())
    assert only().state == State.PLANNED and work.MOVED in said(desk, only())
    assert [text(cell) for cell in shown(desk, only()).select("table tbody td")][-2:] == ["9,9", "10,4"]


# --- At work, and not ----------------------------------------------------------------------------


def standing(**fields: Any) -> Intake:
    """An intake as somebody would find it."""
    made = {"kind": "file", "name": "brott.csv", "content": b"x", "beat_at": timezone.now()} | fields
    return Intake.objects.create(**made)


def test_a_file_of_a_hundred_thousand_rows_can_be_watched_and_left(desk: Client) -> None:
    one = standing(
        state=State.SAVING,
        worker=workers.myself(),
        step="Sparar utkastet",
        done=25_000,
        total=100_000,
    )
    screen = shown(desk, one)
    bar = screen.select_one("progress")
    assert (bar["value"], bar["max"]) == ("25000", "100000")
    assert text(screen.select_one("[data-words]")) == "Sparar utkastet: 25\u00a0000 av 100\u00a0000"
    assert "Du kan lämna sidan." in text(screen.select_one(".intake"))
    assert screen.select_one("noscript meta[http-equiv=refresh]") is not None
    answer = desk.get(reverse("intakes:progress", args=[one.pk])).json()
    assert answer == {
        "situation": "working",
        "words": "Sparar utkastet: 25\u00a0000 av 100\u00a0000",
        "done": 25_000,
        "total": 100_000,
    }
    assert not screen.select(".intake-ways"), "nobody throws away what is worked on"


SITUATIONS = {
    "Väntar på sin tur": {"state": State.WAITING},
    "Ingen arbetar med filen.": {
        "state": State.WAITING,
        "beat_at": timezone.now() - timedelta(minutes=2),
    },
    "Avbröts": {
        "state": State.READING,
        "worker": "another:1:1",
        "beat_at": timezone.now() - timedelta(hours=1),
    },
    "Det gick inte.": {"state": State.FAILED, "told": "Filen är trasig."},
}


@pytest.mark.parametrize("sentence", SITUATIONS)
def test_where_it_stands_is_told_and_how_to_go_on(desk: Client, sentence: str) -> None:
    one = standing(**SITUATIONS[sentence])
    assert sentence in said(desk, one)
    buttons = texts(desk.get(one.get_admin_url()).content, ".intake-ways button")
    waits = sentence == "Väntar på sin tur"
    assert buttons == (["Kasta inläsningen"] if waits else ["Kör igen", "Kasta inläsningen"])


def test_what_is_to_be_saved_and_has_no_worker_yet_waits(desk: Client) -> None:
    one = standing(state=State.SAVING)
    assert text(shown(desk, one).select_one("[data-words]")) == "Väntar på sin tur"


def test_run_again_begins_anew_and_the_second_who_presses_is_told(desk: Client) -> None:
    intakes.crime()
    one = standing(state=State.READING, worker="another:1:1", beat_at=None, content=csv(FIGURE))
    press(desk, one, "run_again")
    assert again(one).state == State.PLANNED
    assert told(press(desk, one, "run_again")) == ["Någon annan hann före. Så här ser det ut nu."]


def test_throwing_away_takes_the_file_and_what_is_done_is_remembered(desk: Client) -> None:
    one = standing(state=State.PLANNED, plan={})
    assert press(desk, one, "throw_away").headers["Location"] == reverse("intakes:list")
    assert not Intake.objects.exists()
    done = standing(state=State.DONE, content=None)
    press(desk, done, "throw_away")
    assert Intake.objects.filter(pk=done.pk).exists()


def test_a_button_that_is_none_does_nothing(desk: Client) -> None:
    one = standing(state=State.PLANNED, plan={})
    before = row_counts()
    press(desk, one, "__init__")
    assert row_counts() == before and again(one).state == State.PLANNED


# --- Lists ---------------------------------------------------------------------------------------


def test_the_list_shows_everybodys_with_where_they_stand_in_the_same_number_of_queries(desk: Client) -> None:
    def listed() -> tuple[list[list[str]], int]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            html = desk.get(reverse("intakes:list")).content
        return [[text(cell) for cell in row.select("td")] for row in soup(html).select("tbody tr")], len(
            asked
        )

    standing(name="första.csv", state=State.DONE, created_by=factories.user(first_name="Kim", last_name="Ek"))
    _, few = listed()
    for number in range(5):
        standing(name=f"{number}.csv", state=State.READING, worker="another:1:1", beat_at=None)
    rows, many = listed()
    assert many == few
    assert rows[-1][:2] == ["första.csv", "Klar"] and rows[-1][2].endswith("Kim Ek")
    assert rows[0][:2] == ["4.csv", "Avbröts"]


def test_the_work_list_has_what_waits_for_me_and_what_broke_off() -> None:
    me = factories.user(roles.COMMUNICATOR)
    browser = factories.client(me)
    for state in Intake.State:
        standing(name=f"{state}.csv", state=state, created_by=me, worker="x:1:1" * (state == State.READING))
    standing(name="dog.csv", state=State.SAVING, created_by=me, worker="another:1:1", beat_at=None)
    standing(name="annans.csv", state=State.FAILED, created_by=factories.user())
    rows = soup(browser.get("/admin/").content).select("section[aria-labelledby='inlasningar'] li")
    html = browser.get(reverse("worklist:kind", args=["inlasningar"])).content
    names = texts(html, ".worklist-items .worklist-name")
    assert sorted(names) == ["asking.csv", "dog.csv", "failed.csv", "faulty.csv", "planned.csv"]
    assert rows
    dog = next(row for row in soup(html).select(".worklist-items li") if "dog.csv" in text(row))
    assert "Arbetet avbröts innan det var klart. Inget är sparat." in text(dog)


def test_the_releases_and_the_themes_lead_to_reading_in_and_to_templates(desk: Client) -> None:
    crime = intakes.crime()
    factories.publish(factories.staged_figure(crime))
    theme = factories.theme_page(tables=[factories.table(crime)])
    releases = soup(desk.get(reverse("releases:list")).content)
    assert releases.select(f"a.button[href='{reverse('intakes:new')}']")
    template = reverse("intakes:template", args=[theme.pk])
    for screen in ("teman:index", "intakes:new"):
        (link,) = soup(desk.get(reverse(screen)).content).select(f"a[href='{template}']")
        assert theme.title in text(link)
    answer = desk.get(template)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="trygghet-och-sakerhet.xlsx"'
    upload(desk, answer.content, "mall.xlsx")
    assert only().state == State.DONE, only().plan
    # What was not read may be just what is new, so it is told.
    assert "Bladet ”Så fyller du i” har ingen tabell och läses inte." in said(desk, only())


def test_a_name_that_is_written_as_two_is_neither() -> None:
    names = {"Våldsbrott": 1, "Våldsbrott.": 2, "Stöld": 3}
    asked = {
        typed: Asked(Question("", "", "", "", ""), typed=typed, names=names)
        for typed in (*names, "våldsbrott")
    }
    assert [one.answer() for one in asked.values()] == [{"id": 1}, {"id": 2}, {"id": 3}, None]
    assert asked["våldsbrott"].error.startswith("Det finns inget som heter ”våldsbrott”.")


def test_who_may_not_make_releases_sees_no_way_to_templates() -> None:
    theme = factories.theme_page(tables=[factories.table(intakes.crime())])
    someone = factories.user(roles.COMMUNICATOR)
    group = someone.groups.get()
    group.permissions.remove(Permission.objects.get(codename="add_release"))
    browser = factories.client(someone)
    assert not soup(browser.get("/admin/teman/").content).select(
        f"a[href='{reverse('intakes:template', args=[theme.pk])}']"
    )
