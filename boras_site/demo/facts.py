"""What the demo knows of its areas, sources and indicators beside their figures."""

from dataclasses import dataclass
from typing import Any

from comparisons.terms import AreaKind, Comparative

AREAS: dict[str, dict[str, Any]] = {
    "Borås": {"code": "1490", "kind": AreaKind.MUNICIPALITY},
    "Riket": {"code": "0000", "kind": AreaKind.COUNTRY, "name_in_text": "riket"},
    "Samtliga deltagande kommuner": {
        "code": "INSIKT",
        "kind": AreaKind.GROUP,
        "name_in_text": "samtliga deltagande kommuner",
    },
}

_SAFETY = "Öppna jämförelser Trygghet och säkerhet"

#: The source of each table.
SOURCES: dict[str, dict[str, Any]] = {
    "Brandförebyggande arbete": {"producer": "MSB och SKL", "publication": _SAFETY},
    "Våldsbrott, stöld och skadegörelse": {
        "producer": "Brå och SKL",
        "publication": _SAFETY,
    },
    "Krisberedskap": {"producer": "MSB och SKL", "publication": _SAFETY},
    "Betygsresultat i årskurs 9": {
        "producer": "SKL",
        "publication": "Öppna jämförelser Grundskola",
    },
    "Vård och omsorg om äldre 2022, ett urval": {
        "producer": "Socialstyrelsen och SKR",
        "publication": "Öppna jämförelser Vård och omsorg om äldre",
    },
    "Nöjd kund-index (NKI) efter myndighetsområde": {
        "producer": "SKR",
        "publication": "Företagsklimat (Insikt)",
    },
}

FIRES = "Antal utvecklade bränder i byggnad per 1 000 invånare"
FIRE_ADVICE = (
    "Kommunen arbetar med individanpassat brandskydd, i syfte att förbättra brandskyddet för privatpersoner"
)
FIRE_CARE = (
    "Kommunala och privata vårdgivare arbetar med att individanpassa brandskyddet hos personer "
    "som har en förhöjd risk att drabbas av brand"
)
VIOLENCE = "Antal anmälda våldsbrott per 1 000 invånare"
THEFT = "Antal anmälda stöld- och tillgreppsbrott per 1 000 invånare"
DAMAGE = "Antal anmälda brott om skadegörelse per 1 000 invånare"
COOPERATION = "Samverkan och ledning, avser kommunens förutsättningar att bedriva samverkan och ledning"
AREA_DUTY = "Geografiskt områdesansvar, avser kommunens arbete med att utöva geografiskt områdesansvar"
GRADES_ALL = "Elever i årskurs 9 som uppnått kunskapskraven i alla ämnen"
GRADE_POINTS = "Elever i årskurs 9, genomsnittligt meritvärde (17 ämnen)"
ELIGIBLE = "Elever i årskurs 9 som är behöriga till ett yrkesprogram, lägeskommun"
HOME_CARE = "Äldre som är mycket eller ganska nöjda med hemtjänsten som helhet"
FOOD = "Äldre i vård- och omsorgsboende som tycker att maten brukar smaka bra"
ACTIVITIES = "Äldre i särskilt boende som är mycket eller ganska nöjda med de aktiviteter som erbjuds"
DRUGS = "Personer 75 år och äldre med olämpliga läkemedel i vård- och omsorgsboende"
NKI = "NKI, medelvärde för alla områden"
NKI_PERMITS = "NKI, bygglov"
NKI_FOOD = "NKI, livsmedelskontroll"

#: Kolada's own figures of these are means of three years; see docs/decisions/.
THREE_YEAR_MEANS = frozenset({VIOLENCE, THEFT})

SHORT_TITLES = {
    FIRES: "Utvecklade bränder i byggnad per 1 000 invånare",
    FIRE_ADVICE: "Individanpassat brandskydd",
    FIRE_CARE: "Vårdgivares arbete med brandskydd",
    VIOLENCE: "Anmälda våldsbrott per 1 000 invånare",
    THEFT: "Anmälda stölder och tillgrepp per 1 000 invånare",
    DAMAGE: "Anmäld skadegörelse per 1 000 invånare",
    COOPERATION: "Samverkan och ledning i krisberedskap",
    AREA_DUTY: "Geografiskt områdesansvar",
    GRADES_ALL: "Klarar kunskapskraven i alla ämnen",
    GRADE_POINTS: "Meritvärde i årskurs 9",
    ELIGIBLE: "Behöriga till yrkesprogram",
    HOME_CARE: "Nöjda med hemtjänsten",
    FOOD: "Tycker att maten brukar smaka bra i boendet",
    ACTIVITIES: "Nöjda med aktiviteterna i boendet",
    DRUGS: "Olämpliga läkemedel i boendet, 75 år och äldre",
    NKI: "Nöjd kund-index för alla områden",
    NKI_PERMITS: "Nöjd kund-index, bygglov",
    NKI_FOOD: "Nöjd kund-index, livsmedelskontroll",
}

