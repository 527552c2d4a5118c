"""The areas that Kolada knows, put beside those we have: matched by code, never doubled, never renamed."""

from dataclasses import dataclass, field

from comparisons.intake.kolada.answers import Municipality
from comparisons.intake.kolada.fetch import Places
from comparisons.intake.kolada.series import code_of, year_of
from comparisons.models import Area, Membership
from comparisons.terms import AreaKind

_MOST_NAME: int = Area._meta.get_field("name").max_length or 0
#: The code of the group that compares municipalities as a whole.
OVERALL_GROUP = "lk-overgripande"


@dataclass
class Taken:
    """What taking in the places did: areas by Kolada's own ids, how many are new, what differs from ours."""

    by_kolada: dict[str, Area] = field(default_factory=dict)
    made: int = 0
    regrouped: int = 0
    differences: list[str] = field(default_factory=list)


def take_in(places: Places) -> Taken:
    """Make the areas that are missing and bring the groups up to date. Changes nothing the second time.

    A name that we have is kept, for an editor may have chosen it; where Kolada has another, it is told.
    """
    taken = Taken()
    ours = {area.code: area for area in Area.objects.all()}
    missing = [_area(one) for one in places.municipalities if one.code not in ours]
    groups = {code_of(series): (series, group) for series, group in places.groups.items()}
    missing += [
        Area(
            code=code,
            name=series[:_MOST_NAME],
            name_in_text=(series[:1].lower() + series[1:])[:_MOST_NAME],
            kind=AreaKind.GROUP,
        )
        for code, (series, _) in groups.items()
        if code not in ours
    ]
    for area in missing:  # one by one, so that each is found by the search
        area.save()
        ours[area.code] = area
    taken.made = len(missing)
    for one in places.municipalities:
        area = taken.by_kolada[one.code] = ours[one.code]
        _compare(area, one, taken)
    for code, (_, group) in groups.items():
        area = taken.by_kolada[group.id] = ours[code]
        if (area.kolada_id, area.year) != (group.id, year_of(group)):
            Area.objects.filter(pk=area.pk).update(kolada_id=group.id, year=year_of(group))
        unknown = [one for one in group.members if one not in ours]
        if unknown:
            taken.differences.append(f"{area}: Kolada nämner {', '.join(unknown)}, som inte är någon kommun.")
        taken.regrouped += _regroup(area, {ours[one].pk for one in group.members if one in ours})
    return taken


def _area(one: Municipality) -> Area:
    in_text = one.name.lower() if one.kind == AreaKind.COUNTRY else ""
    return Area(code=one.code, name=one.name[:_MOST_NAME], name_in_text=in_text, kind=one.kind)


def _compare(area: Area, one: Municipality, taken: Taken) -> None:
    if area.name != one.name[:_MOST_NAME]:
        taken.differences.append(f"{one.code} heter {area.name} hos oss och {one.name} i Kolada.")
    if area.kind != one.kind:
        ours, theirs = AreaKind(area.kind).label, one.kind.label
        taken.differences.append(f"{one.code} {area} är ”{ours}” hos oss och ”{theirs}” i Kolada.")


def _regroup(group: Area, members: set[int]) -> bool:
    """Let the group have just these members. Returns whether anything changed."""
    before = set(Membership.objects.filter(group=group).values_list("member", flat=True))
    if before == members:
        return False
    Membership.objects.filter(group=group, member__in=before - members).delete()
    Membership.objects.bulk_create(
        Membership(group=group, member_id=member) for member in sorted(members - before)
    )
    return True
