"""How an indicator's words will read: an example in its edit form that follows as the editor types.

The sentences are made by the code that makes the readers', of the newest published figures; of
made-up ones, and marked so, while there are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin.panels import Panel

from comparisons import figures
from comparisons.history import Newest, history
from comparisons.models import Indicator
from comparisons.periods import Period
from comparisons.records import AreaTerms, Figure, IndicatorTerms
from comparisons.sentences import sentence_fault
from comparisons.terms import EMPTY_POPULATION, AreaKind, Comparative, Gender, Statistic, ValueType

#: The country of an example; the database's own areas have primary keys from 1.
_COUNTRY = AreaTerms(0, "Riket", in_label="riket", kind=AreaKind.COUNTRY)
#: Value types in whose headline the noun stands when the editor has chosen the words that compare.
_COUNTED = (ValueType.DECIMAL, ValueType.COUNT, ValueType.INDEX)


class ExampleForm(forms.ModelForm):
    """What is written in the edit form and makes a difference to the sentences, right or wrong.

    Reading it cleans the indicator as saving does. ``method`` is there for the indicator's own
    check of it, which would else have no field to speak of.
    """

    class Meta:
        model = Indicator
        fields: ClassVar = [
            *("title", "short_title", "synonyms", "sentence", "noun", "comparative"),
            *("value_type", "unit", "scale_min", "scale_max", "polarity", "period_basis"),
            *("processing", "method"),
        ]


@dataclass(frozen=True)
class Example:
    """An indicator's newest figure as its page and a large figure say it.

    ``made_up`` when nothing is published, ``typed`` when the editor has chosen a value type; ``fault``
    says why her own sentence cannot be used, and stands where the sentences would.
    """

    terms: IndicatorTerms
    newest: Newest
    made_up: bool
    typed: bool
    fault: str
    other_words: Sequence[str]

    @property
    def heading(self) -> str:
        """What stands over a large figure."""
        return self.terms.short_title or self.terms.title

    @property
    def text(self) -> str:
        """The sentences."""
        return self.newest.told.text if self.newest.told else ""

    @property
    def headline(self) -> str:
        """The finding under a large figure; nothing without something to compare with."""
        return self.newest.told.headline if self.newest.told else ""

    @property
    def noun_left_out(self) -> str:
        """That the noun is written in vain, and what to do; else nothing."""
        noun = self.terms.noun.lower()
        if not noun or not self.headline or noun in self.headline.lower():
            return ""
        if self.terms.value_type in _COUNTED and self.terms.comparative == Comparative.AUTO:
            return "Det korta ordet kommer inte med. Välj vilka ord som jämför."
        return "Det korta ordet kommer inte med i den här rubriken."


def example(indicator: Indicator) -> Example:
    """The example of an indicator as it stands in memory; its name and value type may still be empty."""
    terms = indicator.terms()
    terms = replace(
        terms,
        title=terms.title or "Nyckeltalets namn",
        value_type=terms.value_type or ValueType.DECIMAL,
    )
    newest = None if indicator.pk is None else _published(terms)
    return Example(
        terms=terms,
        newest=newest or _made_up(terms),
        made_up=newest is None,
        typed=bool(indicator.value_type),
        fault=sentence_fault(indicator.sentence, indicator.value_type),
        other_words=indicator.other_words,
    )


def _published(terms: IndicatorTerms) -> Newest | None:
    """The newest published figure of the own municipality that has a value, as readers meet it."""
    live = figures.live()
    own, found = live.own_area(), live.of_indicator(terms.id)
    valued = [figure.period for figure in found if own and figure.area == own.id and figure.value is not None]
    if not valued:
        return None
    newest = max(valued)
    shown = [figure for figure in found if figure.period <= newest]
    return history(terms, shown, *figures.named(shown)).newest


def _made_up(terms: IndicatorTerms) -> Newest:
    """Figures of last year that nobody has published."""
    own = figures.live().own_area() or AreaTerms(-1, "Kommunen", is_own=True)
    year = Period.of(timezone.localdate().year - 1)
    now, other, before = (Decimal(value) for value in _values(terms))
    is_answer, is_rank = terms.value_type == ValueType.YES_NO, terms.value_type == ValueType.RANK

    def figure(of: AreaTerms, period: Period, value: Decimal, statistic: str) -> Figure:
        decimals = max(0, -int(value.as_tuple().exponent))
        return Figure(
            terms.id,
            of.id,
            statistic,
            period,
            EMPTY_POPULATION,
            Gender.TOTAL,
            value,
            decimals,
            n=290 if is_rank else None,
        )

    found = [
        figure(own, year, now, Statistic.VALUE),
        figure(own, Period.of(year.year - 1), before, Statistic.VALUE),
        figure(_COUNTRY, year, other, Statistic.SHARE_YES if is_answer else Statistic.MEDIAN),
    ]
    newest = history(terms, found, {own.id: own, _COUNTRY.id: _COUNTRY}, {EMPTY_POPULATION: ""}).newest
    assert newest is not None
    return newest


def _values(terms: IndicatorTerms) -> Sequence[str | Decimal]:
    """The own value, what it is held against, and the one of the year before."""
    low, high = terms.scale_min, terms.scale_max
    if terms.value_type in (ValueType.POINTS, ValueType.INDEX):
        if low is None or high is None:
            return "73", "68", "70"
        step = Decimal(1) if high - low >= 5 else Decimal("0.1")
        return [(low + (high - low) * Decimal(part)).quantize(step) for part in ("0.7", "0.5", "0.6")]
    values = {
        ValueType.COUNT: ("104", "82", "97"),
        ValueType.PERCENT: ("82.6", "79.1", "80.2"),
        ValueType.YES_NO: ("1", "79", "0"),
        ValueType.RANK: ("84", "145", "92"),
    }
    return values.get(ValueType(terms.value_type), ("10.4", "8.2", "9.7"))


class ExamplePanel(Panel):
    """The example in the edit form, under the fields whose words it shows."""

    class BoundPanel(Panel.BoundPanel):
        """Bound to one indicator, or to a new one."""

        template_name = "comparisons/desk/example_panel.html"

        class Media:
            css: ClassVar = {"all": ["comparisons/desk/desk.css"]}
            js: ClassVar = ["comparisons/desk/example.js"]

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Adds the example as it stands, where to ask for another, and which fields it depends on."""
            return {
                **super().get_context_data(parent_context),
                "example": example(self.instance),
                "url": reverse("indicator_example", args=[self.instance.pk] if self.instance.pk else []),
                "fields": " ".join(ExampleForm.Meta.fields),
            }


class ExampleView(View):
    """The example of what stands in the edit form. Saves nothing."""

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The example as a piece of HTML, of a new indicator when there is no ``pk``.

        403 for who may not change (or make) indicators, 404 for one that is not there.
        """
        permission = "comparisons.add_indicator" if pk is None else "comparisons.change_indicator"
        if not request.user.has_perm(permission):
            raise PermissionDenied
        stored = Indicator() if pk is None else get_object_or_404(Indicator, pk=pk)
        form = ExampleForm(request.POST, instance=stored)
        form.is_valid()  # puts what can be read into the indicator; the rest stays as it was
        return render(request, "comparisons/desk/example.html", {"example": example(form.instance)})
