"""The ordinary form for one figure."""

from typing import TYPE_CHECKING, Any

from django import forms

from comparisons import ledger, releases, rules
from comparisons.changes import value_in_words
from comparisons.models import (
    Area,
    Indicator,
    Observation,
    Population,
    Release,
    Source,
    StagedFigure,
)
from comparisons.periods import Period
from comparisons.svenska import NARROW_NBSP, NBSP, WrittenNumber, capitalise, format_number, parse_number
from comparisons.terms import EMPTY_POPULATION, Gender, PeriodBasis, Statistic, Status, ValueType

if TYPE_CHECKING:
    from boras_site.accounts.models import User

YES_NO = {"ja": 1, "nej": 0}
#: More than anybody counts; the databases hold less than twenty times this.
MOST_BEHIND = 100_000_000

#: Choices an editor has; withdrawing is a step of its own.
STATUSES = [(value, label) for value, label in Status.choices if value != Status.WITHDRAWN]


class FigureForm(forms.Form):
    """Add a figure of an indicator, or change a published one. Saving makes a release of it.

    Wrong input gets a sentence at its field, also for rules that only the ledger knows.
    """

    area = forms.ModelChoiceField(
        Area.objects.all(),
        label="Område",
        empty_label="Välj område",
        error_messages={"required": "Välj ett område."},
    )
    statistic = forms.ChoiceField(
        choices=[("", "Välj statistik"), *Statistic.choices],
        label="Statistik",
        help_text="Median, medelvärde och områdets eget värde är tre olika tal.",
    )
    period = forms.CharField(
        label="Period",
        help_text="Ett år (2017), tertial (2019-T1), kvartal (2019-K1), månad (2019-03), läsår (2017/18).",
        error_messages={"required": "Skriv en period, till exempel 2017."},
    )
    population = forms.ModelChoiceField(
        Population.objects.exclude(pk=EMPTY_POPULATION),
        label="Urval",
        required=False,
        empty_label="Alla",
    )
    gender = forms.ChoiceField(choices=Gender.choices, label="Kön", initial=Gender.TOTAL)
    status = forms.ChoiceField(choices=STATUSES, label="Finns det ett värde?", initial=Status.NORMAL)
    value = forms.CharField(label="Värde", required=False)
    n = forms.IntegerField(
        label="Antal bakom värdet",
        required=False,
        min_value=1,
        max_value=MOST_BEHIND,
        help_text="Hur många kommuner eller svar värdet bygger på. För en placering: hur många som jämförs.",
    )
    preliminary = forms.BooleanField(label="Preliminärt", required=False)
    source = forms.ModelChoiceField(Source.objects.all(), label="Källa", empty_label=None)
    reason = forms.CharField(
        label="Anledning",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Varför ändras siffran? Den som granskar läser det här.",
        error_messages={"required": "Skriv varför siffran ändras."},
    )

    KEY_FIELDS = ("area", "statistic", "period", "population", "gender")

    def __init__(
        self, *args: Any, indicator: Indicator, figure: Observation | None = None, **kwargs: Any
    ) -> None:
        self.indicator = indicator
        self.figure = figure
        kwargs["initial"] = {**self._initial(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        if indicator.value_type == ValueType.YES_NO:
            value.help_text = "Skriv Ja eller Nej. En andel skrivs som ett tal: 79."
        else:
            unit = indicator.terms().unit_words
            value.help_text = f"{capitalise(unit)}. " if unit else ""
            value.help_text += "Skriv med decimalkomma: 0,34."
        if figure is not None:
            for name in self.KEY_FIELDS:
                del self.fields[name]

    def _initial(self) -> dict[str, Any]:
        if self.figure is None:
            return {"source": self.indicator.source_id}
        figure = self.figure
        written = ""
        if figure.value is not None:
            is_answer = self.indicator.value_type == ValueType.YES_NO and figure.statistic == Statistic.VALUE
            if is_answer:
                written = "Ja" if figure.value else "Nej"
            else:
                written = format_number(figure.value, figure.decimals or 0)
        return {
            "status": figure.status if figure.status != Status.WITHDRAWN else Status.NORMAL,
            "value": written,
            "n": figure.n,
            "preliminary": figure.preliminary,
            "source": figure.source_id,
        }

    def clean_period(self) -> int:
        """The period as the ledger keeps it. A school year only where the indicator counts in them."""
        written = self.cleaned_data["period"]
        try:
            period = Period.parse(written)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if "/" in written and self.indicator.period_basis != PeriodBasis.SCHOOL_YEAR:
            raise forms.ValidationError(f"Nyckeltalet räknas inte i läsår. Skriv ett år, som {period}.")
        return period.code

    def clean(self) -> dict[str, Any]:
        """Read the value in the light of its status, and refuse what is published already."""
        cleaned: dict[str, Any] = super().clean() or {}
        status = cleaned.get("status")
        if status == Status.NORMAL:
            try:
                cleaned["number"] = self._read(cleaned)
            except ValueError as error:
                self.add_error("value", str(error))
        elif status and cleaned.get("value", "").strip():
            self.add_error(
                "value",
                "Ta bort värdet, eller välj Värde. Ett värde som saknas eller är hemligt sparas inte.",
            )
        self._refuse_an_open_question()
        if not self.errors:
            self._refuse_a_second_way()
        if self.figure is None and not self.errors:
            published = Observation.objects.filter(superseded_by=None, **self._key()).first()
            if published is not None and published.status != Status.WITHDRAWN:
                self.add_error(
                    "period",
                    f"Det finns redan en siffra: {value_in_words(published)}. "
                    "Gå tillbaka och välj Ändra för att rätta den.",
                )
        return cleaned

    def _refuse_an_open_question(self) -> None:
        """No figure while a draft of the indicator says that figures mean something else."""
        draft = self.indicator.get_latest_revision_as_object()
        if any(getattr(draft, name) != getattr(self.indicator, name) for name in Indicator.MEANING):
            self.add_error(
                None,
                "Nyckeltalets värdetyp, enhet eller skala är ändrad i ett utkast. "
                "Publicera nyckeltalet, eller ta bort ändringen, innan du lägger in siffror.",
            )

    def _refuse_a_second_way(self) -> None:
        """One release at a time for a figure: the second would only be refused when it is reviewed."""
        waiting = StagedFigure.objects.filter(**self._key()).select_related("release").first()
        if waiting is not None:
            self.add_error(
                "period" if self.figure is None else None,
                f"Siffran väntar redan i publiceringen ”{waiting.release}”. "
                "Låt den godkännas, eller kasta den, innan du ändrar siffran igen.",
            )

    def _read(self, cleaned: dict[str, Any]) -> WrittenNumber:
        text = cleaned.get("value", "").strip()
        if not text:
            raise ValueError("Skriv ett värde, eller välj varför det saknas.")
        statistic = self.figure.statistic if self.figure else cleaned.get("statistic")
        if self.indicator.value_type == ValueType.YES_NO and statistic == Statistic.VALUE:
            if text.lower() not in YES_NO:
                raise ValueError(f"”{text}” är varken ja eller nej. Skriv Ja eller Nej.")
            return parse_number(str(YES_NO[text.lower()]))
        if text.endswith("%") and (
            self.indicator.value_type == ValueType.PERCENT or statistic == Statistic.SHARE_YES
        ):
            text = text[:-1].rstrip(f" {NBSP}{NARROW_NBSP}")
        number = parse_number(text)
        if statistic == Statistic.SHARE_YES and not 0 <= number.value <= 100:
            raise ValueError("En andel går från 0 till 100 procent. Kontrollera talet.")
        return number

    def _key(self) -> dict[str, Any]:
        if self.figure is not None:
            return self.figure.key
        cleaned = self.cleaned_data
        population = cleaned["population"]
        return {
            "indicator_id": self.indicator.pk,
            "area_id": cleaned["area"].pk,
            "statistic": cleaned["statistic"],
            "population_id": population.pk if population else EMPTY_POPULATION,
            "gender": cleaned["gender"],
            "period": cleaned["period"],
        }

    def save(self, user: "User", *, publish: bool) -> Release | None:
        """Make a release of the figure and publish it, or send it for review.

        Returns None, with errors on the form and nothing saved, when the ledger refuses.
        """
        cleaned = self.cleaned_data
        number: WrittenNumber | None = cleaned.get("number")
        figure = StagedFigure(
            **self._key(),
            value=number.value if number else None,
            decimals=number.decimals if number else None,
            n=cleaned["n"],
            status=cleaned["status"],
            preliminary=cleaned["preliminary"],
            source=cleaned["source"],
            note=self.figure.note if self.figure else "",
            source_status=self.figure.source_status if self.figure else "",
        )
        try:
            release = releases.make(
                [figure],
                title=f"{'Ändrad' if self.figure else 'Ny'} siffra: {figure.in_words}",
                reason=cleaned["reason"],
                user=user,
                publish=publish,
                instead_of=self.figure,
            )
            if release is None:
                self.add_error("value", "Siffran är redan publicerad så. Det finns inget att ändra.")
            return release
        except rules.BrokenRules as broken:
            for problem in broken.problems:
                self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        except ledger.LedgerError as error:
            self.add_error(None, str(error))
        return None


class CommentForm(forms.Form):
    """Why a release is sent back."""

    comment = forms.CharField(label="Kommentar", widget=forms.Textarea(attrs={"rows": 2}))


class WithdrawForm(forms.Form):
    """Why a figure is taken away."""

    reason = forms.CharField(
        label="Anledning",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Varför tas siffran bort? Den som granskar läser det här.",
        error_messages={"required": "Skriv varför siffran tas bort."},
    )
