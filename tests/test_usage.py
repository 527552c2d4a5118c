"""Where things are used: what is used stays, and pages are told when their figures change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model, ProtectedError

from comparisons import usage
from comparisons.models import Area, Indicator, Population, Source, StagedFigure
from comparisons.terms import EMPTY_POPULATION
from tests import factories

pytestmark = pytest.mark.django_db

MODELS: dict[str, type[Model]] = {
    "nyckeltal": Indicator,
    "område": Area,
    "urval": Population,
    "källa": Source,
}


class Things:
    """One of each kind, and a figure of them that is not saved."""

    def __init__(self) -> None:
        self.source = factories.source("MSB")
        self.indicator = factories.indicator("Räddningstid", source=factories.source("Brå"))
        self.area = factories.area("Ale")
        self.population = factories.population("kommunala skolor")

    def figure(self) -> StagedFigure:
        return factories.staged_figure(
            self.indicator, of_area=self.area, urval=self.population, source_id=self.source.pk
        )

    def of(self, kind: str) -> Any:
        """The thing of the kind, as it is in the database now."""
        mine = {
            "nyckeltal": self.indicator,
            "område": self.area,
            "urval": self.population,
            "källa": self.source,
        }
        return MODELS[kind]._base_manager.get(pk=mine[kind].pk)


WAYS: dict[str, Callable[[Any], Any]] = {
    "by itself": lambda thing: thing.delete(),
    "by a query": lambda thing: type(thing).objects.filter(pk=thing.pk).delete(),
    "with all others": lambda thing: type(thing).objects.all().delete(),
    "by Wagtail's default manager": lambda thing: type(thing)._default_manager.all().delete(),
}

Used = Callable[[Things], Any]
USES: dict[str, tuple[Used, str, list[str]]] = {
    "published": (
        lambda things: factories.publish(things.figure()),
        "1 publicerad siffra",
        list(MODELS),
    ),
    "withdrawn": (
        lambda things: [
            factories.publish(things.figure()),
            factories.publish(
                factories.staged_figure(
                    things.indicator,
                    of_area=things.area,
                    urval=things.population,
                    status="withdrawn",
                    source_id=things.source.pk,
                )
            ),
        ],
        "2 publicerade siffror",
        list(MODELS),
    ),
    "staged": (
        lambda things: factories.release(things.figure()),
        "1 siffra i en publicering som inte är klar",
        list(MODELS),
    ),
    "a table of a page": (
        lambda things: factories.theme_page(
            "Trygghet",
            tables=[
                factories.table(
                    things.indicator,
                    columns=[factories.column(things.area, "2017", population=things.population.pk)],
                )
            ],
        ),
        "”Trygghet”",
        ["nyckeltal", "område", "urval"],
    ),
    "a large figure of a page": (
        lambda things: factories.theme_page("Trygghet", key_figures=[things.indicator]),
        "”Trygghet”",
        ["nyckeltal"],
    ),
    "an indicator's source": (
        lambda things: factories.indicator("Stöld", source=things.source),
        "nyckeltal ”Stöld”",
        ["källa"],
    ),
}
CASES = [(use, kind) for use, (_, _, kinds) in USES.items() for kind in kinds]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("use, kind", CASES)
def test_what_is_used_cannot_be_deleted(use: str, kind: str, way: str) -> None:
    things = Things()
    make_used, words, _ = USES[use]
    make_used(things)
    thing = things.of(kind)
    before = MODELS[kind]._base_manager.count()
    with pytest.raises(ProtectedError) as refused:
        WAYS[way](thing)
    sentence = str(refused.value.args[0])
    assert sentence.count(f"{thing}” kan inte tas bort, för det används: ") == 1
    assert words in sentence
    assert thing in refused.value.protected_objects
    assert MODELS[kind]._base_manager.count() == before


@pytest.mark.parametrize("way", ["by itself", "by a query"])
@pytest.mark.parametrize("kind", MODELS)
def test_what_is_not_used_goes(kind: str, way: str) -> None:
    thing = Things().of(kind)
    WAYS[way](thing)
    assert not MODELS[kind]._base_manager.filter(pk=thing.pk).exists()


def test_a_source_that_only_a_draft_has_chosen_is_kept() -> None:
    shown, other = factories.indicator("Stöld"), factories.source("MSB")
    shown.source = other
    shown.save_revision()
    with pytest.raises(ProtectedError, match="Stöld"):
        other.delete()


def test_the_empty_population_is_always_used() -> None:
    with pytest.raises(ProtectedError, match="alla siffror utan särskilt urval"):
        Population.objects.get(pk=EMPTY_POPULATION).delete()


def test_what_is_used_by_nothing_any_more_goes() -> None:
    things = Things()
    page = factories.theme_page(tables=[factories.table(things.indicator)])
    draft = factories.release(things.figure())
    page.delete()
    draft.delete()
    for kind in MODELS:
        things.of(kind).delete()


def test_the_refusal_names_five_places_and_counts_the_rest() -> None:
    shown = factories.indicator("Räddningstid")
    for number in range(7):
        factories.theme_page(f"Tema {number}", tables=[factories.table(shown, shown)])
    factories.publish(*(factories.staged_figure(shown, "1", str(year)) for year in (2016, 2017)))
    sentence = usage.refusal(shown)
    assert sentence.startswith(
        "Nyckeltal ”Räddningstid” kan inte tas bort, för det används: 2 publicerade siffror; "
    )
    assert sentence.count("”Tema ") == 5
    assert sentence.endswith("; 2 ställen till.")


# --- Telling pages ---------------------------------------------------------------------------


def test_publishing_moves_the_time_of_exactly_the_pages_that_show_the_indicator() -> None:
    shown, other = factories.indicator("Räddningstid"), factories.indicator("Stöld")
    in_table = factories.theme_page("I tabell", tables=[factories.table(other, shown)])
    in_large = factories.theme_page("Stor siffra", key_figures=[shown])
    elsewhere = factories.theme_page("Annat", tables=[factories.table(other)])
    without = factories.theme_page("Utan")
    first = factories.publish(factories.staged_figure(other)).published_at
    second = factories.publish(factories.staged_figure(shown)).published_at
    for changed, at in [
        (in_table, second),
        (in_large, second),
        (elsewhere, first),
        (without, None),
        (shown, second),
        (other, first),
    ]:
        changed.refresh_from_db()
        assert changed.data_changed_at == at, changed


def test_a_release_that_is_not_published_moves_no_time() -> None:
    shown = factories.indicator()
    page = factories.theme_page(tables=[factories.table(shown)])
    factories.approve(factories.release(factories.staged_figure(shown)))
    for changed in (shown, page):
        changed.refresh_from_db()
        assert changed.data_changed_at is None


def test_telling_many_pages_takes_as_many_queries_as_telling_one(
    django_assert_num_queries: Any,
) -> None:
    shown = factories.indicator()
    at = factories.publish(factories.staged_figure(shown)).published_at
    assert at is not None
    rows = Indicator.objects.filter(pk=shown.pk).values("pk")
    for number in range(8):
        factories.theme_page(f"Tema {number}", tables=[factories.table(shown)])
        if number in (0, 7):
            with django_assert_num_queries(3):  # indicators, theme pages, content pages
                usage.touch_what_shows(rows, at)
    assert usage.pages_showing(rows).count() == 8
