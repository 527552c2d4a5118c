"""The field's closed lists: the word the code uses, and the word editors and readers see.

Terms and rules: see docs/begrepp.md. Nothing here touches the database.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from comparisons.periods import PeriodBasis as Basis

#: The primary key of the empty population, "everyone", which the first migration makes.
EMPTY_POPULATION = 1


#: Of fewer municipalities than this nothing is summed up: each is listed, and none is like the median.
FEWEST_MUNICIPALITIES = 10


class AreaKind(TextChoices):
    """What sort of place an area is."""

    MUNICIPALITY = "municipality", "Kommun"
    REGION = "region", "Region"
    COUNTRY = "country", "Land"
    GROUP = "group", "Grupp av kommuner"


class Statistic(TextChoices):
    """Which number of an area a figure is. Median, mean and the country's own value are three things."""

    VALUE = "value", "Områdets eget värde"
    MEDIAN = "median", "Median"
    MEAN = "mean", "Medelvärde"
    SHARE_YES = "share_yes", "Andel som svarade ja"


class Computed(TextChoices):
    """What we compute of all municipalities' values: never a figure in the ledger, never a ``Statistic``."""

    MEDIAN = "our_median", "Median"
    MEAN = "our_mean", "Ovägt medelvärde"
    Q1 = "our_q1", "Undre kvartil"
    Q3 = "our_q3", "Övre kvartil"
    MINIMUM = "our_minimum", "Lägsta värde"
    MAXIMUM = "our_maximum", "Högsta värde"
    SHARE_YES = "our_share_yes", "Andel som svarade ja"


class Gender(TextChoices):
    """Kön. K and M can exist without T."""

    TOTAL = "T", "Alla"
    WOMEN = "K", "Kvinnor"
    MEN = "M", "Män"


class ValueType(TextChoices):
    """Värdetyp: how a figure is written and what it may be."""

    DECIMAL = "decimal", "Tal med decimaler"
    COUNT = "count", "Antal"
    PERCENT = "percent", "Procent"
    POINTS = "points", "Poäng på en skala"
    INDEX = "index", "Index"
    YES_NO = "yes_no", "Ja eller nej"
    RANK = "rank", "Placering"


class Polarity(TextChoices):
    """Riktning: whether more is better. A full choice, never guessed."""

    UNDECIDED = "undecided", "Inte bestämt än"
    HIGHER_BETTER = "higher_better", "Högre är bättre"
    LOWER_BETTER = "lower_better", "Lägre är bättre"
    NONE = "none", "Värderas inte"


class Comparative(TextChoices):
    """Vilka ord som jämför två värden: the pair of words a sentence says more and less with."""

    AUTO = "auto", "Välj åt mig"
    NUMBER = "number", "fler eller färre"
    LEVEL = "level", "högre eller lägre"
    AMOUNT = "amount", "mer eller mindre"
    LENGTH = "length", "längre eller kortare"


class PeriodBasis(TextChoices):
    """Periodens betydelse: what a year means with an indicator."""

    CALENDAR = Basis.CALENDAR.value, "Kalenderår, eller så som perioden säger"
    SCHOOL_YEAR = Basis.SCHOOL_YEAR.value, "Läsår (2018 betyder läsåret 2017/18)"
    THREE_YEAR_MEAN = (
        Basis.THREE_YEAR_MEAN.value,
        "Medel för tre år (2017 betyder 2015–2017)",
    )


class Processing(TextChoices):
    """Bearbetning: whether the figure is shown as fetched or computed by the city."""

    RAW = "raw", "Som källan publicerar den"
    OWN = "own", "Egen bearbetning"


class Status(TextChoices):
    """Status: a value, or why there is none. Zero and Nej are values."""

    NORMAL = "normal", "Värde"
    MISSING = "missing", "Saknas"
    NOT_ASKED = "not_asked", "Frågan ställdes inte"
    NOT_APPLICABLE = "not_applicable", "Inte tillämpligt"
    SUPPRESSED = "suppressed", "Sekretess"
    TOO_FEW = "too_few", "För få svar"
    WITHDRAWN = "withdrawn", "Borttaget"


@dataclass(frozen=True)
class Sign:
    """How a missing figure is shown: the sign, the words beside it, and the legend under the table."""

    sign: str
    words: str
    legend: str


#: A withdrawn figure is as if it never stood there, and so is a cell that nobody has a figure for.
SIGNS: dict[str, Sign] = {
    Status.MISSING: Sign("\u2013", "saknas", "värdet saknas"),
    Status.NOT_ASKED: Sign("\u2013", "inte tillfrågad", "frågan ställdes inte"),
    Status.NOT_APPLICABLE: Sign(".", "inte tillämpligt", "kan inte förekomma"),
    Status.SUPPRESSED: Sign("..", "sekretess", "visas inte på grund av sekretess"),
    Status.TOO_FEW: Sign("*", "för få svar", "för få svar för att visas"),
    Status.WITHDRAWN: Sign("\u2013", "saknas", "värdet saknas"),
}

#: Statistics that sum up many municipalities; a yes/no indicator answers them with the share of yes.
SUMMARY_STATISTICS = frozenset({Statistic.MEDIAN, Statistic.MEAN, Statistic.SHARE_YES})


#: What says the same whether a source published it or we computed it.
MEDIANS = frozenset({Statistic.MEDIAN, Computed.MEDIAN})
MEANS = frozenset({Statistic.MEAN, Computed.MEAN})
SHARES = frozenset({Statistic.SHARE_YES, Computed.SHARE_YES})
COMPUTED = frozenset(Computed)

#: What an editor may choose for a column. The share of yes comes by itself, where a row is yes or no.
COLUMN_STATISTICS = [
    *Statistic.choices,
    ("Vår beräkning av alla kommuner", [choice for choice in Computed.choices if choice[0] not in SHARES]),
]


def statistic_name(statistic: str) -> str:
    """What a statistic is called, published or computed: ``Median``."""
    return str((Computed if statistic in COMPUTED else Statistic)(statistic).label)


def statistic_for(value_type: str, statistic: str) -> str:
    """The statistic to look up for an indicator of ``value_type`` in a column of ``statistic``.

    A yes/no row in a "Median riket" column shows the share that answered yes; so it does where we compute
    a median or a mean. It has no quartiles or ends.
    """
    if value_type == ValueType.YES_NO and statistic in {Computed.MEDIAN, Computed.MEAN}:
        return Computed.SHARE_YES
    if value_type == ValueType.YES_NO and statistic in SUMMARY_STATISTICS:
        return Statistic.SHARE_YES
    return statistic
