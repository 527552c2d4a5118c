"""The accessibility statement: the facts it must have, the sentences it says, and drafts half done."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from boras_site.models import AccessibilityStatementPage, ContentPage, HomePage, SiteSettings
from comparisons import roles
from tests import factories as make
from tests.reading import soup, text, texts

pytestmark = pytest.mark.django_db

LAW = "lagen om tillgänglighet till digital offentlig service (2018:1937)"


def fault(**fields: Any) -> dict[str, Any]:
    value = {
        "what": "Diagrammen saknar text.",
        "criterion": "1.1.1 Icke-textuellt innehåll",
        "reason": "unmet",
        "alternative": "Läs tabellen.",
        "mended": "Senast 31 mars 2027.",
    }
    return {"type": "fault", "value": value | fields}


def stream(*faults: dict[str, Any]) -> str:
    return json.dumps(faults)


def said(page: AccessibilityStatementPage, client) -> str:
    return " ".join(texts(client.get(page.url).content, "main"))


# --- What it says --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conformance", "faults", "sentence"),
    [
        ("full", [], f"Den här webbplatsen är helt förenlig med {LAW}."),
        ("partial", [fault()], f"Den här webbplatsen är delvis förenlig med {LAW}, på grund av de brister"),
        ("none", [fault()], f"Den här webbplatsen är inte förenlig med {LAW}, på grund av de brister"),
    ],
)
def test_the_sentence_of_the_law_follows_from_the_choice(client, conformance, faults, sentence):
    page = make.statement_page(conformance=conformance, faults=stream(*faults))
    assert sentence in said(page, client)


def test_every_fault_stands_under_its_reason(client):
    page = make.statement_page(
        conformance="partial",
        faults=stream(
            fault(what="Kartan.", reason="exempt", mended="", criterion=""),
            fault(what="Gamla filmer.", reason="burden", mended=""),
            fault(what="Diagrammen.", reason="unmet"),
            fault(what="Fler kartor.", reason="exempt", mended=""),
        ),
    )
    html = client.get(page.url).content
    section = soup(html).select_one("section[aria-labelledby=brister]")
    found = {
        text(head): [text(li) for li in head.find_next("ul").select("li")] for head in section.select("h3")
    }
    assert list(found) == [
        "Bristande förenlighet med lagkraven",
        "Oskäligt betungande anpassning",
        "Omfattas inte av lagen",
    ]
    assert [[li.split(".")[0] for li in items] for items in found.values()] == [
        ["Diagrammen"],
        ["Gamla filmer"],
        ["Kartan", "Fler kartor"],
    ]
    assert found["Bristande förenlighet med lagkraven"] == [
        "Diagrammen. Krav i WCAG: 1.1.1 Icke-textuellt innehåll. Så kan du göra i stället: Läs tabellen. "
        "När det åtgärdas: Senast 31 mars 2027."
    ]


def test_the_statement_tells_all_that_the_law_asks_for(client):
    site = SiteSettings.for_site(make.home_page().get_site())
    site.contact_email, site.contact_phone = "stad@example.se", "033-35 70 00"
    site.supervisor_name, site.supervisor_url = "Tillsynen", "https://tillsyn.example.se/anmal"
    site.save()
    page = make.statement_page(answer_time="två dagar", assessment="external")
    html = client.get(page.url).content
    links = {link["href"]: text(link) for link in soup(html).select("main a[href]")}
    assert links["https://tillsyn.example.se/anmal"] == "anmäla det till Tillsynen"
    assert links["mailto:stad@example.se"] == "stad@example.se"
    assert links["tel:+4633357000"] == "033-35 70 00"
    assert links["/rapportera-brist/"] == "Rapportera en brist"
    assert links["https://jamforelser.example.se/"]
    whole = said(page, client)
    for part in (
        "Borås Stad står bakom webbplatsen Öppna jämförelser.",
        "EN 301 549 V3.2.1",
        "Du får svar inom två dagar.",
        "En extern granskare har testat webbplatsen.",
        "Med tangentbord.",
        "Senast bedömd4 maj 2020",
        "Redogörelsen publicerad5 maj 2020",
        "Redogörelsen uppdaterad6 maj 2020",
    ):
        assert part in whole
    assert "Webbplatsen publicerad" not in whole


def test_a_phone_may_divide_the_long_word_and_nobody_else_sees_it(client):
    page = make.statement_page()
    html = client.get(page.url).content
    assert texts(html, "h1") == ["Tillgänglighets\u00adredogörelse"]
    assert texts(html, "title") == ["Tillgänglighetsredogörelse – Borås Stad"]


# --- What is refused -----------------------------------------------------------------------------


def day(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"faults": stream(fault())}, "conformance", "kan inte vara helt förenlig"),
        ({"conformance": "partial"}, "faults", "Skriv minst en brist"),
        ({"conformance": "none"}, "faults", "Skriv minst en brist"),
        (
            {"conformance": "partial", "faults": stream(fault(reason="exempt"))},
            "faults",
            "räknas inte som en brist",
        ),
        ({"assessed_on": day(1)}, "assessed_on", "inte här än"),
        ({"published_on": day(1), "updated_on": day(1)}, "published_on", "inte här än"),
        ({"updated_on": day(1)}, "updated_on", "inte här än"),
        ({"site_published_on": day(1)}, "site_published_on", "inte här än"),
        ({"published_on": day(-1), "updated_on": day(-2)}, "updated_on", "innan den publicerades"),
        ({"assessed_on": None}, "assessed_on", ""),
        ({"published_on": None}, "published_on", ""),
        ({"updated_on": None}, "updated_on", ""),
        ({"service_name": ""}, "service_name", ""),
        ({"service_url": ""}, "service_url", ""),
        ({"service_url": "javascript:alert(1)"}, "service_url", ""),
        ({"assessment_text": ""}, "assessment_text", ""),
        ({"conformance": ""}, "conformance", ""),
    ],
)
def test_what_contradicts_itself_or_is_missing_is_not_published(fields, field, told):
    with pytest.raises(ValidationError) as error:
        make.statement_page(**fields)
    assert told in " ".join(error.value.message_dict[field])


@pytest.mark.parametrize(
    "fields",
    [
        {"faults": stream(fault(reason="exempt", mended=""))},
        {"assessed_on": day(0), "published_on": day(0), "updated_on": day(0)},
    ],
)
def test_what_is_true_is_published(fields):
    assert make.statement_page(**fields).live


# --- In the admin --------------------------------------------------------------------------------


def form(**fields: Any) -> dict[str, Any]:
    """The page form, filled in; ``faults`` as a list of values."""
    faults = fields.pop("faults", [])
    sent: dict[str, Any] = {
        "title": "Tillgänglighetsredogörelse",
        "slug": "tillganglighet",
        "service_name": "Öppna jämförelser",
        "service_url": "https://jamforelser.example.se/",
        "conformance": "full",
        "answer_time": "",
        "standard": "EN 301 549",
        "assessment": "own",
        "assessment_text": json.dumps({"blocks": [], "entityMap": {}}),
        "assessed_on": "2020-05-04",
        "site_published_on": "",
        "published_on": "2020-05-05",
        "updated_on": "2020-05-06",
        "faults-count": str(len(faults)),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    block = {"key": "a", "text": "Själva.", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    sent["assessment_text"] = json.dumps({"blocks": [block], "entityMap": {}})
    for number, value in enumerate(faults):
        sent |= {
            f"faults-{number}-deleted": "",
            f"faults-{number}-order": str(number),
            f"faults-{number}-type": "fault",
            f"faults-{number}-id": "",
        }
        sent |= {f"faults-{number}-value-{name}": said for name, said in value.items()}
    return sent | fields


def add_url() -> str:
    home = make.home_page()
    return reverse("wagtailadmin_pages:add", args=["boras_site", "accessibilitystatementpage", home.pk])


def test_a_statement_is_published_through_the_form(reviewer, client):
    sent = form(conformance="partial", faults=[fault()["value"]]) | {"action-publish": "1"}
    assert reviewer.post(add_url(), sent).status_code == 302
    page = AccessibilityStatementPage.objects.get()
    assert page.live and page.text_changed_at
    assert "Diagrammen saknar text." in said(page, client)


def test_a_minor_edit_does_not_move_the_date(reviewer):
    page = make.statement_page()
    page.save_revision().publish()
    page.refresh_from_db()
    before = page.text_changed_at
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    seen = soup(reviewer.get(url).content).select_one("[name=seen]")["value"]
    sent = form(slug=page.slug, seen=seen, answer_time="en dag")
    reviewer.post(url, sent | {"action-publish": "1", "minor_edit": "on"})
    page.refresh_from_db()
    assert (page.answer_time, page.text_changed_at) == ("en dag", before)


def unescaped(content: bytes) -> str:
    """The screen's text, with what the blocks' faults are written as in JSON read too."""
    said = unescape(content.decode())
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), said)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"conformance": "partial"}, "Skriv minst en brist"),
        ({"faults": [fault()["value"]]}, "kan inte vara helt förenlig"),
        ({"updated_on": "2020-05-04"}, "innan den publicerades"),
        (
            {"conformance": "partial", "faults": [fault(mended="")["value"]]},
            "Skriv när bristen åtgärdas.",
        ),
        (
            {"conformance": "partial", "faults": [fault(criterion=" ")["value"]]},
            "Skriv vilket krav bristen gäller.",
        ),
    ],
)
def test_the_form_says_what_is_wrong_and_publishes_nothing(reviewer, fields, told):
    answer = reviewer.post(add_url(), form(**fields) | {"action-publish": "1"})
    assert answer.status_code == 200
    assert told in unescaped(answer.content)
    assert not AccessibilityStatementPage.objects.exists()


EMPTY = {
    "service_name": "",
    "service_url": "",
    "conformance": "partial",
    "assessment_text": "null",
    "assessed_on": "",
    "published_on": "",
    "updated_on": "",
}


@pytest.mark.parametrize(
    "fields",
    [
        EMPTY,
        EMPTY | {"faults": [fault(what="", mended="", criterion="")["value"]]},
        {"conformance": "full", "faults": [fault()["value"]]},
    ],
)
def test_a_draft_half_done_is_saved_and_shown(desk, fields):
    assert desk.post(add_url(), form(**fields)).status_code == 302
    page = AccessibilityStatementPage.objects.get()
    assert not page.live
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    shown = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert shown.status_code == 200
    assert "None" not in " ".join(texts(shown.content, "main"))
    again = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(slug=page.slug, **fields))
    assert again.status_code == 302


def test_there_is_one_statement_right_under_the_start():
    make.statement_page()
    home = make.home_page()
    assert AccessibilityStatementPage not in [
        model for model in home.creatable_subpage_models() if model.can_create_at(home)
    ]
    assert AccessibilityStatementPage.allowed_subpage_models() == []
    assert AccessibilityStatementPage.allowed_parent_page_models() == [HomePage]
    assert not AccessibilityStatementPage.can_exist_under(make.content_page())
    assert ContentPage in HomePage.allowed_subpage_models()


def test_the_statement_is_found_by_what_it_says():
    page = make.statement_page(service_name="Kraxtjänsten")
    assert [found.pk for found in Page.objects.live().search("Kraxtjänsten")] == [page.pk]


def test_editors_make_it_and_only_administrators_say_who_supervises():
    client = make.client(make.user(roles.REVIEWER))
    assert client.get(add_url()).status_code == 200
    settings = reverse("wagtailsettings:edit", args=["boras_site", "sitesettings"])
    assert client.get(settings).status_code == 302
    html = make.client(make.user(is_superuser=True)).get(settings, follow=True).content
    assert soup(html).select_one("[name=supervisor_url]")["value"] == "https://www.digg.se/tdosanmalan"
