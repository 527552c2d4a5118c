"""What a file does not say of a figure that is published already, and does not mean to change."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from comparisons.loading import Entry
from comparisons.models import Observation
from comparisons.rows import normalise


def keep_what_is_not_said(entries: Sequence[Entry], *, keep_decimals: bool, keep_n: bool) -> list[Entry]:
    """The entries with what their file is silent of, where it gives the value that is published.

    ``keep_decimals``: a spreadsheet's ``8`` for a published ``8,0`` changes nothing, and neither does
    ``0,86`` for ``0,8640`` that is shown with two decimals. ``keep_n``: a file that says of some figures
    how many stand behind them is silent of the others.
    At most one query.
    """
    if not entries or not (keep_decimals or keep_n):
        return list(entries)
    live = {
        row[:6]: row[6:]
        for row in Observation.objects.filter(
            superseded_by=None,
            value__isnull=False,
            indicator__in={entry.indicator for entry in entries},
            period__in={entry.period for entry in entries},
        )
        .values_list(
            *("indicator_id", "area_id", "statistic", "population_id", "gender", "period"),
            *("value", "decimals", "n"),
        )
        .iterator(chunk_size=10_000)
    }
    return [_with_kept(entry, live.get(entry[:6]), keep_decimals, keep_n) for entry in entries]


def _with_kept(entry: Entry, stands: tuple[object, ...] | None, keep_decimals: bool, keep_n: bool) -> Entry:
    if stands is None or entry.value is None or entry.decimals is None:
        return entry
    value, decimals, n = stands
    assert isinstance(value, Decimal) and isinstance(decimals, int) and (n is None or isinstance(n, int))
    shown = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if keep_decimals and entry.decimals <= decimals and entry.value == shown:
        # A cell shows fewer decimals than a value may have, and a spreadsheet drops the last noughts.
        entry = entry._replace(value=value, decimals=decimals)
    if keep_n and entry.n is None and entry.value is not None and normalise(entry.value) == value:
        entry = entry._replace(n=n)
    return entry
