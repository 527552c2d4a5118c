"""The sentences, as expected texts written by hand. The rules: comparisons/sentences/."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons.records import Column, Figure, IndicatorTerms
from comparisons.sentences import Against, tell
from tests.records import BORAS, RIKET, ULRICEHAMN, column, figure, indicator, points

LIKE = type(RIKET)(9, "Liknande kommuner", in_label="liknande kommuner", kind="group")
COUNTY = type(RIKET)(10, "Västra Götalands län", kind="region")

VIOLENCE = indicator(
    title="Antal anmälda våldsbrott per 1\u00a0000 invånare", polarity="lower_better", noun="våldsbrott"
)
FIRES = indicator(
    title="Antal utvecklade bränder", value_type="count", polarity="lower_better", noun="bränder"
)
TREES = indicator(title="Antal träd", value_type="count", polarity="none")
PUPILS = indicator(
    "percent",
    title="Elever som är behöriga till ett yrkesprogram",
    polarity="higher_better",
    period_basis="school_year",
    sentence="{värde} av eleverna i årskurs 9 i {kommun} var behöriga till ett yrkesprogram",
)
CONTENT = indicator("percent", title="Nöjda med hemtjänsten", polarity="higher_better")
DRUGS = indicator("percent", title="Olämpliga läkemedel", polarity="lower_better", noun="olämpliga läkemedel")
GRADES = indicator(
    title="Meritvärde", unit="poäng", polarity="higher_better", noun="meritvärde", comparative="level"
)
COST = indicator("count", title="Kostnad för grundskola", unit="kronor per invånare", polarity="none")
WAITING = indicator(
    "count", title="Väntetid", unit="dagar", polarity="lower_better", comparative="length", noun="väntetid"
)
WASTE = indicator(
    title="Insamlat avfall",
    unit="kg per invånare",
    polarity="lower_better",
    comparative="amount",
    noun="avfall",
)
RESULT = indicator(title="Ekonomiskt resultat", unit="procent av intäkterna", polarity="higher_better")
COOPERATION = points("1", "10", title="Samverkan och ledning", polarity="higher_better")
DEMANDS = points("0", "5", title="Krav på sökande", polarity="lower_better")
NKI = indicator(
    "index", title="NKI, bygglov", scale_min=Decimal(0), scale_max=Decimal(100), polarity="higher_better"
)
ADVICE = indicator("yes_no", title="Kommunen ger råd om brandskydd", polarity="none")
RANKED = indicator("rank", title="Bästa skolkommun", polarity="lower_better")
MEAN_OF_THREE = indicator(
    title="Antal anmälda stölder", polarity="lower_better", period_basis="three_year_mean"
)

OWN_WORDS = indicator(
    "count", title="Brott mot barn", sentence="{kommun} hade {värde} anmälda brott mot barn"
)

MEDIAN = ("median", RIKET)
MEAN = ("mean", RIKET)
COUNTRY = ("value", RIKET)
NEIGHBOUR = ("value", ULRICEHAMN)
GROUP = ("median", LIKE)
SHARE = ("share_yes", RIKET)


def told(
    of: IndicatorTerms,
    own: str | None,
    against: tuple[str, Any] | None = None,
    other: str | None = None,
    before: str | None = None,
    **how: Any,
) -> Any:
    """Tell of Borås 2017, beside ``against`` of 2017 and the value of ``earlier`` (2016)."""
    period = how.pop("period", "2017")
    earlier = how.pop("earlier", "2016")
    status = {"status": how.pop("status")} if "status" in how else {}
    n = {"n": how.pop("n")} if "n" in how else {}
    earlier_n = {"n": how.pop("before_n")} if "before_n" in how else n
    early = how.pop("preliminary_other", False)
    judge = how.pop("judge", True)
    other_period = how.pop("other_period", period)
    preliminary = how.pop("preliminary", False)
    mine = column(period=period, **how)
    figures: dict[str, Figure | None] = {
        "own": figure(own, BORAS, period, preliminary=preliminary, **status, **n) if own or status else None,
        "before": figure(before, BORAS, earlier, **earlier_n) if before else None,
    }
    held = None
    if against:
        statistic, area = against
        theirs: Column = column(area, period, "median" if statistic == "share_yes" else statistic)
        held = Against(
            theirs, figure(other, area, other_period, statistic, preliminary=early) if other else None
        )
    return tell(of, mine, figures["own"], held, figures["before"], judge=judge)


V = "Borås hade 10,4 anmälda våldsbrott per 1 000 invånare 2017."
CASES: list[tuple[str, Any, str]] = [
    # --- Numbers that are counted -------------------------------------------------------------
    (
        "the founding sentence",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", "10.3"),
        f"{V} Det är fler än i mediankommunen (8,2) och ungefär som året före (10,3).",
    ),
    ("a value alone", told(VIOLENCE, "10.4"), V),
    (
        "worse and getting worse",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", "9.1"),
        f"{V} Det är fler än i mediankommunen (8,2) och fler än året före (9,1). "
        "Resultatet är sämre än medianen och försämras.",
    ),
    (
        "worse but getting better",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", "12.0"),
        f"{V} Det är fler än i mediankommunen (8,2) men färre än året före (12,0). "
        "Resultatet är sämre än medianen men förbättras.",
    ),
    (
        "better and getting better",
        told(VIOLENCE, "10.4", MEDIAN, "11.2", "12.0"),
        f"{V} Det är färre än i mediankommunen (11,2) och färre än året före (12,0). "
        "Resultatet är bättre än medianen och förbättras.",
    ),
    (
        "better but getting worse",
        told(VIOLENCE, "10.4", MEDIAN, "11.2", "9.0"),
        f"{V} Det är färre än i mediankommunen (11,2) men fler än året före (9,0). "
        "Resultatet är bättre än medianen men försämras.",
    ),
    (
        "equal to the median and unchanged",
        told(VIOLENCE, "10.4", MEDIAN, "10.4", "10.4"),
        f"{V} Det är lika många som i mediankommunen och samma som året före.",
    ),
    (
        "equal to the median and fewer than before",
        told(VIOLENCE, "10.4", MEDIAN, "10.4", "12.4"),
        f"{V} Det är lika många som i mediankommunen men färre än året före (12,4). Det är en förbättring.",
    ),
    (
        "equal only when rounded alike",
        told(VIOLENCE, "10.4", MEDIAN, "10.43"),
        f"{V} Det är ungefär lika många som i mediankommunen (10,43).",
    ),
    (
        "without a comparison",
        told(VIOLENCE, "10.4", None, None, "12.0"),
        f"{V} Det är färre än året före (12,0). Det är en förbättring.",
    ),
    (
        "the comparison has no value",
        told(VIOLENCE, "10.4", MEDIAN, None, "10.3"),
        f"{V} Det är ungefär som året före (10,3). Det finns inget värde för mediankommunen att jämföra med.",
    ),
    (
        "the comparison is of another year",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", other_period="2015"),
        f"{V} Värdet för mediankommunen gäller 2015 (8,2).",
    ),
    (
        "beside the country's own value",
        told(VIOLENCE, "10.4", COUNTRY, "8.2"),
        f"{V} Det är fler än i riket (8,2).",
    ),
    (
        "beside the mean",
        told(VIOLENCE, "10.4", MEAN, "8.2"),
        f"{V} Det är fler än medelvärdet för riket (8,2).",
    ),
    (
        "beside another municipality",
        told(VIOLENCE, "10.4", NEIGHBOUR, "4.9"),
        f"{V} Det är fler än i Ulricehamn (4,9).",
    ),
    (
        "beside the median of a group",
        told(VIOLENCE, "10.4", GROUP, "9.9"),
        f"{V} Det är fler än i mediankommunen bland liknande kommuner (9,9).",
    ),
    (
        "the year before last",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", "12.0", earlier="2015"),
        f"{V} Det är fler än i mediankommunen (8,2) men färre än 2015 (12,0). "
        "Resultatet är sämre än medianen men förbättras.",
    ),
    (
        "nothing is judged where the editor does not want it",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", "12.0", judge=False),
        f"{V} Det är fler än i mediankommunen (8,2) men färre än året före (12,0).",
    ),
    (
        "just under two per cent is not spoken of",
        told(VIOLENCE, "10.4", None, None, "10.2"),
        f"{V} Det är ungefär som året före (10,2).",
    ),
    (
        "two per cent is",
        told(indicator(title="Antal brott"), "50", None, None, "49"),
        "Borås hade 50 brott 2017. Det är fler än året före (49).",
    ),
    (
        "preliminary",
        told(VIOLENCE, "10.4", preliminary=True),
        f"{V} Siffran är preliminär och kan ändras.",
    ),
    (
        "zero",
        told(FIRES, "0", MEDIAN, "3"),
        "Borås hade 0 utvecklade bränder 2017. Det är färre än i mediankommunen (3).",
    ),
    (
        "zero before and now",
        told(FIRES, "0", None, None, "0"),
        "Borås hade 0 utvecklade bränder 2017. Det är samma som året före.",
    ),
    (
        "one does not agree with a plural",
        told(FIRES, "1", MEDIAN, "3", "0"),
        "Antal utvecklade bränder: 1 i Borås 2017. Det är färre än i mediankommunen (3) men fler än "
        "året före (0). Resultatet är bättre än medianen men försämras.",
    ),
    (
        "large numbers",
        told(TREES, "1234567", MEDIAN, "45000", "1200000"),
        "Borås hade 1 234 567 träd 2017. Det är fler än i mediankommunen (45 000) och fler än året före "
        "(1 200 000).",
    ),
    (
        "no direction, nothing judged",
        told(TREES, "100", MEDIAN, "200", "300"),
        "Borås hade 100 träd 2017. Det är färre än i mediankommunen (200) och färre än året före (300).",
    ),
    (
        "women in municipal schools",
        told(TREES, "7", population=7, population_name="kommunala skolor", gender="K"),
        "Borås (kommunala skolor, kvinnor) hade 7 träd 2017.",
    ),
    (
        "a mean of three years says so",
        told(MEAN_OF_THREE, "39.7", MEDIAN, "34.5", "39.7"),
        "Borås hade 39,7 anmälda stölder 2017 (medel 2015–2017). Det är fler än i mediankommunen (34,5) "
        "och samma som 2014–2016.",
    ),
    # --- Per cent -----------------------------------------------------------------------------
    (
        "percentage points",
        told(PUPILS, "80.0", COUNTRY, "82.6", "78.5", period="2018", earlier="2017"),
        "80,0 % av eleverna i årskurs 9 i Borås var behöriga till ett yrkesprogram läsåret 2017/18. "
        "Det är 2,6 procentenheter lägre än i riket (82,6 %) men 1,5 procentenheter högre än läsåret före "
        "(78,5 %). Resultatet är sämre än riket men förbättras.",
    ),
    (
        "of some schools, and a school year long ago",
        told(
            PUPILS,
            "80.0",
            None,
            None,
            "84.8",
            period="2018",
            earlier="2016",
            population=7,
            population_name="kommunala skolor",
        ),
        "80,0 % av eleverna i årskurs 9 i Borås (kommunala skolor) var behöriga till ett yrkesprogram "
        "läsåret 2017/18. Det är 4,8 procentenheter lägre än läsåret 2015/16 (84,8 %). Det är en försämring.",
    ),
    (
        "one percentage point",
        told(CONTENT, "85", MEAN, "86", "84"),
        "Nöjda med hemtjänsten: 85 % i Borås 2017. Det är 1 procentenhet lägre än medelvärdet för riket "
        "(86 %) men 1 procentenhet högre än året före (84 %). "
        "Resultatet är sämre än medelvärdet men förbättras.",
    ),
    (
        "a half percentage point is not spoken of",
        told(CONTENT, "85.0", None, None, "84.5"),
        "Nöjda med hemtjänsten: 85,0 % i Borås 2017. Det är ungefär som året före (84,5 %).",
    ),
    (
        "the same share",
        told(CONTENT, "85", MEAN, "85", "85"),
        "Nöjda med hemtjänsten: 85 % i Borås 2017. Det är samma andel som medelvärdet för riket och samma "
        "som året före.",
    ),
    (
        "all",
        told(CONTENT, "100", MEDIAN, "97"),
        "Nöjda med hemtjänsten: 100 % i Borås 2017. Det är 3 procentenheter högre än i "
        "mediankommunen (97 %).",
    ),
    (
        "nobody",
        told(CONTENT, "0", MEDIAN, "0.4"),
        "Nöjda med hemtjänsten: 0 % i Borås 2017. Det är ungefär samma andel som i mediankommunen (0,4 %).",
    ),
    (
        "lower is better",
        told(DRUGS, "7.6", MEAN, "6.4", "8.8"),
        "Olämpliga läkemedel: 7,6 % i Borås 2017. Det är 1,2 procentenheter högre än medelvärdet för riket "
        "(6,4 %) men 1,2 procentenheter lägre än året före (8,8 %). "
        "Resultatet är sämre än medelvärdet men förbättras.",
    ),
    (
        "a decimal one is plural",
        told(DRUGS, "7.4", MEAN, "6.4"),
        "Olämpliga läkemedel: 7,4 % i Borås 2017. Det är 1,0 procentenheter högre än medelvärdet för riket "
        "(6,4 %).",
    ),
    # --- Levels, amounts, lengths -------------------------------------------------------------
    (
        "a level",
        told(GRADES, "221.9", MEAN, "219.5", "212.8"),
        "Meritvärde: 221,9 poäng i Borås 2017. Det är högre än medelvärdet för riket (219,5) och högre än "
        "året före (212,8). Resultatet är bättre än medelvärdet och förbättras.",
    ),
    (
        "the same level",
        told(GRADES, "221.9", MEAN, "221.9"),
        "Meritvärde: 221,9 poäng i Borås 2017. Det är lika högt som medelvärdet för riket.",
    ),
    (
        "money",
        told(COST, "12345", MEDIAN, "11900", "12300"),
        "Kostnad för grundskola: 12 345 kronor per invånare i Borås 2017. Det är högre än i mediankommunen "
        "(11 900) och ungefär som året före (12 300).",
    ),
    (
        "days",
        told(WAITING, "12", MEDIAN, "9", "15"),
        "Väntetid: 12 dagar i Borås 2017. Det är längre än i mediankommunen (9) men kortare än året "
        "före (15). "
        "Resultatet är sämre än medianen men förbättras.",
    ),
    ("one day", told(WAITING, "1"), "Väntetid (dagar): 1 i Borås 2017."),
    (
        "as long",
        told(WAITING, "9", MEDIAN, "9"),
        "Väntetid: 9 dagar i Borås 2017. Det är lika långt som i mediankommunen.",
    ),
    (
        "an amount",
        told(WASTE, "412.5", MEDIAN, "398.2", "430.0"),
        "Insamlat avfall: 412,5 kg per invånare i Borås 2017. Det är mer än i mediankommunen (398,2) men "
        "mindre än året före (430,0). Resultatet är sämre än medianen men förbättras.",
    ),
    (
        "as much",
        told(WASTE, "398.2", MEDIAN, "398.2"),
        "Insamlat avfall: 398,2 kg per invånare i Borås 2017. Det är lika mycket som i mediankommunen.",
    ),
    (
        "below zero, from above",
        told(RESULT, "-0.5", MEDIAN, "2.1", "1.0"),
        "Ekonomiskt resultat: −0,5 procent av intäkterna i Borås 2017. Det är lägre än i "
        "mediankommunen (2,1) "
        "och lägre än året före (1,0). Resultatet är sämre än medianen och försämras.",
    ),
    (
        "less below zero than before",
        told(RESULT, "-1.0", MEDIAN, "-2.0", "-3.0"),
        "Ekonomiskt resultat: −1,0 procent av intäkterna i Borås 2017. Det är högre än i "
        "mediankommunen (−2,0) "
        "och högre än året före (−3,0). Resultatet är bättre än medianen och förbättras.",
    ),
    # --- Points and indices -------------------------------------------------------------------
    (
        "the median is at the limit",
        told(COOPERATION, "8", MEDIAN, "10", "9"),
        "Borås fick 8 av 10 poäng 2017. Det är 2 poäng lägre än i mediankommunen, som har högsta poäng (10), "
        "och 1 poäng lägre än året före (9). Resultatet är sämre än medianen och försämras.",
    ),
    (
        "both are at the limit",
        told(COOPERATION, "10", MEDIAN, "10", "10"),
        "Borås fick 10 av 10 poäng 2017, som är högsta poäng. Det har mediankommunen också. "
        "Det är samma som året före.",
    ),
    (
        "at the limit alone",
        told(COOPERATION, "10", MEDIAN, "9", "9"),
        "Borås fick 10 av 10 poäng 2017, som är högsta poäng. Det är 1 poäng högre än i mediankommunen (9) "
        "och 1 poäng högre än året före (9). Resultatet är bättre än medianen och förbättras.",
    ),
    (
        "the lowest points",
        told(COOPERATION, "1", MEDIAN, "7"),
        "Borås fick 1 av 10 poäng 2017, som är lägsta poäng. Det är 6 poäng lägre än i mediankommunen (7).",
    ),
    (
        "zero points are points",
        told(DEMANDS, "0", MEDIAN, "0", "2"),
        "Borås fick 0 av 5 poäng 2017, som är lägsta poäng. Det har mediankommunen också. "
        "Det är 2 poäng lägre än året före (2). Det är en förbättring.",
    ),
    (
        "equal points within the scale",
        told(COOPERATION, "7", MEDIAN, "7"),
        "Borås fick 7 av 10 poäng 2017. Det är samma poäng som i mediankommunen.",
    ),
    (
        "the mean is at the limit",
        told(COOPERATION, "10", MEAN, "10"),
        "Borås fick 10 av 10 poäng 2017, som är högsta poäng. Det är samma poäng som medelvärdet för riket.",
    ),
    (
        "an index",
        told(NKI, "73", MEAN, "64", "72", period="2019", earlier="2018"),
        "NKI, bygglov: 73 av 100 i Borås 2019. Det är högre än medelvärdet för riket (64) och ungefär som "
        "året före (72).",
    ),
    (
        "two steps of a hundred are spoken of",
        told(NKI, "73", MEAN, "64", "71"),
        "NKI, bygglov: 73 av 100 i Borås 2017. Det är högre än medelvärdet för riket (64) och högre än "
        "året före (71). Resultatet är bättre än medelvärdet och förbättras.",
    ),
    (
        "the end of an index",
        told(NKI, "100", MEDIAN, "88"),
        "NKI, bygglov: 100 av 100 i Borås 2017, det högsta möjliga. Det är högre än i mediankommunen (88).",
    ),
    (
        "tertials",
        told(NKI, "73", None, None, "77", period="2019-T3", earlier="2019-T2"),
        "NKI, bygglov: 73 av 100 i Borås tertial 3 2019. Det är lägre än tertial 2 2019 (77). "
        "Det är en försämring.",
    ),
    # --- Ja and nej ---------------------------------------------------------------------------
    (
        "ja among others",
        told(ADVICE, "1", SHARE, "79"),
        "Borås svarade ja 2017. Det gjorde 79 % av kommunerna.",
    ),
    (
        "nej among others",
        told(ADVICE, "0", SHARE, "79"),
        "Borås svarade nej 2017. 79 % av kommunerna svarade ja.",
    ),
    (
        "ja again",
        told(ADVICE, "1", SHARE, "79", "1"),
        "Borås svarade ja 2017. Det gjorde 79 % av kommunerna. Året före var svaret också ja.",
    ),
    ("ja at last", told(ADVICE, "1", None, None, "0"), "Borås svarade ja 2017. Året före var svaret nej."),
    ("nej beside ja", told(ADVICE, "0", NEIGHBOUR, "1"), "Borås svarade nej 2017. Ulricehamn svarade ja."),
    (
        "nej beside nej",
        told(ADVICE, "0", NEIGHBOUR, "0"),
        "Borås svarade nej 2017. Ulricehamn svarade också nej.",
    ),
    (
        "a preliminary answer",
        told(ADVICE, "1", preliminary=True),
        "Borås svarade ja 2017. Svaret är preliminärt och kan ändras.",
    ),
    # --- Ranks --------------------------------------------------------------------------------
    (
        "a rank",
        told(RANKED, "87", None, None, "95", n=290),
        "Borås kom på plats 87 av 290 år 2017. Det är 8 platser högre upp än året före (95). "
        "Det är en förbättring.",
    ),
    (
        "one place down",
        told(RANKED, "88", None, None, "87", n=290),
        "Borås kom på plats 88 av 290 år 2017. Det är 1 plats längre ner än året före (87). "
        "Det är en försämring.",
    ),
    (
        "the same place, of nobody knows how many",
        told(RANKED, "88", None, None, "88"),
        "Borås kom på plats 88 år 2017. Året före var det plats 88.",
    ),
    (
        "a place among others than before",
        told(RANKED, "87", COUNTRY, "95", "79", n=290, before_n=150),
        "Borås kom på plats 87 av 290 år 2017. Året före var det plats 79 av 150.",
    ),
    (
        "a share of another year",
        told(ADVICE, "1", SHARE, "79", other_period="2015"),
        "Borås svarade ja 2017. 2015 svarade 79 % av kommunerna ja.",
    ),
    (
        "a share of a group",
        told(ADVICE, "1", ("share_yes", LIKE), "30"),
        "Borås svarade ja 2017. Det gjorde 30 % av liknande kommuner.",
    ),
    (
        "a share in a region",
        told(ADVICE, "0", ("share_yes", COUNTY), "30"),
        "Borås svarade nej 2017. 30 % av kommunerna i Västra Götalands län svarade ja.",
    ),
    (
        "a region's median",
        told(VIOLENCE, "10.4", ("median", COUNTY), "9.9"),
        f"{V} Det är fler än i mediankommunen i Västra Götalands län (9,9).",
    ),
    (
        "a mean that is missing",
        told(VIOLENCE, "10.4", MEAN),
        f"{V} Det finns inget medelvärde för riket att jämföra med.",
    ),
    (
        "a mean of another year",
        told(VIOLENCE, "10.4", MEAN, "8.2", other_period="2016"),
        f"{V} Medelvärdet för riket gäller 2016 (8,2).",
    ),
    (
        "the verdict follows what it is about",
        told(VIOLENCE, "10.4", MEDIAN, None, "12.0"),
        f"{V} Det är färre än året före (12,0). Det är en förbättring. "
        "Det finns inget värde för mediankommunen att jämföra med.",
    ),
    (
        "the comparison is preliminary",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", preliminary_other=True),
        f"{V} Det är fler än i mediankommunen (8,2). "
        "Siffran för mediankommunen är preliminär och kan ändras.",
    ),
    (
        "both are preliminary",
        told(VIOLENCE, "10.4", MEDIAN, "8.2", preliminary=True, preliminary_other=True),
        f"{V} Det är fler än i mediankommunen (8,2). Siffrorna är preliminära och kan ändras.",
    ),
    (
        "a small share that has doubled",
        told(CONTENT, "0.8", None, None, "0.4"),
        "Nöjda med hemtjänsten: 0,8 % i Borås 2017. Det är 0,4 procentenheter högre än året före (0,4 %). "
        "Det är en förbättring.",
    ),
    (
        "rounding makes no difference",
        told(CONTENT, "79.5", MEDIAN, "79", "79"),
        "Nöjda med hemtjänsten: 79,5 % i Borås 2017. Det är ungefär samma andel som i mediankommunen (79 %) "
        "och ungefär som året före (79 %).",
    ),
    (
        "one in an editor's own sentence",
        told(OWN_WORDS, "1"),
        "Brott mot barn: 1 i Borås 2017.",
    ),
    (
        "a scale around zero",
        told(points("-5", "5", title="Balans", polarity="none"), "-3"),
        "Borås fick −3 poäng 2017.",
    ),
    # --- Missing ------------------------------------------------------------------------------
    ("no figure", told(VIOLENCE, None), "Värdet för Borås 2017 saknas."),
    (
        "missing, but not elsewhere",
        told(VIOLENCE, None, MEDIAN, "8.2", "10.3", status="missing"),
        "Värdet för Borås 2017 saknas. I mediankommunen var det 8,2. Året före var det 10,3.",
    ),
    (
        "secret",
        told(VIOLENCE, None, MEDIAN, "8.2", status="suppressed"),
        "Värdet för Borås 2017 visas inte på grund av sekretess. I mediankommunen var det 8,2.",
    ),
    (
        "too few",
        told(NKI, None, MEAN, "81", status="too_few", period="2019"),
        "För få svarade i Borås 2019 för att värdet ska visas. Medelvärdet för riket var 81.",
    ),
    (
        "not asked",
        told(ADVICE, None, SHARE, "79", status="not_asked"),
        "Borås fick inte frågan 2017. 79 % av kommunerna svarade ja.",
    ),
    (
        "not applicable",
        told(PUPILS, None, COUNTRY, "82.6", status="not_applicable", period="2018"),
        "Värdet kan inte förekomma för Borås läsåret 2017/18. I riket var det 82,6 %.",
    ),
    (
        "an answer is missing",
        told(ADVICE, None, NEIGHBOUR, "1", "0", status="missing"),
        "Värdet för Borås 2017 saknas. Ulricehamn svarade ja. Året före var svaret nej.",
    ),
    (
        "a rank is missing",
        told(RANKED, None, None, None, "88", status="missing"),
        "Värdet för Borås 2017 saknas. Året före var det plats 88.",
    ),
    (
        "nothing anywhere",
        told(VIOLENCE, None, MEDIAN, None, status="missing"),
        "Värdet för Borås 2017 saknas.",
    ),
]


@pytest.mark.parametrize(("made", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sentence(made: Any, expected: str) -> None:
    assert made.text.replace("\u00a0", " ") == expected


HEADLINES = [
    (told(VIOLENCE, "10.4", MEDIAN, "8.2"), "Fler våldsbrott än i mediankommunen"),
    (told(VIOLENCE, "7.4", MEDIAN, "8.2"), "Färre våldsbrott än i mediankommunen"),
    (told(VIOLENCE, "8.2", MEDIAN, "8.2"), "Lika många våldsbrott som i mediankommunen"),
    (told(VIOLENCE, "8.2", MEDIAN, "8.24"), "Ungefär lika många våldsbrott som i mediankommunen"),
    (told(TREES, "8", NEIGHBOUR, "9"), "Färre än i Ulricehamn"),
    (told(GRADES, "221.9", MEAN, "219.5"), "Högre meritvärde än medelvärdet för riket"),
    (told(GRADES, "219.5", MEAN, "219.5"), "Lika högt som medelvärdet för riket"),
    (told(WAITING, "12", MEDIAN, "9"), "Längre väntetid än i mediankommunen"),
    (told(WASTE, "1.0", MEDIAN, "2.0"), "Mindre avfall än i mediankommunen"),
    (told(CONTENT, "85", MEAN, "86"), "1 procentenhet lägre än medelvärdet för riket"),
    (told(DRUGS, "7.6", MEAN, "6.4"), "Högre andel olämpliga läkemedel än medelvärdet för riket"),
    (told(DRUGS, "6.4", MEAN, "6.4"), "Samma andel olämpliga läkemedel som medelvärdet för riket"),
    (told(COOPERATION, "8", MEDIAN, "10"), "2 poäng lägre än i mediankommunen"),
    (told(COOPERATION, "10", MEDIAN, "10"), "Högsta poäng, som i mediankommunen"),
    (told(ADVICE, "1", SHARE, "79"), "Ja, som 79 % av kommunerna"),
    (told(ADVICE, "0", SHARE, "79"), "Nej, medan 79 % av kommunerna svarade ja"),
    (told(ADVICE, "0"), ""),
    (told(RANKED, "87", None, None, "95", n=290), "8 platser högre upp än året före"),
    (told(VIOLENCE, "10.4", None, None, "10.3"), "Ungefär som året före"),
    (told(VIOLENCE, "10.4"), ""),
    (told(VIOLENCE, None, MEDIAN, "8.2"), ""),
]


@pytest.mark.parametrize(("made", "expected"), HEADLINES, ids=[text or "nothing" for _, text in HEADLINES])
def test_headline(made: Any, expected: str) -> None:
    assert made.headline.replace("\u00a0", " ") == expected


def test_a_sentence_that_stands_alone_names_what_it_is_about() -> None:
    assert told(VIOLENCE, "10.4").standing_alone(VIOLENCE.title).startswith("Borås hade 10,4 anmälda")
    alone = told(COOPERATION, "8").standing_alone(COOPERATION.title)
    assert alone == "Samverkan och ledning: Borås fick 8 av 10 poäng 2017."
    missing = told(VIOLENCE, None).standing_alone("Våldsbrott")
    assert missing == "Våldsbrott: Värdet för Borås 2017 saknas."


def test_numbers_in_a_sentence_do_not_break() -> None:
    text = told(TREES, "1234", SHARE and MEDIAN, "1000").text
    assert "1\u00a0234 träd" in text and "(1\u00a0000)" in text
    assert "80,0\u00a0%" in told(PUPILS, "80.0").text
