"""The readers' answers in the admin: who may read, tick off, export and throw away."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from boras_site.feedback.desk import defused
from boras_site.feedback.models import Feedback
from comparisons import roles
from tests import factories as make
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

HEADINGS = ["Kom in", "Slag", "Hjälpte sidan", "Sida", "Meddelande", "Åtgärdad"]


def url(view: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_feedback_feedback:{view}", args=args)


@pytest.fixture
def administrator():
    return make.client(make.user(is_superuser=True))


def rows(client, **query: str) -> list[list[str]]:
    """The rows of the list, as text; the first column is a box to tick, the second when it came."""
    html = client.get(url("list"), query).content
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td")] for row in soup(html).select("tbody tr")
    ]


def messages(client, **query: str) -> list[str]:
    return [row[5] for row in rows(client, **query)]


# --- The list ------------------------------------------------------------------------------------


def test_the_menu_leads_to_the_answers_newest_first(desk):
    assert url("list") in desk.get(reverse("wagtailadmin_home")).content.decode()
    make.feedback("Äldst.", received_at=datetime(2026, 1, 1, tzinfo=UTC))
    make.feedback("Nyast.", received_at=datetime(2026, 1, 3, tzinfo=UTC))
    make.feedback("", helped=True, received_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert [row[2:] for row in rows(desk)] == [
        ["Rapporterad brist", "Inte besvarad", "/om-siffrorna/", "Nyast.", "Nej"],
        ["Hjälpte sidan dig?", "Ja", "/om-siffrorna/", "", "Nej"],
        ["Rapporterad brist", "Inte besvarad", "/om-siffrorna/", "Äldst.", "Nej"],
    ]


def test_a_long_message_is_begun_in_the_list_and_whole_when_opened(desk):
    kept = make.feedback("ord " * 100)
    assert messages(desk) == ["ord " * 30 + "…"]
    assert ("ord " * 100).strip() in desk.get(url("inspect", kept.pk)).content.decode()


def test_html_in_a_message_is_text_everywhere(desk):
    kept = make.feedback("<img src=x onerror=alert(1)>", page="/<script>/")
    for address in (url("list"), url("inspect", kept.pk), url("edit", kept.pk), url("history", kept.pk)):
        html = desk.get(address).content.decode()
        assert "<img src=x" not in html and "/<script>/" not in html
    assert "&lt;img src=x" in desk.get(url("inspect", kept.pk)).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "fault"}, {"Trasigt."}),
        ({"kind": "helped"}, {"Bra.", "Dåligt."}),
        ({"helped": "True"}, {"Bra."}),
        ({"helped": "False"}, {"Dåligt."}),
        ({"handled": "true"}, {"Bra."}),
        ({"handled": "false"}, {"Trasigt.", "Dåligt."}),
        ({"received_at_from": "2026-01-02"}, {"Bra.", "Dåligt."}),
        ({"received_at_from": "2026-01-02", "received_at_to": "2026-01-02"}, {"Bra."}),
        ({"q": "TRAS"}, {"Trasigt."}),
        ({"q": "finns inte"}, set()),
    ],
)
def test_answers_are_found_by_kind_answer_state_day_and_words(desk, query, found):
    make.feedback("Trasigt.", received_at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    make.feedback("Bra.", helped=True, handled=True, received_at=datetime(2026, 1, 2, 12, tzinfo=UTC))
    make.feedback("Dåligt.", helped=False, received_at=datetime(2026, 1, 3, 12, tzinfo=UTC))
    assert set(messages(desk, **query)) == found


# --- One answer ----------------------------------------------------------------------------------


def test_only_the_tick_can_be_changed(desk):
    kept = make.feedback("Trasigt.")
    before = Feedback.objects.values().get()
    sent = {"handled": "on", "message": "Annat.", "page": "/x/", "kind": "helped", "helped": "True"}
    assert desk.post(url("edit", kept.pk), sent).status_code == 302
    assert Feedback.objects.values().get() == before | {"handled": True}


def test_an_answer_is_told_in_swedish(desk):
    kept = make.feedback("Trasigt.", received_at=datetime(2026, 7, 1, 12, 5, tzinfo=UTC))
    assert texts(desk.get(url("inspect", kept.pk)).content, "dd") == [
        "1 juli 2026 kl. 14.05",
        "Rapporterad brist",
        "/om-siffrorna/",
        "Inte besvarad",
        "Trasigt.",
        "Nej",
    ]


# --- Who may what --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [roles.COMMUNICATOR, roles.REVIEWER])
def test_editors_read_tick_and_export_but_throw_nothing_away(role):
    client, kept = make.client(make.user(role)), make.feedback()
    for view in ("inspect", "edit"):
        assert client.get(url(view, kept.pk)).status_code == 200
    assert client.get(url("list"), {"export": "csv"}).status_code == 200
    assert client.post(url("edit", kept.pk), {"handled": "on"}).status_code == 302
    assert Feedback.objects.get().handled
    bulk = f"{reverse('wagtail_bulk_action', args=['feedback', 'feedback', 'delete'])}?id={kept.pk}"
    for address in (url("delete", kept.pk), bulk):
        client.post(address)
        assert Feedback.objects.exists()
    assert url("delete", kept.pk) not in client.get(url("list")).content.decode()


def test_administrators_throw_away_one_or_many(administrator):
    one, two, three = (make.feedback(str(number)) for number in range(3))
    assert administrator.post(url("delete", one.pk)).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["feedback", "feedback", "delete"])
    administrator.post(f"{bulk}?id={two.pk}&id={three.pk}")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("who", ["desk", "administrator"])
def test_nobody_writes_an_answer(request, who):
    client = request.getfixturevalue(who)
    sent = {"kind": "fault", "page": "/", "message": "Eget.", "handled": ""}
    for answer in (client.get(url("add")), client.post(url("add"), sent)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not Feedback.objects.exists()
    assert url("add") not in client.get(url("list")).content.decode()


def test_who_may_only_open_the_admin_reads_nothing():
    someone = make.user()
    someone.user_permissions.add(*make.permissions("access_admin"))
    client, kept = make.client(someone), make.feedback("Hemligt ord.")
    home = reverse("wagtailadmin_home")
    screens = [url("list"), f"{url('list')}?export=csv", *(url(v, kept.pk) for v in ("inspect", "edit"))]
    for address in screens:
        assert client.get(address)["Location"] == home, address
    assert url("list") not in client.get(home).content.decode()
    chooser = client.get(reverse("wagtailsnippetchoosers_feedback_feedback:choose"))
    assert "Hemligt ord." not in chooser.content.decode()


def test_readers_reach_none_of_it(client):
    kept = make.feedback()
    for address in (url("list"), url("inspect", kept.pk), url("edit", kept.pk)):
        assert client.get(address)["Location"].startswith("/admin/login/")


# --- Export --------------------------------------------------------------------------------------


def exported_csv(client) -> list[list[str]]:
    answer = client.get(url("list"), {"export": "csv"})
    assert 'filename="lasarnas-svar.csv"' in answer["Content-Disposition"]
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))


def exported_xlsx(client):
    answer = client.get(url("list"), {"export": "xlsx"})
    return load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def test_the_export_is_in_swedish_by_the_clock_of_boras(desk):
    make.feedback("Två\nrader, å.", received_at=datetime(2026, 7, 1, 12, 5, 9, tzinfo=UTC))
    make.feedback(
        "", helped=False, handled=True, received_at=datetime(2026, 1, 1, 12, tzinfo=UTC), page="/x/"
    )
    assert exported_csv(desk) == [
        HEADINGS,
        ["2026-07-01 14:05:09", "Rapporterad brist", "", "/om-siffrorna/", "Två\nrader, å.", "Nej"],
        ["2026-01-01 13:00:00", "Hjälpte sidan dig?", "Nej", "/x/", "", "Ja"],
    ]
    sheet = exported_xlsx(desk)
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sheet["A2"].value == datetime(2026, 7, 1, 14, 5, 9)
    assert [cell.value for cell in sheet[2]][1:] == [
        "Rapporterad brist",
        None,
        "/om-siffrorna/",
        "Två\nrader, å.",
        "Nej",
    ]


@pytest.mark.parametrize(
    "message", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "\t=1", " =1", "\n=1", "＝1", "\r+1"]
)
def test_what_looks_like_a_formula_is_a_text_in_every_file(desk, message):
    make.feedback(message)
    assert exported_csv(desk)[1][4].startswith("'")
    assert exported_csv(desk)[1][4][1:].strip() == message.strip()
    cell = exported_xlsx(desk)["E2"]
    assert cell.data_type == "s" and cell.value.startswith("'")


@pytest.mark.parametrize("message", ["Sidan = bra", "2+2", "Mejla a@b.se", ""])
def test_other_texts_are_left_as_they_are(message):
    assert defused(message) == message


# --- The table -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"page": "https://evil.example/"},
        {"page": "//evil.example/"},
        {"kind": "helped"},
        {"helped": True, "kind": "fault"},
    ],
)
def test_the_database_keeps_only_paths_and_answers_of_their_kind(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.feedback(**fields)
