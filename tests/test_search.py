"""/sok/ as a reader meets it: what is found, where it stands, and help when nothing is."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from wagtail.models import Page, PageViewRestriction

from boras_site.search.models import SearchDocument
from comparisons.models import Indicator
from tests import factories as make
from tests.reading import soup, text, texts

pytestmark = pytest.mark.django_db

VIOLENCE = "Antal anmälda våldsbrott"
DAMAGE = "Anmälda brott om skadegörelse"
THEME = "Trygghet och säkerhet"
LONG = (
    "Många våldsbrott sker i centrum, mest kring nattlivet på helgerna. För att förebygga dem samtalar vi "
    "med krögarna och håller kurser i ansvarsfull alkoholservering. Polisen finns på plats i centrum. "
    "Tillsammans med polisen och bostadsbolagen arbetar vi med grannsamverkan."
)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """``with commit():`` what is done in it is committed, as after a request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def site(commit):
    """Two indicators, a theme that shows them, a theme about schools and a text page."""
    with commit():
        violence = make.indicator(
            VIOLENCE,
            definition="<p>Brott mot person som anmälts till polisen.</p>",
            synonyms="misshandel, rån, överfall",
        )
        damage = make.indicator(DAMAGE, short_title="Klotter och krossat glas")
        make.publish(make.staged_figure(violence), make.staged_figure(damage))
        body = [
            {"type": "text", "value": f"<p>{LONG}</p>"},
            {"type": "table", "value": make.table(violence, damage, caption="Brott i siffror")},
        ]
        results = [
            {"type": "section", "value": {"heading": "Brandskyddsarbete", "body": []}},
            {"type": "section", "value": {"heading": "Våld och nattliv", "body": body}},
        ]
        theme = make.theme_page(
            THEME,
            introduction="<p>Hur trygg är staden?</p>",
            results=json.dumps(results),
            improvements=json.dumps([{"type": "text", "value": "<p>Vi bygger nätverk.</p>"}]),
        )
        school = make.theme_page("Grundskola", introduction="<p>I skolan lär sig eleverna läsa.</p>")
        page = make.content_page("Om siffrorna", introduction="<p>Medianen är värdet i mitten.</p>")
    return SimpleNamespace(violence=violence, damage=damage, theme=theme, school=school, page=page)


def ask(client, query: str) -> bytes:
    answer = client.get("/sok/", {"q": query})
    assert answer.status_code == 200
    return answer.content


def hits(client, query: str) -> list[str]:
    return texts(ask(client, query), ".hits h3")


def hit(client, query: str, title: str) -> SimpleNamespace:
    """A result by its title: kind and place, the place's address, the snippet, what is marked."""
    for item in soup(ask(client, query)).select(".hits li"):
        if text(item.select("h3")[0]) == title:
            place, *snippet = item.select("p")
            return SimpleNamespace(
                url=item.select("h3 a")[0]["href"],
                place=text(place),
                place_url=next((link["href"] for link in place.select("a")), None),
                snippet=" ".join(map(text, snippet)),
                marks=[text(mark) for mark in item.select("mark")],
            )
    raise AssertionError(f"{title} is not among {hits(client, query)}")


# --- What is found -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("våldsbrott", [VIOLENCE, THEME]),
        ("VÅLDSBROTTEN", [VIOLENCE, THEME]),
        ("valdsbrott", [VIOLENCE, THEME]),
        ("skadegorelse", [DAMAGE, THEME]),
        ("skola", ["Grundskola"]),
        ("skolor", ["Grundskola"]),
        ("elev", ["Grundskola"]),
        ("läsa", ["Grundskola"]),
        ("misshandel", [VIOLENCE]),
        ("Överfallet", [VIOLENCE]),
        ("krossat glas", [DAMAGE]),
        ("grannsamverkan", [THEME]),
        ("nattlivet polisen", [THEME]),
        ("polisen misshandel", [VIOLENCE]),
        ("brandskydd", [THEME]),
        ("medianer", ["Om siffrorna"]),
        ("”våldsbrott”!", [VIOLENCE, THEME]),
        ("vad är medianen?", ["Om siffrorna"]),
        ("brott", [DAMAGE, THEME, VIOLENCE]),
    ],
)
def test_what_a_query_finds_best_first(client, site, query, found):
    assert hits(client, query) == found


def test_the_same_points_come_in_swedish_order(client, commit):
    with commit():
        for title in ("Ökat regn", "Ärligt regn", "Åskans regn", "Zonens regn"):
            make.indicator(title)
    assert hits(client, "regn") == ["Zonens regn", "Åskans regn", "Ärligt regn", "Ökat regn"]


