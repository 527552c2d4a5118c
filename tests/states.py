"""Pages in states that a layout breaks in: nothing, very little, very much, very long.

``build`` fills an empty site with them; the checks of ``tests/browser`` then read every page of it.
Everything is made by ``tests.factories``, so a state is one that an editor can come to.
"""

import json
from collections.abc import Sequence

from comparisons.models import Area, Indicator, Membership
from comparisons.models.pages import Weave
from comparisons.terms import SIGNS, AreaKind, Polarity, Statistic, Status, ValueType
from tests import factories as make

SHY = "\u00ad"
LONG_WORD = SHY.join(
    ["Yrkes", "introduktions", "anställnings", "underlags", "samordnings", "åtgärds", "överens", "kommelser"]
)
#: A word that nobody has given a place to break at.
UNBROKEN = "Räddningstjänstförbundssamordningsöverenskommelseuppföljningen"
#: Fills about ten lines of a table's first column on a phone, and has what sorts last.
LONG_TITLE = (
    "Andel brukare inom äldreomsorgens särskilda boenden som är ganska eller mycket nöjda med bemötandet, "
    "förtroendet och tryggheten under årets alla dygn, och som också svarar att ÖVERENSKOMMELSEN om "
    f"{LONG_WORD.lower()} följs åtminstone ibland, procent"
)
MENU = 15
#: Why a value can be missing. A figure can be withdrawn only after it stood there.
REASONS = [Status(reason) for reason in SIGNS if reason != Status.WITHDRAWN]


def build() -> None:
    """Make every state's page on an empty site with the migrations' rows only."""
    riket = make.country()
    make.home_page()
    numbers = _numbers(riket)
    many = _many(riket)
    _national()
    make.theme_page("Inga siffror än")
    make.theme_page(
        "En enda siffra",
        key_figures=numbers[:1],
        tables=[make.table(numbers[0], caption="En rad och en period")],
    )
    make.theme_page(
        "Fem stora siffror",
        key_figures=numbers[:5],
        weave=Weave.SATIN,
        introduction=f"<p>Ett {UNBROKEN} i ingressen.</p>",
        summary=f"Siffror av alla slag, och ett {UNBROKEN.lower()}.",
        about_figures="<p>Siffrorna är påhittade.</p>",
        links=json.dumps(
            [
                {
                    "type": "link",
                    "value": {
                        "text": f"{UNBROKEN} hos exempel.se",
                        "url": "https://exempel.se/" + "mycket-lang-adress/" * 8,
                    },
                }
            ]
        ),
        responsible_unit=UNBROKEN,
    )
    make.theme_page("Tabeller av alla storlekar", weave=Weave.TWILL, tables=_tables(numbers, many, riket))
    _content_pages(numbers)
    for number in range(MENU - 4):
        make.content_page(f"Menyval {number + 1} om {UNBROKEN} och annat", show_in_menus=True)


def _numbers(riket: Area) -> list[Indicator]:
    """An indicator of each hard number, with a figure of its own and one to compare with."""
    made = [
        ("Folkmängd och andra stora antal", ValueType.COUNT, Polarity.NONE, "1234567", "98765"),
        ("Nettokostnadsavvikelse", ValueType.PERCENT, Polarity.LOWER_BETTER, "-12.5", "-0.4"),
        ("Lika som medianen", ValueType.DECIMAL, Polarity.HIGHER_BETTER, "7.35", "7.35"),
        (LONG_TITLE, ValueType.PERCENT, Polarity.HIGHER_BETTER, "100", "0"),
        (f"{LONG_WORD} åäö", ValueType.DECIMAL, Polarity.LOWER_BETTER, "12345.67891234", "-98765.4"),
        (UNBROKEN, ValueType.POINTS, Polarity.HIGHER_BETTER, "10", "9.5"),
        ("Nöjd kund-index", ValueType.INDEX, Polarity.HIGHER_BETTER, "0", "72"),
        ("Placering bland kommunerna", ValueType.RANK, Polarity.LOWER_BETTER, "290", "145"),
    ]
    figures, indicators = [], []
    for title, value_type, polarity, own, median in made:
        one = make.indicator(title, value_type=value_type, polarity=polarity, unit="antal per 1 000 invånare")
        indicators.append(one)
        for period, value in (("2016", own), ("2017", own)):
            figures.append(make.staged_figure(one, value, period))
        figures.append(make.staged_figure(one, median, "2017", of_area=riket, statistic=Statistic.MEDIAN))
    asked = make.indicator("Finns en krisplan?", value_type=ValueType.YES_NO, polarity=Polarity.HIGHER_BETTER)
    indicators.append(asked)
    figures.append(make.staged_figure(asked, "1"))
    figures.append(
        make.staged_figure(asked, "79.25", of_area=riket, statistic=Statistic.SHARE_YES),
    )
    make.publish(*figures)
    return indicators


