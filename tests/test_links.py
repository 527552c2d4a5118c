"""The check of links: what it finds, what it remembers, what mends it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model

from boras_site.links import check as checking
from boras_site.links.check import check
from boras_site.links.collect import every_link, links_of
from boras_site.links.elsewhere import Answer
from boras_site.links.models import BrokenLink, Reason, UnsureAddress
from boras_site.models import ContentPage
from tests import factories as make
from tests.linking import ELSEWHERE, Told, broken, chosen, link, page_with, run

pytestmark = pytest.mark.django_db


# --- What is looked at ---------------------------------------------------------------------------


def test_every_sort_of_text_and_link_is_looked_at():
    section = {
        "heading": "Avsnitt",
        "body": [
            {"type": "text", "value": link("https://a.se/", "text"), "id": "t"},
            {"type": "note", "value": link("https://b.se/", "notis"), "id": "n"},
        ],
    }
    make.theme_page(
        introduction=link("https://c.se/", "ingress"),
        about_figures=link("//d.se/om", "källor"),
        results=json.dumps([{"type": "section", "value": section, "id": "s"}]),
        links=json.dumps([{"type": "link", "value": {"text": "SKR", "url": "https://e.se/"}, "id": "l"}]),
    )
    make.statement_page(service_url="https://f.se/")
    make.indicator(
        "Räddningstid",
        definition=link("https://g.se/", "definition"),
        source=make.source(url="https://h.se/"),
    )
    found = {one.url: (one.holder, one.path, one.text) for one in every_link()}
    assert found == {
        "https://a.se/": ("page", "results.s.body.t", "text"),
        "https://b.se/": ("page", "results.s.body.n", "notis"),
        "https://c.se/": ("page", "introduction", "ingress"),
        "https://d.se/om": ("page", "about_figures", "källor"),
        "https://e.se/": ("page", "links.l.url", "SKR"),
        "https://f.se/": ("page", "service_url", "https://f.se/"),
        "https://g.se/": ("indicator", "definition", "definition"),
        "https://h.se/": ("source", "url", "https://h.se/"),
    }


def test_what_no_reader_meets_is_not_looked_at():
    page_with(link(ELSEWHERE), live=False)
    make.indicator(live=False, definition=link(ELSEWHERE))
    page_with(link("mailto:a@b.se") + link("tel:033") + link("javascript:1") + "<p><a>Tom</a></p>", "Post")
    asker = Told()
    assert check(asker).broken == {}
    assert asker.asked == []


def test_an_address_is_asked_for_once_however_many_link_to_it():
    page_with(link(ELSEWHERE) + link(ELSEWHERE, "Igen"), "Ett")
    page_with(link(ELSEWHERE), "Två")
    asker = Told({ELSEWHERE: Answer.GONE})
    assert len(check(asker).broken) == 2
    assert asker.asked == [ELSEWHERE]


# --- Our own site --------------------------------------------------------------------------------


def test_chosen_pages_and_documents_that_are_gone_or_hidden():
    here, hidden = make.theme_page("Här"), make.theme_page("Dold", live=False)
    document = get_document_model().objects.create(title="Rapport", file="rapport.pdf")
    html = chosen("page", here.pk) + chosen("document", document.pk)
    html += chosen("page", hidden.pk) + chosen("page", 9999) + chosen("document", 9999)
    page_with(html)
    run()
    assert set(broken()) == {
        (f"page:{hidden.pk}", Reason.PAGE_HIDDEN),
        ("page:9999", Reason.PAGE_GONE),
        ("document:9999", Reason.DOCUMENT_GONE),
    }


def test_written_addresses_of_our_own_are_asked_of_our_own_site():
    theme = make.theme_page("Trygghet")
    shown = make.indicator("Räddningstid")
    shown.first_published_at = timezone.now()
    shown.save()
    Redirect.objects.create(old_path="/gammal", redirect_page=theme)
    works = [
        theme.url,
        shown.get_absolute_url(),
        "/sok/?q=brott",
        "/nyckeltal/",
        "/gammal/",
        f"http://testserver{theme.url}",
    ]
    gone = ["/finns-inte/", "http://testserver/nyckeltal/inget/", "www.boras.se"]
    page_with("".join(map(link, [*works, *gone])))
    asker = Told()
    check(asker)
    assert broken() == [(url, Reason.NOT_HERE) for url in gone]
    assert asker.asked == []


def test_fragments_are_looked_for_on_their_page():
    shown = make.indicator()
    theme = make.theme_page("Trygghet", tables=[make.table(shown)])
    make.publish(make.staged_figure(shown))
    theme.save()
    own = {"heading": "Mitt avsnitt", "body": []}
    there = ["#mitt-avsnitt", f"{theme.url}#resultat-2", f"{theme.url}#tabell-anmalda-brott"]
    gone = ["#borta", f"{theme.url}#gammal"]
    page = page_with(
        "".join(map(link, [*there, *gone])),
        body=json.dumps([{"type": "section", "value": own}]),
    )
    page.save()
    run()
    assert broken() == [(url, Reason.NO_FRAGMENT) for url in gone]


def test_no_line_in_the_log_for_an_address_that_is_not_there(caplog):
    page_with(link("/finns-inte/"))
    run()
    assert caplog.records == []


# --- Others' sites -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer.GONE, Reason.GONE),
        (Answer.NO_SUCH_NAME, Reason.NO_SUCH_NAME),
        (Answer.UNTRUSTED, Reason.UNTRUSTED),
        (Answer.WORKS, None),
        (Answer.UNSURE, None),
        (Answer.NOT_ASKED, None),
    ],
)
def test_only_what_is_surely_broken_is_told_at_once(answer, reason):
    page_with(link(ELSEWHERE))
    report = run(answer)
    assert broken() == ([(ELSEWHERE, reason)] if reason else [])
    assert report.unsure == (answer is Answer.UNSURE)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets it be another day in March."""

    def set_day(number: int) -> None:
        monkeypatch.setattr(checking.timezone, "localdate", lambda: date(2026, 3, number))

    set_day(1)
    return set_day


