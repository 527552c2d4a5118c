"""The example beside an indicator's texts: what readers would read, before it is saved."""

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse

from comparisons import roles
from comparisons.desk.example import ExampleForm, example
from comparisons.models import Indicator
from comparisons.sentences import sentence_fault
from comparisons.terms import Comparative, Statistic, Status, ValueType
from tests import factories as make
from tests.posting import row_counts
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

MADE_UP = "Påhittade siffror."


@pytest.fixture
def shown():
    """An indicator with figures of its own, held against the median."""
    of = make.indicator("Antal anmälda brott", noun="brott", synonyms="rån, stöld")
    make.publish(
        make.staged_figure(of, "10.3", "2016"),
        make.staged_figure(of, "10.4"),
        make.staged_figure(of, "8.2", of_area=make.country(), statistic=Statistic.MEDIAN),
    )
    return of


def written(of: Indicator | None = None, **changed) -> dict[str, str]:
    """What the edit form holds of what the example depends on, with some of it changed."""
    held = model_to_dict(of or Indicator(), fields=ExampleForm.Meta.fields)
    return {name: "" if value is None else str(value) for name, value in (held | changed).items()}


def ask(desk: Client, of: Indicator | None = None, **changed) -> str:
    """The example after what was typed."""
    address = reverse("indicator_example", args=[of.pk] if of else [])
    response = desk.post(address, written(of, **changed))
    assert response.status_code == 200
    return response.content.decode()


def running(html: str) -> str:
    """The sentences of the example."""
    return texts(html, "dd")[1]


def headline(html: str) -> str:
    """The finding under the large figure."""
    return texts(html, "dd > b")[0]


def test_it_says_what_the_readers_page_says(client, desk, shown):
    html = ask(desk, shown)
    assert [running(html)] == texts(client.get(shown.get_absolute_url()).content, ".answer .lead")
    assert running(html).startswith(
        "Borås hade 10,4 anmälda brott 2017. Det är fler än i mediankommunen (8,2)"
    )
    assert headline(html) == "Fler brott än i mediankommunen"
    assert "Borås 2017 och Median riket" in html and MADE_UP not in html


def test_it_follows_what_is_written_and_nothing_is_saved(desk, shown):
    before = row_counts()
    stored = Indicator.objects.filter(pk=shown.pk).values().get()
    html = ask(
        desk,
        shown,
        sentence=" {kommun} räknade till {värde} rån. ",
        noun="rån",
        comparative=Comparative.AMOUNT,
        short_title="Rån",
        synonyms="tjuveri,\nsnatteri,, ",
    )
    assert running(html).startswith("Borås räknade till 10,4 rån 2017. Det är mer än i mediankommunen")
    assert headline(html) == "Mer rån än i mediankommunen"
    assert "Rån" in texts(html, "dd")[0]
    assert texts(html, "dd")[2] == "Hittas också med tjuveri, snatteri."
    assert row_counts() == before and Indicator.objects.filter(pk=shown.pk).values().get() == stored


@pytest.mark.parametrize(
    "sentence", ["Kommunen hade {värde} brott", "{kommun} hade {värde} brott 2017", "{kommun}s {värde} brott"]
)
def test_what_is_wrong_with_a_sentence_is_said_as_when_it_is_saved(desk, shown, sentence):
    html = ask(desk, shown, sentence=sentence)
    fault = sentence_fault(sentence, shown.value_type)
    assert fault and texts(html, ".help-critical") == [fault] == [running(html)]
    assert headline(html) == "Fler brott än i mediankommunen"


def test_a_noun_that_is_left_out_is_told_with_what_to_do(desk, shown):
    level = ask(desk, shown, title="Brottslighet")
    assert "Det korta ordet kommer inte med. Välj vilka ord som jämför." in level
    assert headline(level) == "Högre än i mediankommunen"
    assert "korta ordet" not in ask(desk, shown, title="Brottslighet", comparative=Comparative.NUMBER)
    assert "korta ordet" not in ask(desk, shown, title="Brottslighet", noun="")
    points = ask(desk, noun="brott", title="Betyg", value_type=ValueType.POINTS, scale_min=1, scale_max=10)
    assert "Det korta ordet kommer inte med i den här rubriken." in points


def test_without_anything_to_compare_with_there_is_no_headline_and_no_advice(desk):
    of = make.indicator(noun="brott")
    make.publish(make.staged_figure(of))
    html = ask(desk, of)
    assert "Ingen rubrik, för det finns inget att jämföra med." in html and "korta ordet" not in html


def test_words_that_are_chosen_are_not_asked_for_again(desk):
    of = make.indicator("Längd", noun="dagar", comparative=Comparative.LENGTH)
    median = {"of_area": make.country(), "statistic": Statistic.MEDIAN}
    make.publish(make.staged_figure(of), make.staged_figure(of, **median))
    html = ask(desk, of)
    assert headline(html) == "Lika långt som i mediankommunen"
    assert "Det korta ordet kommer inte med i den här rubriken." in html


