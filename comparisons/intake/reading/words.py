"""The words that stand over columns and beside rows, and what each says. Folded, as names are."""

from collections.abc import Mapping

from comparisons.intake.names import fold
from comparisons.terms import SIGNS, Gender, Statistic, Status


def _folded(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in table.items() for word in words}


#: What a column holds, by its heading: in English as in the project's own data files, and in Swedish.
COLUMNS = _folded(
    {
        "indicator": ("indicator", "nyckeltal", "indikator", "nyckeltalets namn"),
        "area": (
            "area",
            "område",
            "kommun",
            "kommunkod",
            "områdeskod",
            "region",
            "kommunnamn",
            "municipality",
        ),
        "statistic": ("statistic", "statistik"),
        "period": ("period", "år", "year"),
        "population": ("population", "urval"),
        "gender": ("gender", "kön"),
        "value": ("value", "värde"),
        "status": ("status",),
        "note": ("note", "anteckning"),
        "n": ("n", "antal", "antal bakom värdet"),
        "preliminary": ("preliminary", "preliminär"),
    }
)
#: In which numbers have a decimal point; under every other heading they are Swedish.
POINT_HEADING = fold("value")

COLUMN_LABELS = {
    "indicator": "Nyckeltal",
    "area": "Område",
    "statistic": "Statistik",
    "period": "Period",
    "population": "Urval",
    "gender": "Kön",
    "value": "Värde",
    "status": "Status",
    "note": "Anteckning",
    "n": "Antal bakom värdet",
    "preliminary": "Preliminär",
}

#: Columns that are recognised and say nothing of a figure: further ones of the data files, and usual ones.
LEFT_OUT = frozenset(
    fold(word)
    for word in (
        *("table", "row", "value_type", "unit", "decimals", "better", "source", "source_status"),
        *("tabell", "rad", "värdetyp", "enhet", "decimaler", "riktning", "källa", "kommentar", "kommentarer"),
        *("nr", "nummer", "länskod", "län", "definition", "I ord", "Utveckling", "Mått", "Vad som är bättre"),
    )
)

STATISTICS = _folded(
    {
        Statistic.VALUE: ("value", Statistic.VALUE.label, "eget värde"),
        Statistic.MEDIAN: ("median", "medianen", "medianvärde", "medianvärdet"),
        Statistic.MEAN: (
            *("mean", "medelvärde", "medelvärdet", "medel", "genomsnitt", "genomsnittet"),
            *("ovägt medel", "ovägt medelvärde", "ovägt genomsnitt"),
        ),
        Statistic.SHARE_YES: (
            "share_yes",
            Statistic.SHARE_YES.label,
            "andel ja",
            "andel ja (%)",
            "andelen ja",
        ),
    }
)
GENDERS = _folded(
    {
        Gender.TOTAL: ("T", "total", "totalt", "alla", "båda könen", "kvinnor och män"),
        Gender.WOMEN: ("K", "kvinnor", "kvinna"),
        Gender.MEN: ("M", "män", "man"),
    }
)
#: One letter is a code in a column of its own, and nothing in a heading.
GENDERS_IN_HEADINGS = {word: gender for word, gender in GENDERS.items() if len(word) > 1}
_STATUS_WORDS: dict[str, tuple[str, ...]] = {status: (status.value, str(status.label)) for status in Status}
for _status in (Status.NOT_ASKED, Status.NOT_APPLICABLE, Status.SUPPRESSED, Status.TOO_FEW):
    _STATUS_WORDS[_status] += (SIGNS[_status].words,)
STATUSES = _folded(_STATUS_WORDS)
YES_NO = _folded({"1": ("1", "ja", "true", "sant", "x"), "": ("0", "nej", "false", "falskt")})

#: How municipalities spread: told by the site itself, never read in.
SPREAD = frozenset(
    fold(word)
    for word in (
        *("min", "max", "min-max", "min/max", "minimum", "maximum", "minvärde", "maxvärde", "min och max"),
        *(
            "lägsta",
            "högsta",
            "lägsta värde",
            "högsta värde",
            "lägst",
            "högst",
            "spridning",
            "variationsvidd",
        ),
        *("standardavvikelse", "undre kvartil", "övre kvartil", "nedre kvartil", "kvartil 1", "kvartil 3"),
    )
)
#: Small words between those that mean something: ``Median för riket``, ``år 2017``.
BETWEEN = frozenset(("i", "för", "av", "bland", "år", "året", "hos"))
