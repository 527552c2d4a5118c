"""Places and words from Kolada: areas that are matched and never doubled, groups, descriptions, titles."""

from typing import Any

import pytest

from comparisons.intake.kolada import KoladaError, answers, sync
from comparisons.intake.kolada.areas import OVERALL_GROUP
from comparisons.intake.kolada.series import code_of, part
from comparisons.models import Area, Membership
from comparisons.terms import AreaKind
from tests import factories as make
from tests.kolada.server import Kolada

KPI = {"id": "U07418", "title": "Våldsbrott", "is_divided_by_gender": False}


def members(code: str) -> set[str]:
    return set(Membership.objects.filter(group__code=code).values_list("member__code", flat=True))


@pytest.mark.django_db
def test_areas_get_their_kinds_and_riket_is_the_country(kolada: Kolada) -> None:
    sync.sync_areas()
    kinds = dict(Area.objects.values_list("code", "kind"))
    assert (kinds["0000"], kinds["0001"], kinds["1490"]) == (
        AreaKind.COUNTRY,
        AreaKind.REGION,
        AreaKind.MUNICIPALITY,
    )
    assert Area.objects.get(code="0000").name_in_text == "riket"


@pytest.mark.django_db
def test_each_series_of_groups_is_one_area_with_the_newest_members(kolada: Kolada) -> None:
    sync.sync_areas()
    groups = {area.code: area for area in Area.objects.filter(kind=AreaKind.GROUP)}
    assert set(groups) == {OVERALL_GROUP, "lk-aldreomsorg", "lk-grundskola"}
    overall = groups[OVERALL_GROUP]
    assert (overall.name, overall.kolada_id, overall.year) == (
        "Liknande kommuner, övergripande",
        "G37411",
        2025,
    )
    assert overall.name_in_text == "liknande kommuner, övergripande"
    assert members(OVERALL_GROUP) == {"0680", "1280"}


@pytest.mark.django_db
def test_the_next_years_group_takes_the_place_of_the_last_in_the_same_area(kolada: Kolada) -> None:
    sync.sync_areas()
    before = Area.objects.get(code=OVERALL_GROUP).pk
    title = "Liknande kommuner, övergripande, Borås, 2026"
    new = [{"member_id": "1280", "member_title": "Malmö"}, {"member_id": "1440", "member_title": "Ale"}]
    kolada.rows["municipality_groups"].append({"id": "G40000", "title": title, "members": new})
    taken = sync.sync_areas()
    overall = Area.objects.get(code=OVERALL_GROUP)
    assert (overall.pk, overall.kolada_id, overall.year) == (before, "G40000", 2026)
    assert members(OVERALL_GROUP) == {"1280", "1440"}
    assert (taken.made, taken.regrouped) == (0, 1)


@pytest.mark.django_db
def test_the_second_time_changes_nothing(kolada: Kolada) -> None:
    sync.sync_areas()
    before = [list(model.objects.order_by("pk").values()) for model in (Area, Membership)]
    taken = sync.sync_areas()
    assert (taken.made, taken.regrouped, taken.differences) == (0, 0, [])
    assert [list(model.objects.order_by("pk").values()) for model in (Area, Membership)] == before


@pytest.mark.django_db
def test_an_area_that_is_there_keeps_its_name_and_what_differs_is_told(kolada: Kolada) -> None:
    own = make.own_area()
    make.area("Göteborgs Stad", code="1480")
    make.area("Stockholm", code="0001")
    taken = sync.sync_areas()
    assert Area.objects.get(code="1480").name == "Göteborgs Stad"
    assert Area.objects.get(code="1490").pk == own.pk and Area.objects.filter(name="Borås").count() == 1
    assert taken.differences == [
        "0001 heter Stockholm hos oss och Region Stockholm i Kolada.",
        "0001 Stockholm är ”Kommun” hos oss och ”Region” i Kolada.",
        "1480 heter Göteborgs Stad hos oss och Göteborg i Kolada.",
    ]


@pytest.mark.django_db
def test_a_member_that_nobody_knows_is_told(kolada: Kolada) -> None:
    kolada.rows["municipality_groups"][1]["members"].append({"member_id": "9999", "member_title": "X"})
    (told,) = sync.sync_areas().differences
    assert told == "Liknande kommuner, övergripande: Kolada nämner 9999, som inte är någon kommun."
    assert members(OVERALL_GROUP) == {"0680", "1280"}


@pytest.mark.parametrize(
    ("title", "parted"),
    [
        ("Liknande kommuner, övergripande, Borås, 2025", ("Liknande kommuner, övergripande", 2025)),
        ("Liknande kommuner äldreomsorg, Borås, 2024", ("Liknande kommuner äldreomsorg", 2024)),
        ("liknande kommuner, IFO, Borås 2019 ", ("Liknande kommuner, IFO", 2019)),
        ("Liknande kommuner, Borås, 2025", ("Liknande kommuner", 2025)),
        ("Liknande kommuner, övergripande, Ale, 2025", None),
        ("Liknande kommuner, övergripande, Boråsbygden, 2025", None),
        ("Kommunerna i Boråsregionen", None),
        ("Liknande kommuner, övergripande, Borås", None),
    ],
)
def test_a_title_is_a_series_and_a_year(title: str, parted: tuple[str, int] | None) -> None:
    assert part(title, "Borås") == parted


def test_the_code_of_a_series_is_short_stable_and_its_own() -> None:
    long = [f"Liknande kommuner, individ- och familjeomsorg {kind}" for kind in ("barn", "vuxna")]
    codes = [code_of(series) for series in long]
    assert codes[0] != codes[1] and all(len(code) <= 20 for code in codes)
    assert codes == [code_of(series) for series in long]
    assert code_of("Liknande kommuner") == "lk-alla"
    assert code_of("Liknande kommuner grundskola") == code_of("Liknande kommuner, grundskola")


@pytest.mark.parametrize(
    ("description", "producer"),
    [
        ("Antal brott. Källa: Brå.", "Brå"),
        ("Källa: Brå och SCB. Uppgifterna gäller kommunen.", "Brå och SCB"),
        ("Antal.\\nKälla: SKR.se, enkäten 2024", "SKR.se, enkäten 2024"),
        ("Källor: SCB och Skolverket.", "SCB och Skolverket"),
        ("Datakälla: okänd. Källa:  Brå .", "Brå"),
        ("Ingen vet varifrån.", ""),
        ("", ""),
    ],
)
def test_the_source_stands_in_the_description(description: str, producer: str) -> None:
    assert answers.kpi(KPI | {"description": description}).producer == producer


def test_a_description_is_tidied() -> None:
    read = answers.kpi(
        KPI | {"description": " Antal  brott.\\n\\n\\n\\nMedel för\\ntre  år.\r\n Källa: Brå. "}
    )
    assert read.description == "Antal brott.\n\nMedel för\ntre år.\nKälla: Brå."


@pytest.mark.parametrize(("said", "day"), [("2026-04-15", 15), (None, None), ("", None), ("i april", None)])
def test_the_day_of_publication_is_a_help_and_no_fault(said: Any, day: int | None) -> None:
    read = answers.kpi(KPI | {"publication_date": said}).publication_on
    assert (read.day if read else None) == day


def test_what_cannot_be_stored_is_no_text() -> None:
    with pytest.raises(KoladaError, match="fältet title är ”tecken som inte går att spara”"):
        answers.kpi(KPI | {"title": "V\ud800ld"})