def test_a_word_is_found_inside_another_in_any_form_of_both(client, commit):
    with commit():
        make.indicator("Antal grundskolor", definition="<p>Bostadsinbrotten räknas inte.</p>")
    for query in ("skola", "skolorna", "inbrott", "inbrottet", "grundskolan", "bostäder"):
        assert hits(client, query) == ["Antal grundskolor"], query


def test_a_word_in_the_name_counts_more_than_one_in_the_text(client, commit):
    with commit():
        make.indicator("A text", definition="<p>Regn, regn och åter regn.</p>")
        make.indicator("B synonym", synonyms="regn")
        make.indicator("C regn")
    assert hits(client, "regn") == ["C regn", "B synonym", "A text"]


def test_only_what_is_open_to_everyone_is_found(client, site):
    assert hits(client, "nätverk") == [THEME]
    restriction = PageViewRestriction.objects.create(
        page=make.index_page(), restriction_type=PageViewRestriction.LOGIN
    )
    assert hits(client, "nätverk") == []
    assert hits(client, "våldsbrott") == [VIOLENCE]
    restriction.delete()
    assert hits(client, "nätverk") == [THEME]
    Page.objects.filter(pk=site.theme.pk).update(live=False)
    assert hits(client, "nätverk") == []
    Indicator.objects.filter(pk=site.violence.pk).update(live=False)
    assert hits(client, "våldsbrott") == []


def test_words_of_a_closed_page_are_not_guessed_at(client, site):
    PageViewRestriction.objects.create(page=site.theme, restriction_type=PageViewRestriction.LOGIN)
    html = ask(client, "grannsamvrkan").decode()
    assert "grannsamverkan" not in html


# --- Where it stands -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title", "place", "anchor"),
    [
        ("nattliv", THEME, "Tema. Under rubriken ”Våld och nattliv”", "#vald-och-nattliv"),
        ("brandskyddsarbete", THEME, "Tema. Under rubriken ”Brandskyddsarbete”", "#brandskyddsarbete"),
        ("skadegörelse", THEME, "Tema. I tabellen ”Brott i siffror”", "#tabell-brott-i-siffror"),
        ("trygg", THEME, "Tema. I ingressen", None),
        ("nätverk", THEME, "Tema. I det vi gör för att förbättra", "#battre"),
        ("polisen", VIOLENCE, "Nyckeltal. I definitionen", "#om"),
        ("misshandel", VIOLENCE, "Nyckeltal. Annat ord: misshandel", None),
        ("glas", DAMAGE, "Nyckeltal. Kort namn: Klotter och krossat glas", None),
        ("våldsbrott", VIOLENCE, "Nyckeltal. I namnet", None),
        ("grundskola", "Grundskola", "Tema. I rubriken", None),
        ("medianen", "Om siffrorna", "Text. I ingressen", None),
    ],
)
def test_a_result_says_where_the_word_stands(client, site, query, title, place, anchor):
    found = hit(client, query, title)
    assert found.place == place
    assert found.place_url == (anchor and f"{found.url}{anchor}")


def test_a_heading_says_better_where_it_stands_than_a_text(client, commit):
    body = [{"type": "text", "value": "<p>Regn och blåst.</p>"}]
    sections = [{"heading": "Väder", "body": body}, {"heading": "Regn", "body": []}]
    with commit():
        make.content_page(body=json.dumps([{"type": "section", "value": one} for one in sections]))
    assert hit(client, "regn", "Om siffrorna").place == "Text. Under rubriken ”Regn”"
    assert hit(client, "regn blåst", "Om siffrorna").place == "Text. Under rubriken ”Väder”"


def test_another_name_is_not_told_where_the_name_has_the_word(client, commit):
    with commit():
        make.indicator("Antal regniga dagar", short_title="Regniga dagar", synonyms="regnväder")
    assert hit(client, "regniga", "Antal regniga dagar").place == "Nyckeltal. I namnet"
    assert hit(client, "regnväder", "Antal regniga dagar").place == "Nyckeltal. Annat ord: regnväder"


def test_every_place_a_result_can_point_to_is_there(client, site):
    request = RequestFactory().get("/")
    checked = 0
    for document in SearchDocument.objects.select_related("page", "indicator"):
        of = document.page or document.indicator
        url = document.page.get_url(request) if document.page else of.get_absolute_url()
        page = soup(client.get(url).content)
        for part in document.parts:
            if part["anchor"]:
                assert page.find(id=part["anchor"]), (url, part["anchor"])
                checked += 1
    assert checked >= 4


