"""Block values that show figures: they ask for them together, and bear incomplete drafts.

A page prepares all its blocks together (``prepare``), so that it costs the same few queries however
many tables it has. A block that stands alone, as in the block picker, prepares itself.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wagtail.blocks import StructValue

from comparisons.cells import FigureIndex
from comparisons.periods import Period
from comparisons.records import AreaTerms, Column, OwnPeriods, Wanted
from comparisons.tables import Table, TableRow
from comparisons.terms import EMPTY_POPULATION

if TYPE_CHECKING:
    from comparisons.figures import Figures


class AddressedValue(StructValue):
    """A block value with an address on its page, which the page sets."""

    anchor: str = ""


class PreparedValue(AddressedValue):
    """A block value that asks for figures and is given them. Drafts may be incomplete; it bears that."""

    _index: FigureIndex | None = None
    _columns: tuple[tuple[Column, ...], ...] | None = None

    @property
    def follows_own(self) -> bool:
        """Whether its columns depend on which periods the own municipality has."""
        raise NotImplementedError

    def questions(self, own: AreaTerms) -> Sequence[OwnPeriods]:
        """Questions for own periods, to be answered before the columns are known."""
        raise NotImplementedError

    def resolve(self, own: AreaTerms | None, periods: Sequence[Sequence[Period]]) -> None:
        """Settle the columns, from the answers to ``questions`` in their order."""
        raise NotImplementedError

    @property
    def wanted(self) -> Sequence[Wanted]:
        """The figures it can show, once its columns are settled."""
        raise NotImplementedError

    def told_rows(self) -> Sequence[tuple[Column, TableRow]]:
        """Every row it shows that is about the own municipality, with its column. Wants the figures."""
        raise NotImplementedError

    def give(self, index: FigureIndex) -> None:
        """Hand over the figures; what was made of earlier ones is forgotten."""
        self._index = index
        for made in ("table", "_tables", "key_figures"):
            self.__dict__.pop(made, None)

    def figure_index(self) -> FigureIndex:
        """The figures it was given, or the live ones where nobody gave any."""
        if self._index is None:
            from comparisons import figures

            prepare([self], figures.live())
        assert self._index is not None
        return self._index


def prepare(values: Iterable[PreparedValue], source: "Figures", own: AreaTerms | None = None) -> None:
    """Give the blocks their figures from ``source``: two queries, and one for ``own`` if not given."""
    values = list(values)
    if own is None and any(value.follows_own for value in values):
        own = source.own_area()
    asked = [(value, value.questions(own) if own else []) for value in values]
    answers = iter(source.own_periods([question for _, asking in asked for question in asking]))
    for value, asking in asked:
        value.resolve(own, [next(answers) for _ in asking])
    index = FigureIndex(source.cells([wanted for value in values for wanted in value.wanted]))
    for value in values:
        value.give(index)


def population_id(population: Any) -> int:
    """The primary key of a chosen population; of the empty one where none is chosen."""
    return int(population.pk) if population is not None else EMPTY_POPULATION


def own_rows(table: Table | None) -> Sequence[tuple[Column, TableRow]]:
    """The rows of a table with the column of the own municipality that they tell of, if there is one."""
    if table is None or table.now is None:
        return []
    return [(table.columns[table.now], row) for row in table.rows]
