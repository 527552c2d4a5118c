"""What a draft from Kolada holds, a line for each indicator: new, revised and withdrawn figures."""

from typing import Any

from django.db.models import Count, F, Max, Q

from comparisons.models import Observation, Release
from comparisons.periods import Period
from comparisons.svenska import count_of, join_words
from comparisons.terms import Status

#: So many indicators are told of one by one.
MOST = 20


def by_indicator(release: Release) -> list[str]:
    """``Våldsbrott: 290 nya siffror, den senaste perioden är 2025. 3 siffror ändras.`` Two queries."""
    gone = Q(status=Status.WITHDRAWN)
    stood = Q(base__isnull=False) & ~Q(base__status=Status.WITHDRAWN)
    rows = list(
        release.staged.values("indicator", title=F("indicator__title"))
        .annotate(
            new=Count("pk", filter=~stood & ~gone),
            changed=Count("pk", filter=stood & ~gone),
            taken=Count("pk", filter=gone),
            reached=Max("period", filter=~gone),
        )
        .order_by("indicator__title")
    )
    had = dict(
        Observation.objects.filter(superseded_by=None, indicator__in=[row["indicator"] for row in rows])
        .exclude(status=Status.WITHDRAWN)
        .values_list("indicator")
        .annotate(Max("period"))
    )
    lines = [_line(row, had.get(row["indicator"])) for row in rows[:MOST]]
    if rows[MOST:]:
        lines.append(f"Och {count_of(len(rows) - MOST, 'nyckeltal', 'nyckeltal')} till.")
    return lines


def _line(row: Any, had: int | None) -> str:
    said = []
    if row["new"]:
        new = count_of(row["new"], "ny siffra", "nya siffror")
        reached = had is None or row["reached"] > had
        said.append(f"{new} till och med {Period(row['reached']).label}" if reached else new)
    if row["changed"]:
        said.append(f"{count_of(row['changed'], 'siffra', 'siffror')} ändras")
    if row["taken"]:
        said.append(f"{count_of(row['taken'], 'siffra', 'siffror')} tas bort")
    return f"{row['title']}: {join_words(said)}."
