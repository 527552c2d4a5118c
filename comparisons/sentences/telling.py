"""From a row's figures to its sentences: the value, how it stands to others and to before."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from comparisons.differences import Difference, difference
from comparisons.periods import Period
from comparisons.records import Column, Figure, IndicatorTerms
from comparisons.sentences.changes import (
    comparative,
    is_noticeable,
    more_or_less,
    the_same,
)
from comparisons.sentences.values import (
    comparison_noun,
    comparison_place,
    earlier_words,
    limit_words,
    opening,
    period_words,
    place_words,
    share_words,
    value_words,
)
from comparisons.standings import comparison_name, standing
from comparisons.svenska import capitalise, format_number
from comparisons.terms import MEANS, SHARES, Comparative, Polarity, Status, ValueType


@dataclass(frozen=True)
class Against:
    """What a value is held against: a column, and its figure if there is one."""

    column: Column
    figure: Figure | None


#: How a limit is joined to the value: "8 poäng, som är högsta poäng", "100, det högsta möjliga".
_LIMIT_IS = {"högsta poäng": "som är", "lägsta poäng": "som är"}


@dataclass(frozen=True)
class Told:
    """``text``: one to four sentences. ``headline``: the finding, without a full stop, or nothing.

    ``names_indicator``: whether the text can stand alone; if not, put the indicator's name before it.
    """

    text: str
    headline: str
    names_indicator: bool

    def standing_alone(self, title: str) -> str:
        """The text for where nothing else says what it is about: a share, a search result."""
        return self.text if self.names_indicator else f"{title}: {self.text}"


def tell(
    indicator: IndicatorTerms,
    column: Column,
    own: Figure | None,
    against: Against | None = None,
    earlier: Figure | None = None,
    *,
    judge: bool = True,
) -> Told:
    """Tell what ``own`` says: the value of ``column``, beside ``against`` and ``earlier``.

    ``earlier`` is an older value of the same series. Without ``judge`` nothing is said of better
    and worse. A figure without a value counts as missing; nothing is ever guessed.
    """
    if own is None or own.value is None:
        return _missing(indicator, column, own, against, earlier)
    if indicator.value_type == ValueType.YES_NO:
        return _answered(indicator, column, own, against, earlier)
    first, named = opening(indicator, column, own)
    limit = limit_words(indicator, own)
    sentences = [f"{first}, {_LIMIT_IS.get(limit, 'det')} {limit}" if limit else first]
    versus = _versus(indicator, own, against)
    change = _change(indicator, own, earlier)
    if earlier is not None and change is None:  # a rank among others than now
        sentences.append(_earlier_rank(indicator, own, earlier))
    if versus and versus.alone:
        sentences += [versus.words, *([f"Det är {change.words}"] if change else [])]
    elif clauses := [clause for clause in (versus, change) if clause]:
        sentences.append(f"Det är {_joined(clauses)}")
    if judge and change and (verdict := _verdict(indicator, own, against, change)):
        sentences.append(verdict)
    if against and not versus:
        sentences.append(_incomparable(indicator, against))
    sentences.append(_preliminary(own, against if versus else None))
    headline = _headline(indicator, own, against, versus, change)
    return Told(_text(sentences), headline, named)


def earlier_figure(period: Period, series: Iterable[Figure | None]) -> Figure | None:
    """The newest value in ``series`` before ``period``, of a period of the same length."""
    older = [
        figure
        for figure in series
        if figure is not None
        and figure.value is not None
        and figure.period < period
        and figure.period.length is period.length
    ]
    return max(older, key=lambda figure: figure.period, default=None)


@dataclass(frozen=True)
class _Clause:
    """What stands after ``Det är``, and its direction.

    ``alone`` when it is a sentence of its own, ``ends_in_clause`` when a comma must follow it.
    """

    words: str
    direction: int
    alone: bool = False
    ends_in_clause: bool = False


def _versus(indicator: IndicatorTerms, own: Figure, against: Against | None) -> _Clause | None:
    """How the value stands to the comparison; None where the two cannot be held together."""
    if not against or not _comparable(indicator, own, against.figure):
        return None
    other = against.figure
    assert other is not None
    found = difference(own, other)
    place = comparison_place(against.column)
    limit = limit_words(indicator, other)
    if not found.direction:
        if limit and found.exact and other.statistic not in MEANS:
            return _Clause(f"Det har {comparison_noun(against.column)} också", 0, alone=True)
        about = "" if found.exact else "ungefär "
        return _Clause(f"{about}{the_same(indicator)} som {place}{_in_brackets(indicator, own, other)}", 0)
    has_limit = f", som har {limit}" if limit else ""
    words = f"{more_or_less(indicator, found)} än {place}{has_limit} ({value_words(indicator, other)})"
    return _Clause(words, found.direction, ends_in_clause=bool(limit))


def _comparable(indicator: IndicatorTerms, own: Figure, other: Figure | None) -> bool:
    return (
        other is not None
        and other.value is not None
        and other.period == own.period
        and other.statistic not in SHARES
        and indicator.value_type != ValueType.RANK
    )


def _change(indicator: IndicatorTerms, own: Figure, earlier: Figure | None) -> _Clause | None:
    """How the value stands to the earlier one; direction 0 when the change is too small to speak of."""
    if earlier is None or earlier.value is None:
        return None
    if indicator.value_type == ValueType.RANK and (own.n is None or own.n != earlier.n):
        return None
    found = difference(own, earlier)
    when = earlier_words(indicator, own.period, earlier.period)
    brackets = _in_brackets(indicator, own, earlier)
    if is_noticeable(indicator, found):
        return _Clause(f"{more_or_less(indicator, found)} än {when}{brackets}", found.direction)
    return _Clause(f"{'samma' if found.exact else 'ungefär'} som {when}{brackets}", 0)


def _earlier_rank(indicator: IndicatorTerms, own: Figure, earlier: Figure) -> str:
    """The earlier place, where it is not known to be one of as many."""
    when = earlier_words(indicator, own.period, earlier.period)
    out_of = f" av {format_number(Decimal(earlier.n), 0)}" if earlier.n else ""
    return f"{capitalise(when)} var det plats {value_words(indicator, earlier)}{out_of}"


def _preliminary(own: Figure, against: Against | None) -> str:
    """Which of the values may still change, or nothing."""
    other = against is not None and against.figure is not None and against.figure.preliminary
    if own.preliminary and other:
        return "Siffrorna är preliminära och kan ändras"
    if own.preliminary:
        return "Siffran är preliminär och kan ändras"
    if other and against:
        return f"Siffran för {comparison_noun(against.column)} är preliminär och kan ändras"
    return ""


def _in_brackets(indicator: IndicatorTerms, own: Figure, other: Figure) -> str:
    """The other value, unless it is written just as the own one."""
    words = value_words(indicator, other)
    return "" if words == value_words(indicator, own) else f" ({words})"


def _joined(clauses: list[_Clause]) -> str:
    """``fler än … och ungefär som …``; ``men`` where the second says otherwise than the first."""
    if len(clauses) == 1:
        return clauses[0].words
    first, second = clauses
    word = "men" if second.direction and second.direction != first.direction else "och"
    return f"{first.words}{',' if first.ends_in_clause else ''} {word} {second.words}"


def _verdict(indicator: IndicatorTerms, own: Figure, against: Against | None, change: _Clause) -> str:
    """``Resultatet är sämre än medianen men förbättras``; nothing without a direction or a change."""
    if not change.direction or indicator.polarity in (Polarity.NONE, Polarity.UNDECIDED):
        return ""
    improves = (change.direction > 0) == (indicator.polarity == Polarity.HIGHER_BETTER)
    kind = "open"
    if against and against.figure:
        kind = standing(indicator, own, against.figure, against.column.area).kind
    if kind not in ("better", "worse") or not against or not against.figure:
        return f"Det är en {'förbättring' if improves else 'försämring'}"
    word = "och" if (kind == "better") == improves else "men"
    name = comparison_name(against.figure, against.column.area)
    return (
        f"Resultatet är {'bättre' if kind == 'better' else 'sämre'} än {name} "
        f"{word} {'förbättras' if improves else 'försämras'}"
    )


def _incomparable(indicator: IndicatorTerms, against: Against) -> str:
    """Why nothing is said of the comparison."""
    other, noun = against.figure, comparison_noun(against.column)
    if indicator.value_type == ValueType.RANK:
        return ""
    is_mean = against.column.statistic in MEANS
    if other is None or other.value is None:
        what = noun.replace("medelvärdet", "medelvärde", 1) if is_mean else f"värde för {noun}"
        return f"Det finns inget {what} att jämföra med"
    what = noun if is_mean else f"värdet för {noun}"
    return f"{capitalise(what)} gäller {other.period.label} ({value_words(indicator, other)})"


def _answered(
    indicator: IndicatorTerms, column: Column, own: Figure, against: Against | None, earlier: Figure | None
) -> Told:
    """Ja and nej, beside what others answered and what was answered before."""
    first, named = opening(indicator, column, own)
    sentences = [first]
    headline = ""
    if against and (other := against.figure) is not None and other.value is not None:
        if other.statistic in SHARES and other.period != own.period:
            share = share_words(against.column, other)
            sentences.append(f"{capitalise(other.period.label)} svarade {share} ja")
        elif other.statistic in SHARES:
            share = share_words(against.column, other)
            sentences.append(f"Det gjorde {share}" if own.value else f"{share} svarade ja")
            headline = f"Ja, som {share}" if own.value else f"Nej, medan {share} svarade ja"
        elif other.period == own.period:
            also = "också " if other.value == own.value else ""
            sentences.append(f"{against.column.area.name} svarade {also}{'ja' if other.value else 'nej'}")
    if earlier is not None and earlier.value is not None:
        when = earlier_words(indicator, own.period, earlier.period)
        also = "också " if earlier.value == own.value else ""
        sentences.append(f"{capitalise(when)} var svaret {also}{'ja' if earlier.value else 'nej'}")
    if own.preliminary:
        sentences.append("Svaret är preliminärt och kan ändras")
    return Told(_text(sentences), headline, named)


def _missing(
    indicator: IndicatorTerms,
    column: Column,
    own: Figure | None,
    against: Against | None,
    earlier: Figure | None,
) -> Told:
    """Why there is no value, and what there is instead."""
    place = place_words(column)
    when = period_words(indicator, own.period if own else column.period)
    reasons: dict[str, str] = {
        Status.NOT_ASKED: f"{place} fick inte frågan {when}",
        Status.NOT_APPLICABLE: f"Värdet kan inte förekomma för {place} {when}",
        Status.SUPPRESSED: f"Värdet för {place} {when} visas inte på grund av sekretess",
        Status.TOO_FEW: f"För få svarade i {place} {when} för att värdet ska visas",
    }
    status = own.status if own else Status.MISSING
    sentences = [reasons.get(status, f"Värdet för {place} {when} saknas")]
    other = against.figure if against else None
    if against and other is not None and other.value is not None and other.period == column.period:
        words = value_words(indicator, other)
        if other.statistic in SHARES:
            sentences.append(f"{share_words(against.column, other)} svarade ja")
        elif indicator.value_type == ValueType.YES_NO:
            sentences.append(f"{against.column.area.name} svarade {'ja' if other.value else 'nej'}")
        elif indicator.value_type != ValueType.RANK:
            where = comparison_place(against.column)
            said = "var" if other.statistic in MEANS else "var det"
            sentences.append(f"{capitalise(where)} {said} {words}")
    if earlier is not None and earlier.value is not None:
        before = capitalise(earlier_words(indicator, column.period, earlier.period))
        if indicator.value_type == ValueType.YES_NO:
            sentences.append(f"{before} var svaret {'ja' if earlier.value else 'nej'}")
        elif indicator.value_type == ValueType.RANK:
            sentences.append(f"{before} var det plats {value_words(indicator, earlier)}")
        else:
            sentences.append(f"{before} var det {value_words(indicator, earlier)}")
    return Told(_text(sentences), "", names_indicator=False)


def _headline(
    indicator: IndicatorTerms,
    own: Figure,
    against: Against | None,
    versus: _Clause | None,
    change: _Clause | None,
) -> str:
    """The finding: ``Färre bränder än i mediankommunen``; without a comparison, the change."""
    if versus and against and against.figure:
        found = difference(own, against.figure)
        if versus.alone:
            return capitalise(f"{limit_words(indicator, own)}, som {comparison_place(against.column)}")
        return capitalise(_finding(indicator, found, comparison_place(against.column)))
    if change is None:
        return ""
    return capitalise(change.words.split(" (")[0])


def _finding(indicator: IndicatorTerms, found: Difference, place: str) -> str:
    """More or less, of what, than whom. The noun stands only where no gender has to agree with it."""
    percent = indicator.value_type == ValueType.PERCENT
    # Nobody said whether it is more of them or a higher level of it: "högre våldsbrott" is no Swedish.
    unsaid = indicator.comparative == Comparative.AUTO and comparative(indicator) == Comparative.LEVEL
    fits = percent or not (unsaid or indicator.value_type == ValueType.POINTS)
    noun = f" {indicator.noun}" if indicator.noun and fits else ""
    if not found.direction:
        agrees = percent or comparative(indicator) in (Comparative.NUMBER, Comparative.AMOUNT)
        about = "" if found.exact else "ungefär "
        return f"{about}{the_same(indicator)}{noun if agrees else ''} som {place}"
    if percent and noun:
        return f"{'högre' if found.direction > 0 else 'lägre'} andel{noun} än {place}"
    return f"{more_or_less(indicator, found)}{noun} än {place}"


def _text(sentences: list[str]) -> str:
    return " ".join(f"{capitalise(sentence)}." for sentence in sentences if sentence)