def test_an_address_in_doubt_is_told_after_three_days_of_it(day):
    page_with(link(ELSEWHERE))
    for number in (1, 1, 1, 2, 2):
        day(number)
        run(Answer.UNSURE)
        assert broken() == []
    day(3)
    run(Answer.UNSURE)
    assert broken() == [(ELSEWHERE, Reason.UNSURE)]
    run(Answer.WORKS)
    assert broken() == [] and not UnsureAddress.objects.exists()
    run(Answer.UNSURE)
    assert broken() == []


def test_when_no_site_at_all_answers_it_is_we_who_are_cut_off(day):
    other = "https://example.org/"
    page_with(link(ELSEWHERE) + link(other))
    check(Told({ELSEWHERE: Answer.GONE}))
    cut_off = {ELSEWHERE: Answer.NO_SUCH_NAME, other: Answer.NO_SUCH_NAME}
    report = check(Told(cut_off))
    assert report.offline
    assert broken() == [(ELSEWHERE, Reason.GONE)]
    for number in range(1, 6):
        day(number)
        check(Told(dict.fromkeys(cut_off, Answer.UNSURE)))
    assert not UnsureAddress.objects.exists()
    assert not check(Told({ELSEWHERE: Answer.NO_SUCH_NAME})).offline
    assert broken() == [(ELSEWHERE, Reason.NO_SUCH_NAME)]


# --- From one run to the next --------------------------------------------------------------------


def test_a_run_replaces_the_one_before_and_remembers_when_a_link_was_first_found():
    page = page_with(link(ELSEWHERE) + link("/finns-inte/"))
    run(Answer.GONE)
    long_ago = timezone.now() - timedelta(days=9)
    BrokenLink.objects.update(found_at=long_ago)
    ContentPage.objects.filter(pk=page.pk).update(introduction=link(ELSEWHERE) + link("/inte-heller/"))
    run(Answer.NO_SUCH_NAME)
    assert set(broken()) == {(ELSEWHERE, Reason.NO_SUCH_NAME), ("/inte-heller/", Reason.NOT_HERE)}
    assert BrokenLink.objects.get(url=ELSEWHERE).found_at == long_ago
    assert BrokenLink.objects.get(url="/inte-heller/").found_at > long_ago


