"""The groups that Kolada makes anew every year: which series each belongs to, and the newest of each."""

import re
from collections.abc import Iterable
from hashlib import blake2b

from comparisons.intake.kolada.answers import Group
from comparisons.models.areas import Area
from comparisons.svenska import capitalise, slug

_MOST_CODE: int = Area._meta.get_field("code").max_length or 0


def newest(groups: Iterable[Group], own: str) -> dict[str, Group]:
    """The newest group of each series of the municipality that is called ``own``, by the series' name."""
    found: dict[str, Group] = {}
    for group in groups:
        if (parted := part(group.title, own)) is not None:
            series, year = parted
            earlier = found.get(series)
            if earlier is None or year > year_of(earlier):
                found[series] = group
    return dict(sorted(found.items()))


def part(title: str, own: str) -> tuple[str, int] | None:
    """``Liknande kommuner, övergripande, Borås, 2025`` as its series and its year; None for another's."""
    match = re.fullmatch(
        rf"(?P<series>liknande kommuner\b.*?),?\s*\b{re.escape(own)}\b,?\s*(?P<year>[12]\d{{3}})",
        title.strip(),
        re.IGNORECASE,
    )
    if match is None:
        return None
    return capitalise(match["series"].strip(" ,")), int(match["year"])


def year_of(group: Group) -> int:
    """The year that a group of a series is of."""
    return int(group.title.strip()[-4:])


def code_of(series: str) -> str:
    """Our own code of a series, which stays when Kolada makes the group anew: ``lk-overgripande``."""
    what = re.sub(r"(?i)^liknande kommuner\b[\s,]*", "", series)
    code = f"lk-{slug(what) or 'alla'}"
    if len(code) <= _MOST_CODE:
        return code
    sign = blake2b(code.encode(), digest_size=2).hexdigest()
    return f"{code[: _MOST_CODE - 5].rstrip('-')}-{sign}"
