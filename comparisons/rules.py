"""What a figure may not be, where it takes more than its own row to tell.

What one row can tell is a CHECK in the database (``models/observations.py``). These rules need the
indicator beside the figure; one query finds every staged figure that breaks one, whether a form has
staged one figure or a file a million.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Round

from comparisons.models.indicators import Indicator
from comparisons.models.observations import StagedFigure
from comparisons.records import bare
from comparisons.svenska import format_number, format_range
from comparisons.terms import Statistic, ValueType

#: How many broken figures are told of at once; a million of the same help nobody.
MOST_TOLD = 50


@dataclass(frozen=True)
class Rule:
    """A condition that is true of a broken figure, and the sentence."""

    code: str
    broken: Q
    sentence: Callable[[StagedFigure], str]


@dataclass(frozen=True)
class Problem:
    """A broken rule of one figure: which, its name in words, and what to do."""

    figure: StagedFigure
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class BrokenRules(Exception):
    """Figures that may not be. ``problems`` says which and why; nothing was saved."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def _outside_scale(figure: StagedFigure) -> str:
    indicator = figure.indicator
    assert indicator.scale_min is not None and indicator.scale_max is not None
    scale = format_range(bare(indicator.scale_min), bare(indicator.scale_max))
    return f"{_written(figure)} ligger utanför skalan. Skriv ett värde på skalan {scale}."


def _written(figure: StagedFigure) -> str:
    """The value with every decimal it has, also those that it would not be published with."""
    assert figure.value is not None
    exponent = figure.value.normalize().as_tuple().exponent
    return format_number(figure.value, max(figure.decimals or 0, -int(exponent)))


_YES_NO = Q(indicator__value_type=ValueType.YES_NO)
#: A figure that an area has itself.
OWN_VALUE = Q(statistic=Statistic.VALUE, value__isnull=False)

RULES = (
    Rule(
        "outside_scale",
        Q(value__lt=F("indicator__scale_min")) | Q(value__gt=F("indicator__scale_max")),
        _outside_scale,
    ),
    Rule(
        "neither_yes_nor_no",
        _YES_NO & OWN_VALUE & ~Q(value__in=(0, 1)),
        lambda figure: f"{_written(figure)} är varken ja eller nej. Skriv Ja eller Nej.",
    ),
    Rule(
        "no_median_of_yes",
        _YES_NO & Q(statistic__in=(Statistic.MEDIAN, Statistic.MEAN)),
        lambda figure: (
            "Ett nyckeltal med ja och nej har ingen median och inget medelvärde. Välj Andel som svarade ja."
        ),
    ),
    Rule(
        "share_of_what",
        ~_YES_NO & Q(statistic=Statistic.SHARE_YES),
        lambda figure: (
            "Andel som svarade ja finns bara för nyckeltal med ja och nej. Välj en annan statistik."
        ),
    ),
    Rule(
        "not_whole",
        Q(indicator__value_type__in=(ValueType.COUNT, ValueType.RANK))
        & OWN_VALUE
        & (Q(decimals__gt=0) | ~Q(value=Round("value"))),
        lambda figure: f"{_written(figure)} har decimaler. Skriv ett helt tal.",
    ),
    Rule(
        "negative_count",
        Q(indicator__value_type=ValueType.COUNT, value__lt=0),
        lambda figure: "Ett antal kan inte vara mindre än noll.",
    ),
    Rule(
        "no_such_place",
        Q(indicator__value_type=ValueType.RANK) & (Q(value__lt=1) | Q(n__lt=F("value"))),
        lambda figure: "En placering går från 1 till antalet som jämförs. Kontrollera båda talen.",
    ),
)
_BY_CODE = {rule.code: rule for rule in RULES}
#: The indicators that any rule is about; of the others, no figure but a share of yes can break one.
RULED = Indicator.objects.filter(
    Q(value_type__in=(ValueType.YES_NO, ValueType.COUNT, ValueType.RANK))
    | Q(scale_min__isnull=False)
    | Q(scale_max__isnull=False)
)


def broken(staged: QuerySet[StagedFigure], most: int = MOST_TOLD) -> list[Problem]:
    """The figures among ``staged`` that break a rule, at most ``most``; one query."""
    found = (
        staged.filter(Q(statistic=Statistic.SHARE_YES) | Q(indicator__in=RULED.values("pk")))
        .annotate(
            breaks=Case(
                *(When(rule.broken, then=Value(rule.code)) for rule in RULES),
                default=None,
                output_field=CharField(),
            )
        )
        .filter(breaks__isnull=False)
        .select_related("indicator", "area", "population")
        .order_by("pk")[:most]
    )
    return [
        Problem(
            figure=figure,
            where=figure.in_words,
            sentence=_BY_CODE[figure.breaks].sentence(figure),
        )
        for figure in found
    ]