def _national() -> None:
    """An indicator of each kind that is spread out over 290 municipalities; some have no value."""
    names = ["Upplands Väsby", "Malung-Sälen", "Örnsköldsvik", UNBROKEN]
    others = [make.area(name, code=f"{2001 + at}") for at, name in enumerate(names)]
    others += [make.area(f"Kommun nummer {number}", code=f"{3000 + number}") for number in range(285)]
    alike = make.area("Liknande kommuner, övergripande, Borås, 2017", kind=AreaKind.GROUP, year=2017)
    for member in (*others[:3], *others[100:104]):
        Membership.objects.create(group=alike, member=member)
    spread_out = [
        make.indicator("Alla kommuners värden", polarity=Polarity.LOWER_BETTER),
        make.indicator("Alla kommuners svar", value_type=ValueType.YES_NO, polarity=Polarity.HIGHER_BETTER),
    ]
    for one, own, value in zip(spread_out, ("10.4", "1"), ("{}.{}", "{3}"), strict=True):
        make.publish(
            make.staged_figure(one, own, "2016"),
            make.staged_figure(one, own),
            *(
                make.staged_figure(
                    one,
                    value.format(at * 7 % 13 + at % 5, at % 10, 0, int(at % 4 > 0)),
                    of_area=area,
                    status=Status.MISSING if at in (7, 8) else Status.NORMAL,
                )
                for at, area in enumerate(others)
            ),
        )


def _missing() -> list[Indicator]:
    """An indicator for each reason that a value can be missing for, and no value at all."""
    indicators = [make.indicator(f"Saknas därför: {reason.label}") for reason in REASONS]
    make.publish(
        *(make.staged_figure(one, status=reason) for one, reason in zip(indicators, REASONS, strict=True))
    )
    return indicators


def _many(riket: Area) -> list[Indicator]:
    """Forty indicators with eight years and a median each."""
    indicators = [make.indicator(f"Nyckeltal nummer {number} av fyrtio") for number in range(1, 41)]
    make.publish(
        *(
            make.staged_figure(one, f"{(place * 37 + year) % 1000}.{year % 10}", str(year))
            for place, one in enumerate(indicators)
            for year in range(2010, 2018)
        ),
        *(
            make.staged_figure(one, "512.5", "2017", of_area=riket, statistic=Statistic.MEDIAN)
            for one in indicators
        ),
    )
    return indicators


def _tables(numbers: Sequence[Indicator], many: Sequence[Indicator], riket: Area) -> list[make.Json]:
    """Tables from one cell to 40 × 9, with and without anything to compare with."""
    own = make.own_area()
    compared = [make.column(own, "2017"), make.column(riket, "2017", Statistic.MEDIAN)]
    years = [make.column(own, str(year)) for year in range(2010, 2018)]
    return [
        make.table(numbers[0], columns=compared[:1], caption="En rad och en kolumn"),
        make.table(*numbers, columns=compared, caption="Alla slags tal mot medianen", note="Text under."),
        make.table(*numbers[:3], columns=compared[:1], caption="Inget att jämföra med"),
        make.table(*_missing(), columns=compared, caption="Bara värden som saknas"),
        make.table(*many, columns=[*years, compared[1]], caption="Fyrtio rader och nio kolumner"),
        make.table(numbers[3], numbers[4], columns=compared, caption=f"{LONG_TITLE} och {UNBROKEN}"),
    ]


def _content_pages(numbers: Sequence[Indicator]) -> None:
    """A text page with everything that an editor can put on one, and one that lies deep."""
    text = (
        "<p>Löpande text med en <a href='https://skr.se/'>länk till SKR</a> och <b>fet stil</b>. "
        f"Här står ett {UNBROKEN.lower()} mitt i en mening.</p>"
        f"<ul><li>En punkt</li><li>{UNBROKEN}</li></ul><ol><li>Först</li><li>Sedan</li></ol>"
    )
    value = {
        "heading": f"{UNBROKEN} i en rubrik",
        "body": [
            {"type": "text", "value": text},
            {"type": "table", "value": make.table(*numbers[:2], caption="Tabell på en textsida")},
        ],
    }
    body = json.dumps([{"type": "text", "value": text}, {"type": "section", "value": value}])
    top = make.content_page(
        "Allt på en textsida", body=body, introduction="<p>Ingress.</p>", responsible_unit="Enheten"
    )
    make.content_page(f"Under textsidan ligger {UNBROKEN}", under=top)