def test_an_indicator_that_could_not_be_saved_as_it_stands_has_an_example(desk):
    assert MADE_UP in ask(desk, make.indicator(processing="own", method=""))


# --- Without figures -----------------------------------------------------------------------------


def test_a_new_indicator_has_made_up_figures_that_say_so(desk):
    make.own_area()
    html = ask(desk, title="Antal katter", value_type=ValueType.COUNT, noun="katter")
    assert MADE_UP in html and "Välj värdetyp" not in html
    assert running(html).startswith("Borås hade 104 katter ")
    assert headline(html) == "Fler katter än i mediankommunen"


def test_an_empty_form_has_an_example_too(desk):
    html = ask(desk)
    assert MADE_UP in html and "Välj värdetyp under Så mäts det" in html
    assert running(html).startswith("Nyckeltalets namn: 10,4 i Kommunen ")


def test_figures_that_are_not_published_or_not_the_own_ones_make_no_example(desk):
    of = make.indicator()
    make.release(make.staged_figure(of, "99.9"))
    make.publish(make.staged_figure(of, "8.2", of_area=make.country(), statistic=Statistic.MEDIAN))
    html = ask(desk, of)
    assert MADE_UP in html and "99,9" not in html


def test_the_newest_year_with_a_value_is_the_example(desk, shown):
    make.publish(
        make.staged_figure(shown, None, "2018", status=Status.SUPPRESSED),
        make.staged_figure(shown, "9.9", "2018", of_area=make.country(), statistic=Statistic.MEDIAN),
    )
    assert running(ask(desk, shown)).startswith("Borås hade 10,4 anmälda brott 2017.")


@pytest.mark.parametrize("value_type", ValueType.values)
@pytest.mark.parametrize(
    "scale", [("", ""), ("1", "10"), ("0", "1"), ("-5", "5"), ("10", "1"), ("3", ""), ("x", "9")]
)
def test_every_kind_of_value_has_an_example_whatever_stands_in_the_form(desk, value_type, scale):
    make.own_area()
    html = ask(
        desk,
        title="Nöjda med vården",
        value_type=value_type,
        scale_min=scale[0],
        scale_max=scale[1],
        unit="dagar",
        processing="own",
        polarity="higher_better",
    )
    assert "Borås" in running(html) and headline(html)


@pytest.mark.parametrize(("low", "high", "own"), [("1", "10", "7"), ("0", "100", "70"), ("0", "1", "0,7")])
def test_made_up_points_lie_within_the_scale(desk, low, high, own):
    html = ask(desk, title="Betyg", value_type=ValueType.POINTS, scale_min=low, scale_max=high)
    assert texts(html, ".example-number") == [f"{own} av {high}"]


def test_what_is_typed_is_text(desk, shown):
    html = ask(desk, shown, title="<script>ett</script>", synonyms="<b>två</b>")
    assert "<script>" not in html and "<b>två" not in html and "&lt;script&gt;" in html


# --- In the form ---------------------------------------------------------------------------------


def test_the_edit_form_and_that_of_a_new_one_have_it_with_their_script(desk, shown):
    names = Indicator.snippet_viewset.get_url_name
    edit = desk.get(reverse(names("edit"), args=[shown.pk])).content.decode()
    add = desk.get(reverse(names("add"))).content.decode()
    for html, url in (
        (edit, reverse("indicator_example", args=[shown.pk])),
        (add, reverse("indicator_example")),
    ):
        assert f'data-url="{url}"' in html and "comparisons/desk/example.js" in html
        assert len(texts(html, "[data-example] [aria-live=polite] dl")) == 1
        (panel,) = soup(html).select("[data-example]")
        fields = str(panel["data-fields"]).split()
        assert fields == ExampleForm.Meta.fields
        assert all(soup(html).select(f"form [name={name}]") for name in fields)
    assert texts(edit, "[data-example] dd")[1] == example(shown).text
    assert MADE_UP in add and MADE_UP not in edit


@pytest.mark.parametrize("role", [roles.COMMUNICATOR, roles.REVIEWER])
def test_who_may_change_indicators_may_ask(role, shown):
    browser = make.client(make.user(role))
    assert browser.post(reverse("indicator_example", args=[shown.pk]), written(shown)).status_code == 200


def test_others_may_not_and_nobody_of_what_is_not_there(client, desk, shown):
    one, new = reverse("indicator_example", args=[shown.pk]), reverse("indicator_example")
    reader = make.user()
    reader.user_permissions.set(make.permissions("access_admin", "view_indicator"))
    adder = make.user()
    adder.user_permissions.set(make.permissions("access_admin", "add_indicator"))
    ajax = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    assert make.client(reader).post(one, **ajax).status_code == 403
    assert make.client(adder).post(one, **ajax).status_code == 403
    assert make.client(adder).post(new, written(), **ajax).status_code == 200
    assert client.post(one, **ajax).status_code == 403
    assert client.post(one).status_code == 302
    assert desk.get(one).status_code == 405
    assert desk.post(reverse("indicator_example", args=[shown.pk + 999])).status_code == 404