def test_what_was_found_is_marked_and_shown_with_the_text_around_it(client, site):
    found = hit(client, "alkoholservering", THEME)
    assert found.marks == ["alkoholservering"]
    assert found.snippet.startswith("… ") and found.snippet.endswith(" …")
    piece = found.snippet.removeprefix("… ").removesuffix(" …")
    assert 120 <= len(piece) <= 160
    assert f" {piece} " in f" {LONG} "
    assert hit(client, "brott anmälda", VIOLENCE).marks == ["anmälda", "våldsbrott", "Brott"]


def test_a_snippet_begins_where_the_text_begins(client, site):
    found = hit(client, "centrum", THEME)
    assert found.snippet.startswith("Många våldsbrott sker i centrum, mest")
    assert found.marks == ["centrum"]


# --- Slips and too many words --------------------------------------------------------------------


def test_a_slip_is_forgiven_and_told(client, site):
    html = ask(client, "våldsbrtt")
    assert texts(html, ".hits h3") == [VIOLENCE, THEME]
    assert "Inga träffar på ”våldsbrtt”. Visar träffar på ”våldsbrott”." in texts(html, "main p")
    assert soup(html).find(id="q")["value"] == "våldsbrtt"


def test_a_word_that_is_there_is_never_replaced(client, site):
    assert "Visar träffar på" not in ask(client, "rån").decode()
    with_slip = ask(client, "våldsbrott grnansamverkan").decode()
    assert "Visar träffar på ”grannsamverkan”" in with_slip
    assert "Visar träffar på ”våldsbrott”" not in with_slip


def test_where_nothing_has_all_words_what_has_most_is_shown_and_it_is_said(client, site):
    html = ask(client, "nattlivet polisen kvantfysik")
    assert texts(html, ".hits h3") == [THEME]
    told = " ".join(texts(html, "main p"))
    assert "Inget innehåller alla ord" in told
    assert "Ingenstans finns ”kvantfysik”" in told
    assert texts(ask(client, "misshandel krossat"), ".hits h3") == [DAMAGE, VIOLENCE]
    assert "Inget innehåller" not in ask(client, "nattlivet polisen").decode()


def test_the_number_of_results_is_told_and_fifty_are_shown(client, site, commit):
    assert "2 träffar." in texts(ask(client, "våldsbrott"), "main p")
    assert "1 träff." in texts(ask(client, "grundskola"), "main p")
    with commit():
        for number in range(51):
            make.indicator(f"Regn {number:02}")
    html = ask(client, "regn")
    assert "51 träffar. Här är de 50 bästa." in texts(html, "main p")
    assert texts(html, ".hits h3") == [f"Regn {number:02}" for number in range(50)]


# --- Nothing -------------------------------------------------------------------------------------


def ways_on(html: bytes) -> list[str]:
    return texts(html, "main ul.links a")


@pytest.mark.parametrize("query", ["", " ", "\0", "\u00ad"])
def test_without_a_query_there_is_the_form_and_ways_on(client, site, query):
    html = ask(client, query)
    assert texts(html, "h1") == ["Sök"]
    assert ways_on(html) == [THEME, "Grundskola", "Alla nyckeltal"]
    assert not soup(html).select(".hits")
    assert "Inga träffar" not in html.decode()
    assert texts(html, "title") == ["Sök – Öppna jämförelser – Borås Stad"]


def test_the_page_can_be_asked_for_without_a_query_at_all(client, db):
    assert texts(client.get("/sok/").content, "h1") == ["Sök"]
    assert texts(ask(client, "skola"), "h1") == ["Sök"]


def test_when_nothing_is_found_it_is_said_and_helped_on(client, site):
    html = ask(client, "kvantfysik")
    assert "Vi hittade inget om ”kvantfysik”." in texts(html, "main p")
    assert texts(html, "main .prose li") == [
        "Kontrollera stavningen.",
        "Prova färre ord.",
        "Prova ett annat ord för samma sak.",
    ]
    assert ways_on(html) == [THEME, "Grundskola", "Alla nyckeltal"]