def test_a_dry_run_finds_the_same_and_remembers_nothing():
    page_with(link(ELSEWHERE) + link("https://example.org/"))
    check(Told({ELSEWHERE: Answer.GONE}))
    before = list(BrokenLink.objects.values())
    report = check(Told({"https://example.org/": Answer.UNSURE}), dry_run=True)
    assert (report.broken, report.unsure) == ({}, 1)
    assert list(BrokenLink.objects.values()) == before and not UnsureAddress.objects.exists()


def test_what_is_mended_while_others_are_asked_is_not_told():
    page = page_with(link(ELSEWHERE))

    def mend() -> None:
        ContentPage.objects.filter(pk=page.pk).update(introduction="<p>Rättad.</p>")

    assert check(Told({ELSEWHERE: Answer.GONE}, meanwhile=mend)).broken == {}
    assert broken() == []


def test_publishing_without_the_link_mends_at_once_and_only_what_is_mended():
    page = page_with(link(ELSEWHERE) + link("/finns-inte/"))
    other = page_with(link(ELSEWHERE), "En annan")
    run(Answer.GONE)
    page.introduction = link("/finns-inte/")
    draft = page.save_revision()
    assert len(broken()) == 3
    draft.publish()
    assert set(BrokenLink.objects.values_list("page", "url")) == {
        (page.pk, "/finns-inte/"),
        (other.pk, ELSEWHERE),
    }
    page.unpublish()
    assert list(BrokenLink.objects.values_list("page", flat=True)) == [other.pk]
    other.delete()
    assert broken() == []


def test_indicators_and_sources_are_mended_at_once_too():
    source = make.source(url=ELSEWHERE)
    shown = make.indicator(definition=link(ELSEWHERE), source=source)
    run(Answer.GONE)
    assert len(broken()) == 2
    shown.definition = "<p>Utan länk.</p>"
    shown.save_revision().publish()
    assert BrokenLink.objects.get().source == source
    source.url = "https://example.org/"
    source.save()
    assert broken() == []


def test_an_indicator_taken_down_has_no_links_for_readers():
    shown = make.indicator(definition=link(ELSEWHERE))
    run(Answer.GONE)
    shown.unpublish()
    assert broken() == []


def test_a_broken_link_has_one_holder():
    page, source = make.theme_page(), make.source()
    for holders in ({}, {"page": page.page_ptr, "source": source}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BrokenLink.objects.create(url="/x/", reason=Reason.GONE, found_at=timezone.now(), **holders)


def test_links_are_read_with_no_query_for_what_the_tables_have_chosen(django_assert_num_queries):
    shown = make.indicator()
    page = make.theme_page(
        tables=[make.table(shown)],
        links=json.dumps([{"type": "link", "value": {"text": "a", "url": ELSEWHERE}}]),
    )
    fresh = type(page).objects.get(pk=page.pk)
    assert fresh.full_url
    with django_assert_num_queries(0):
        assert [one.url for one in links_of(fresh)] == [ELSEWHERE]


# --- The command ---------------------------------------------------------------------------------


def command(monkeypatch: pytest.MonkeyPatch, *args: str, answer: Answer = Answer.GONE) -> str:
    monkeypatch.setattr(checking, "Asker", lambda: Told({ELSEWHERE: answer}))
    out = StringIO()
    call_command("check_links", *args, stdout=out)
    return out.getvalue()


def test_the_command_says_how_many_and_on_request_which(monkeypatch):
    page = page_with(link(ELSEWHERE) + link("https://example.org/"))
    assert command(monkeypatch, "--dry-run") == (
        f"page {page.pk}: ”Rapporten” ({ELSEWHERE}) leder till en sida som inte finns längre.\n"
        "2 länkar: 1 trasig. 0 adresser gick inte att kontrollera.\n"
        "Inget är sparat.\n"
    )
    assert broken() == []
    assert command(monkeypatch) == "2 länkar: 1 trasig. 0 adresser gick inte att kontrollera.\n"
    assert broken() == [(ELSEWHERE, Reason.GONE)]


def test_the_command_says_when_no_site_answered(monkeypatch):
    page_with(link(ELSEWHERE) + link("https://example.org/"))
    monkeypatch.setattr(
        checking, "Asker", lambda: Told(dict.fromkeys((ELSEWHERE, "https://example.org/"), Answer.UNSURE))
    )
    out = StringIO()
    call_command("check_links", stdout=out)
    assert "Ingen annan webbplats svarade." in out.getvalue()