ABOUT = {
    FIRES: (
        "<p>En utvecklad brand har hunnit sprida sig när räddningstjänsten kommer. Få utvecklade "
        "bränder är ett tecken på att rutinerna fungerar och att beredskapen är god.</p>"
    ),
    FIRE_ADVICE: (
        "<p>Kommunen svarar ja om den arbetar med brandskydd som är anpassat för den enskilda personen.</p>"
    ),
    FIRE_CARE: (
        "<p>Kommunen svarar ja om vårdgivarna, både kommunala och privata, anpassar brandskyddet "
        "för personer som löper större risk att drabbas av brand.</p>"
    ),
    VIOLENCE: (
        "<p>Våldsbrott som har anmälts, per 1 000 invånare. Värdet är ett medelvärde för tre år. "
        "Ett år med många anmälningar märks därför i tre år.</p>"
    ),
    THEFT: (
        "<p>Stölder och andra tillgrepp som har anmälts, per 1 000 invånare. "
        "Värdet är ett medelvärde för tre år.</p>"
    ),
    DAMAGE: "<p>Brott om skadegörelse som har anmälts, per 1 000 invånare.</p>",
    COOPERATION: "<p>Hur väl kommunen kan samverka och leda i en kris, i poäng från 1 till 10.</p>",
    AREA_DUTY: (
        "<p>Hur kommunen samordnar alla som behövs inom sitt område i en kris, i poäng från 1 till 5.</p>"
    ),
    ELIGIBLE: ("<p>Lägeskommun betyder att eleverna räknas till den kommun där skolan ligger.</p>"),
}

#: NKI of all areas and of each: what an index says is the same.
ABOUT_NKI = (
    "<p>NKI är nöjd kund-index. Företagen svarar på frågor om kommunens myndighetsutövning, och "
    "svaren vägs ihop till ett index från 0 till 100.</p>"
)


@dataclass(frozen=True)
class Wording:
    """How an indicator is said in running text, and the other words readers search for."""

    sentence: str = ""
    noun: str = ""
    synonyms: str = ""
    comparative: str = Comparative.AUTO


_CRIME = "brottslighet, kriminalitet"
_CRISIS = "kris, beredskap, krisberedskap"
_BUSINESS = "näringsliv, företagare, Insikt, nöjdkundindex"

WORDINGS = {
    FIRES: Wording(noun="utvecklade bränder", synonyms="eldsvåda, husbrand"),
    FIRE_ADVICE: Wording(synonyms="brandvarnare, brandråd"),
    FIRE_CARE: Wording(synonyms="äldre, funktionsnedsättning"),
    VIOLENCE: Wording(
        noun="anmälda våldsbrott", synonyms="misshandel, rån, överfall, brottslighet, kriminalitet"
    ),
    THEFT: Wording(noun="anmälda stölder och tillgrepp", synonyms=f"inbrott, snatteri, {_CRIME}"),
    DAMAGE: Wording(noun="anmälda skadegörelser", synonyms=f"klotter, vandalisering, {_CRIME}"),
    COOPERATION: Wording(
        "{kommun} fick {värde} för samverkan och ledning i krisberedskapen",
        "",
        _CRISIS,
    ),
    AREA_DUTY: Wording(
        "{kommun} fick {värde} för geografiskt områdesansvar i krisberedskapen",
        "",
        _CRISIS,
    ),
    GRADES_ALL: Wording(
        "{värde} av eleverna i årskurs 9 i {kommun} klarade kunskapskraven i alla ämnen",
        "elever som klarar alla ämnen",
        "betyg, godkända, högstadiet",
    ),
    GRADE_POINTS: Wording(
        "Elever i årskurs 9 i {kommun} hade i genomsnitt {värde} i meritvärde",
        "meritvärde",
        "betyg, meritpoäng, högstadiet",
        Comparative.LEVEL,
    ),
    ELIGIBLE: Wording(
        "{värde} av eleverna i årskurs 9 i {kommun} var behöriga till ett yrkesprogram",
        "elever som är behöriga",
        "betyg, gymnasiet, behörighet",
    ),
    HOME_CARE: Wording(
        "{värde} av de äldre i {kommun} var nöjda med hemtjänsten som helhet",
        "nöjda med hemtjänsten",
        "äldreomsorg, äldrevård",
    ),
    FOOD: Wording(
        "{värde} av de äldre i vård- och omsorgsboende i {kommun} tyckte att maten brukar smaka bra",
        "som tycker att maten smakar bra",
        "äldreboende, måltider",
    ),
    ACTIVITIES: Wording(
        "{värde} av de äldre i särskilt boende i {kommun} var nöjda med aktiviteterna",
        "nöjda med aktiviteterna",
        "äldreboende, sysselsättning",
    ),
    DRUGS: Wording(
        "{värde} av dem som är 75 år eller äldre i vård- och omsorgsboende i {kommun} hade "
        "olämpliga läkemedel",
        "med olämpliga läkemedel",
        "medicin, äldreboende",
    ),
    NKI: Wording(
        "{kommun} fick {värde} i nöjd kund-index för alla områden",
        "",
        _BUSINESS,
    ),
}


def wording(title: str) -> Wording:
    """How the indicator is said; those of one area within nöjd kund-index are said alike."""
    if title not in WORDINGS and title.startswith("NKI, "):
        area = title.removeprefix("NKI, ")
        return Wording(
            f"{{kommun}} fick {{värde}} i nöjd kund-index för {area}",
            "",
            _BUSINESS,
        )
    return WORDINGS.get(title, Wording())