def test_when_nothing_is_found_what_looks_like_it_is_asked_about(client, site):
    html = ask(client, "gatumisshandel")
    (question,) = [one for one in texts(html, "main p") if one.startswith("Menade du")]
    assert question == "Menade du misshandel?"
    (link,) = [tag["href"] for tag in soup(html).select("main .prose a")]
    assert link == f"/sok/?{urlencode({'q': 'misshandel'})}"
    assert texts(client.get(link).content, ".hits h3") == [VIOLENCE]


@pytest.mark.parametrize(
    "query",
    [
        *("a", "å", "?!”…", "%", "_", "\\", "' OR 1=1 --", "våld\0sbrott", "🙂", "🙂 våldsbrott", "&amp;"),
        *("x" * 5000, "ord " * 2000, "ﬃ ǅ İ ß", "e\u0301" * 99, "\u202e\u200b", "\ufffd"),
    ],
)
def test_no_query_is_a_fault(client, site, query):
    html = ask(client, query)
    assert texts(html, "h1") == ["Sök"]
    assert len(soup(html).find(id="q")["value"]) <= 100


def test_bytes_that_are_no_text_are_no_fault(client, site):
    assert client.get("/sok/?q=%ff%fe%00%c3").status_code == 200
    assert client.get("/sok/?q=skola&q=brott&x=1").status_code == 200


def test_percent_and_underscore_are_no_wildcards(client, site):
    assert hits(client, "%%%%") == hits(client, "____") == hits(client, "s%a") == []


# --- The page ------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


def test_nothing_a_reader_or_an_editor_writes_becomes_markup(client, commit):
    with commit():
        make.indicator(f"Regn {SCRIPT}", synonyms=f"väta {SCRIPT}", definition="<p>Snö &lt;script&gt;x</p>")
        body = [{"type": "text", "value": "<p>Blåst &lt;img src=x onerror=alert(1)&gt;</p>"}]
        results = [{"type": "section", "value": {"heading": f"Storm {SCRIPT}", "body": body}}]
        make.theme_page(f"Väder {SCRIPT}", results=json.dumps(results))
    for query in ("regn", "väta", "snö", "blåst", "storm", "väder", "script", "alert", SCRIPT, f'"{SCRIPT}'):
        html = ask(client, query)
        page = soup(html)
        assert len(page.find_all("script")) == 1, query
        assert not page.find_all("img"), query
    assert hits(client, "regn") == [f"Regn {SCRIPT}"]
    assert hit(client, "storm", f"Väder {SCRIPT}").place == f"Tema. Under rubriken ”Storm {SCRIPT}”"
    assert hit(client, "script", f"Regn {SCRIPT}").marks[:2] == ["script", "script"]


def test_the_form_keeps_the_query_and_needs_no_script_and_no_cookie(client, site):
    answer = client.get("/sok/", {"q": 'våldsbrott "'})
    page = soup(answer.content)
    (form,) = page.select("main form")
    assert (form["role"], form["action"], form.get("method", "get")) == ("search", "/sok/", "get")
    assert texts(answer.content, "main label[for=q]") == ["Sök bland teman och nyckeltal"]
    assert page.find(id="q")["value"] == 'våldsbrott "'
    assert [tag.get("name") for tag in form.select("input, button")] == ["q", None]
    assert texts(answer.content, "main button") == ["Sök"]
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert "csrf" not in answer.content.decode()


def test_the_page_is_called_by_its_query_and_stays_out_of_search_engines(client, site):
    html = ask(client, "våldsbrott")
    assert texts(html, "title") == ["våldsbrott – Sök – Öppna jämförelser – Borås Stad"]
    assert soup(html).find("meta", attrs={"name": "robots"})["content"] == "noindex, follow"
    assert texts(html, ".crumbs li") == ["Start", "Sök"]
    assert client.post("/sok/", {"q": "x"}).status_code == 405


def queries(client, query: str) -> int:
    ask(client, query)
    with CaptureQueriesContext(
        connection,
    ) as found:
        ask(client, query)
    return len(found)


def test_a_search_costs_the_same_queries_whatever_it_finds(client, site, commit):
    before = {query: queries(client, query) for query in ("", "brott", "våldsbrott skola", "brtot", "xyzåäö")}
    with commit():
        for number in range(30):
            make.indicator(f"Brott i skolan {number}", definition="<p>Våldsbrott.</p>")
        for number in range(5):
            make.content_page(f"Skola och brott {number}")
    assert {query: queries(client, query) for query in before} == before
    idle = before[""]
    assert before == {
        "": idle,
        "brott": idle + 2,
        "våldsbrott skola": idle + 2,
        "brtot": idle + 4,
        "xyzåäö": idle + 2,
    }
