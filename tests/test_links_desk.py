"""Broken links on the work list: what is said, to whom, and what the buttons do."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from boras_site.accounts.models import User
from boras_site.links import check as checking
from boras_site.links.elsewhere import Answer
from boras_site.links.models import BrokenLink, Reason, UnsureAddress
from comparisons import roles
from comparisons.models import Indicator, Source
from tests import factories as make
from tests.linking import ELSEWHERE, broken, chosen, link, page_with, run
from tests.posting import told
from tests.reading import soup, text

pytestmark = pytest.mark.django_db


# --- The work list -------------------------------------------------------------------------------


@pytest.fixture
def kim() -> User:
    return make.user(roles.COMMUNICATOR)


def listed(of: User) -> list[Any]:
    html = make.client(of).get("/admin/").content
    return soup(html).select("section[aria-labelledby='lankar'] li")


def said(row: Any) -> tuple[str, ...]:
    return tuple(text(one) for one in row.select("p"))


def test_the_work_list_says_what_is_broken_where_and_leads_to_the_block(kim):
    section = {"heading": "A", "body": [{"type": "text", "value": link(ELSEWHERE), "id": "t"}]}
    page = make.theme_page("Trygghet", results=json.dumps([{"type": "section", "value": section, "id": "s"}]))
    source = make.source("SCB", url=ELSEWHERE)
    shown = make.indicator("Räddningstid", definition=chosen("page", 9999, "Temat"), source=source)
    run(Answer.GONE)
    rows = {said(row)[0]: row for row in listed(kim)}
    assert set(rows) == {"Trygghet", "Räddningstid", "SCB"}
    assert said(rows["Trygghet"])[1].startswith(
        f"Sida. ”Rapporten” ({ELSEWHERE}) leder till en sida som inte finns längre. Hittades "
    )
    assert said(rows["Räddningstid"])[1].startswith(
        "Nyckeltal. ”Temat” leder till en sida som är borttagen. Hittades "
    )
    edit = {
        "Trygghet": f"/admin/pages/{page.pk}/edit/#:w:contentpath=results.s.body.t",
        "Räddningstid": reverse(Indicator.snippet_viewset.get_url_name("edit"), args=[shown.pk])
        + "#:w:contentpath=definition",
        "SCB": reverse(Source.snippet_viewset.get_url_name("edit"), args=[source.pk]) + "#:w:contentpath=url",
    }
    for name, row in rows.items():
        (button,) = row.select("a.button, button")
        assert text(button) == f"Rätta länken: {name}"
        assert button["href"] == edit[name]


def test_only_who_may_mend_is_told(kim):
    page_with(link(ELSEWHERE))
    make.indicator(definition=link(ELSEWHERE), source=make.source(url=ELSEWHERE))
    run(Answer.GONE)
    someone = make.user()
    someone.user_permissions.add(*make.permissions("access_admin", "change_source"))
    assert [said(row)[0] for row in listed(someone)] == ["Brå"]
    assert len(listed(kim)) == 3


def in_doubt() -> BrokenLink:
    page_with(link(ELSEWHERE), "Ett")
    page_with(link(ELSEWHERE), "Två")
    UnsureAddress.objects.create(url=ELSEWHERE, days=2, failed_on=timezone.localdate() - timedelta(days=1))
    run(Answer.UNSURE)
    assert len(broken()) == 2
    return BrokenLink.objects.earliest("pk")


def test_somebody_who_has_looked_can_say_that_a_link_in_doubt_works(kim):
    in_doubt()
    row = listed(kim)[0]
    assert said(row)[1].startswith("Sida. Vi når inte ”Rapporten”")
    assert [one["href"] for one in row.select("p a")][1] == ELSEWHERE
    form = row.select_one("form")
    assert text(form.select_one("button")).startswith("Länken fungerar")
    answer = make.client(kim).post(form["action"], {"next": "/admin/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert told(answer) == ["Tack. Vi frågar inte om länken igen på ett halvår."]
    assert listed(kim) == []
    run(Answer.UNSURE)
    assert broken() == []
    UnsureAddress.objects.update(works_at=timezone.now() - checking.TRUSTED_FOR - timedelta(days=1))
    run(Answer.UNSURE)
    assert len(broken()) == 2


def test_a_word_for_a_link_is_taken_by_post_from_who_may_change_it_and_for_doubts_only(kim):
    doubted = in_doubt()
    url = reverse("links:works", args=[doubted.pk])
    assert make.client(kim).get(url).status_code == 405
    reader = make.user()
    reader.user_permissions.add(*make.permissions("access_admin"))
    make.client(reader).post(url)
    assert len(broken()) == 2
    BrokenLink.objects.update(reason=Reason.GONE)
    assert make.client(kim).post(url).status_code == 404


def test_addresses_are_text_on_the_work_list(kim):
    page = page_with("")
    BrokenLink.objects.create(
        page=Page.objects.get(pk=page.pk),
        url='https://example.com/"><script>alert(1)</script>',
        text="<b>Fet</b>",
        reason=Reason.UNSURE,
        found_at=timezone.now(),
    )
    html = make.client(kim).get("/admin/").content.decode()
    assert "<script>alert(1)" not in html and "<b>Fet" not in html
