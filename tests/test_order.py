"""The Swedish order is one and the same in PostgreSQL, in SQLite and in Python."""

import pytest

from comparisons.models import Area
from comparisons.svenska import sort_key
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = """
    Ale Alingsås Arboga Arvika Borås borås BORÅS Dals-Ed Dalsland Dals Örebro Öckerö Övertorneå
    Östersund Åmål åmål ÅMÅL Åsele Åkersberga Älmhult Älvdalen Ängelholm Malung Malung-Sälen Malungs
    Malung_Sälen Upplands-Bro Upplandsbro Vara Wara Varberg Väsby Wäsby Vetlanda Zorn Zürich Müller
    Myller Muller Münster Idé Ide Idéer Crèche Creche Håbo Habo Hàbo Häbo Ærø Ørsta Œuvre Łódź Lodz
    Straße Strasse Þor Thor ñandu nandu ça ca CA 1 2 9 10 100 010 A1 A2 A10 F-3 F–3 F-9 1–10 1-10
    m² m2 m3 cafe café CAFÉ cafés cafes å ä ö Å Ä Ö a A z Z y Y ü ű
"""
NAMES = [
    *WORDS.split(),
    "Dals Ed",
    "Upplands Väsby",
    "Upplands Bro",
    "Liknande kommuner, övergripande, Borås, 2025",
    "Liknande kommuner grundskola",
    "Liknande kommuner, grundskola",
    "Samtliga deltagande kommuner",
    "Öppna jämförelser",
    "öppna jämförelser",
    "Öppna Jämförelser",
    "NKI",
    "NKI, bygglov",
    "NKI – bygglov",
    "Nöjd kund-index",
    "Nöjd-kund-index",
    "Andel (%)",
    "Andel",
    "Andel i procent",
    "Andel 65 år",
    "Andel 65+",
    "Andel 65–79 år",
    "Årskurs 9",
    "Årskurs 10",
    "årskurs 9",
    "per 1 000 invånare",
    "per 1\u00a0000 invånare",
    "per 10 invånare",
    "vålds\u00adbrott",
    "våldsbrott",
    "våldsbrotta",
    "Kommun/region",
    "Kommun & region",
    "Kommun: region",
    "Kommun … region",
    "Kommun · region",
    "Kommun § 4",
    "Kommun ”x”",
    "Kommun “x”",
    "Kommun's",
    "Kommun’s",
]


def test_names_come_in_the_same_order_from_the_database_and_from_python() -> None:
    Area.objects.bulk_create(Area(code=f"x{number}", name=name) for number, name in enumerate(NAMES))
    assert list(Area.objects.order_by("name").values_list("name", flat=True)) == sorted(NAMES, key=sort_key)


def test_the_alphabet_ends_with_å_ä_ö() -> None:
    for name in ("Örebro", "Älmhult", "Zorn", "Åmål", "Ale"):
        factories.area(name)
    assert [area.name for area in Area.objects.all()] == [
        "Ale",
        "Zorn",
        "Åmål",
        "Älmhult",
        "Örebro",
    ]
