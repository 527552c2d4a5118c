"""What editors have said that words in files mean, kept for the next time."""

import re
from typing import TYPE_CHECKING, Any

from comparisons.intake.understood import Answers, Meaning
from comparisons.models import Area, Indicator, Population, RememberedName

if TYPE_CHECKING:
    from boras_site.accounts.models import User

Kind = RememberedName.Kind
_YEAR = re.compile(r"(?:19|20)\d\d")
_MODELS: dict[str, Any] = {Kind.INDICATOR: Indicator, Kind.AREA: Area, Kind.POPULATION: Population}
#: What a meaning refers to, by the kinds of names and by the words of a heading's meaning.
_REFERS = {"area": Area, "population": Population}


def remembered() -> dict[str, Meaning]:
    """All that is remembered, by the key of its question; without what refers to something that is gone."""
    rows = list(RememberedName.objects.all())
    there = {
        model: set(model.objects.values_list("pk", flat=True)) for model in (Indicator, Area, Population)
    } if rows else {}  # fmt: skip
    return {
        f"{row.kind}:{row.written}": row.meaning
        for row in rows
        if all(pk in there[model] for model, pk in _references(row.kind, row.meaning))
    }


def remember(answers: Answers, user: "User | None") -> None:
    """Keep what an editor has said; what she said last counts.

    A period that she chose for a heading without a year is not kept: next year it is another.
    """
    for key, meaning in answers.items():
        kind, _, written = key.partition(":")
        if kind not in Kind.values or not written or len(written) > 300:
            continue
        if str(meaning.get("period", "same")) != "same" and not _YEAR.search(written):
            continue
        RememberedName.objects.update_or_create(
            kind=kind, written=written, defaults={"meaning": dict(meaning), "said_by": user}
        )


def _references(kind: str, meaning: Meaning) -> list[tuple[Any, Any]]:
    if meaning.get("ignore"):
        return []
    if kind in _MODELS:
        return [(_MODELS[kind], meaning.get("id"))]
    return [(model, meaning[name]) for name, model in _REFERS.items() if meaning.get(name) is not None]
