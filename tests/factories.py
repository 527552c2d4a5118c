"""The only way tests make data. Plain functions; whatever a test does not care about is filled in."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from boras_site.accounts.models import User
from boras_site.feedback.models import Feedback, Kind
from boras_site.models import AccessibilityStatementPage, ContentPage, HomePage
from comparisons import ledger, releases, roles, rows
from comparisons.loading import Entry
from comparisons.models import (
    KEY,
    Area,
    ComparisonsIndexPage,
    Indicator,
    Intake,
    KoladaLink,
    Population,
    Release,
    ReleaseMember,
    Source,
    StagedFigure,
    ThemePage,
)
from comparisons.periods import FIRST_YEAR, LAST_YEAR, Period
from comparisons.svenska import slug
from comparisons.terms import EMPTY_POPULATION, AreaKind, Gender, Statistic, Status, ValueType

_codes = count(9000)
Json = dict[str, Any]

# --- What figures are about ------------------------------------------------------------------


def area(name: str = "Göteborg", *, code: str = "", **fields: Any) -> Area:
    """A new municipality."""
    return Area.objects.create(name=name, code=code or str(next(_codes)), **fields)


def own_area() -> Area:
    """Borås, always the same."""
    return Area.objects.get_or_create(code="1490", defaults={"name": "Borås"})[0]


def country() -> Area:
    """Riket, always the same."""
    fields = {"name": "Riket", "name_in_text": "riket", "kind": AreaKind.COUNTRY}
    return Area.objects.get_or_create(code="0000", defaults=fields)[0]


def population(name: str = "kommunala skolor") -> Population:
    """An urval beside the empty one, the same for the same name."""
    return Population.objects.get_or_create(name=name, defaults={"slug": slug(name)})[0]


def source(producer: str = "Brå", **fields: Any) -> Source:
    """A new source."""
    return Source.objects.create(producer=producer, **fields)


def indicator(title: str = "Antal anmälda våldsbrott", *, live: bool = True, **fields: Any) -> Indicator:
    """A new indicator. Points get the scale 1–10 when none is given."""
    fields = {"value_type": ValueType.DECIMAL} | fields
    if fields["value_type"] == ValueType.POINTS:
        fields = {"scale_min": Decimal(1), "scale_max": Decimal(10)} | fields
    if "source" not in fields:
        fields["source"] = Source.objects.filter(producer="Brå").first() or source()
    return Indicator.objects.create(title=title, live=live, **fields)


# --- People ----------------------------------------------------------------------------------


def user(role: str = "", **fields: Any) -> User:
    """Somebody in the group of a role of ``comparisons.roles``; in no group unless told."""
    made = User.objects.create_user(username=f"anvandare-{next(_codes)}", **fields)
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made


def permissions(*codenames: str) -> list[Permission]:
    """The permissions of those names."""
    found = list(Permission.objects.filter(codename__in=codenames))
    assert {one.codename for one in found} == set(codenames)
    return found


def client(of: User) -> Client:
    """A browser in which somebody is logged in."""
    browser = Client()
    browser.force_login(of)
    return browser


# --- Figures and releases --------------------------------------------------------------------


def staged_figure(
    of: Indicator,
    value: str | None = "10.4",
    period: str = "2017",
    *,
    of_area: Area | None = None,
    urval: Population | None = None,
    statistic: str = Statistic.VALUE,
    gender: str = Gender.TOTAL,
    status: str = Status.NORMAL,
    **fields: Any,
) -> StagedFigure:
    """A figure that is not saved, of Borås unless told, with the decimals that ``value`` is written with.

    A status that is a kind of missing takes the value away.
    """
    number = None if value is None or status != Status.NORMAL else Decimal(value)
    fields = {
        "decimals": None if number is None else max(0, -int(number.as_tuple().exponent)),
        "source_id": of.source_id,
    } | fields
    return StagedFigure(
        indicator=of,
        area=of_area or own_area(),
        population_id=urval.pk if urval else EMPTY_POPULATION,
        statistic=statistic,
        gender=gender,
        period=Period.parse(period).code,
        value=number,
        status=status,
        **fields,
    )


def entry(of: Indicator, value: str | None = "10.4", period: str = "2017", **fields: Any) -> Entry:
    """A figure as a file or Kolada says it; takes what ``staged_figure`` takes."""
    figure = staged_figure(of, value, period, **fields)
    return Entry._make(getattr(figure, name) for name in rows.attributes([*KEY, *rows.CONTENT]))


def municipalities(number: int) -> list[Area]:
    """So many new municipalities, Borås not among them, with codes in their order."""
    made = [Area(name=f"Kommun {place}", code=str(next(_codes))) for place in range(1, number + 1)]
    return Area.objects.bulk_create(made)


def intake(name: str = "Siffror.xlsx", **fields: Any) -> Intake:
    """Something on its way in: a file, unless told."""
    return Intake.objects.create(name=name, **({"kind": Intake.Kind.FILE} | fields))


def release(*figures: StagedFigure, title: str = "Rättelse", **fields: Any) -> Release:
    """A draft release that holds the figures."""
    made = Release.objects.create(title=title, **({"reason": "Källan har rättat siffran."} | fields))
    if figures:
        ledger.stage(made, figures)
    return made


def submit(made: Release) -> Release:
    """The release as it stands after a communicator sent it for review."""
    releases.submit(made, user(roles.COMMUNICATOR))
    return made


def approve(made: Release) -> Release:
    """The release as it stands after somebody approved it."""
    made.state = Release.State.APPROVED
    made.save(update_fields=["state"])
    return made


def publish(*figures: StagedFigure, title: str = "Rättelse", **fields: Any) -> Release:
    """A published release of the figures: staged, approved, published."""
    return ledger.publish(approve(release(*figures, title=title, **fields)))


def member(of: Release, draft: Page | Indicator) -> ReleaseMember:
    """The object as it stands in memory, saved as a draft that goes public with the release."""
    return ReleaseMember.objects.create(
        release=of,
        content_object=draft,
        revision=draft.save_revision(),
        base_live_revision_id=draft.live_revision_id,
    )


def many_staged(of: Release, number: int) -> None:
    """Fill a draft release with figures by one statement, past ``ledger.stage``."""
    shown = indicator("Resultat i nationella prov")
    whole_years = LAST_YEAR - FIRST_YEAR + 1
    areas = [Area(name="Kommun", code=str(next(_codes))) for _ in range(-(-number // whole_years))]
    first = Area.objects.bulk_create(areas)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE years(y) AS (SELECT %s UNION ALL SELECT y + 1 FROM years WHERE y < %s) "
            f"INSERT INTO {StagedFigure._meta.db_table} (release_id, indicator_id, area_id, "
            "population_id, source_id, statistic, gender, period, value, decimals, status, "
            "preliminary, source_status, note, overruled) SELECT %s, %s, a.id, %s, %s, 'value', 'T', "
            "y * 1000 + 129, 0.5, 1, 'normal', %s, '', '', '' "
            f"FROM {Area._meta.db_table} a CROSS JOIN years WHERE a.id >= %s LIMIT %s",
            [
                FIRST_YEAR,
                LAST_YEAR,
                of.pk,
                shown.pk,
                EMPTY_POPULATION,
                shown.source_id,
                False,
                first.pk,
                number,
            ],
        )


# --- Pages -----------------------------------------------------------------------------------


def home_page() -> HomePage:
    """The site's front page, always the same; it takes the place of Wagtail's page of welcome."""
    if found := HomePage.objects.first():
        return found
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Öppna jämförelser", slug="start"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "testserver"}
    )
    for welcome in Page.objects.filter(depth=2).exclude(pk=home.pk):
        welcome.delete()
    return home


def index_page() -> ComparisonsIndexPage:
    """The list of all themes, always the same."""
    return ComparisonsIndexPage.objects.first() or home_page().add_child(
        instance=ComparisonsIndexPage(title="Alla teman", slug="oppna-jamforelser")
    )


def theme_page(
    title: str = "Trygghet och säkerhet",
    *,
    tables: Iterable[Json] = (),
    key_figures: Sequence[Indicator] = (),
    **fields: Any,
) -> ThemePage:
    """A live theme page with the tables in one section, and the large figures held against riket."""
    blocks = [{"type": "table", "value": made} for made in tables]
    if blocks:
        section = {"heading": "Resultat", "body": blocks}
        fields["results"] = json.dumps([{"type": "section", "value": section}])
    if key_figures:
        shown = [{"indicator": one.pk, "heading": "", "population": None} for one in key_figures]
        value = {"figures": shown, "area": country().pk, "statistic": Statistic.MEDIAN}
        fields["key_figures"] = json.dumps([{"type": "key_figures", "value": value}])
    page = ThemePage(title=title, slug=slug(title), **({"edition_year": 2018} | fields))
    return index_page().add_child(instance=page)


def content_page(title: str = "Om siffrorna", *, under: Page | None = None, **fields: Any) -> ContentPage:
    """A live text page, under the front page unless told."""
    page = ContentPage(title=title, slug=slug(title), **fields)
    return (under or home_page()).add_child(instance=page)


def statement_page(title: str = "Tillgänglighetsredogörelse", **fields: Any) -> AccessibilityStatementPage:
    """A live accessibility statement of a site that is wholly accessible, unless told."""
    chosen: Json = {
        "service_name": "Öppna jämförelser",
        "service_url": "https://jamforelser.example.se/",
        "conformance": "full",
        "assessment_text": "<p>Med tangentbord.</p>",
        "assessed_on": date(2020, 5, 4),
        "published_on": date(2020, 5, 5),
        "updated_on": date(2020, 5, 6),
    } | fields
    page = AccessibilityStatementPage(title=title, slug=slug(title), **chosen)
    return home_page().add_child(instance=page)


def table(*indicators: Indicator, columns: Sequence[Json] = (), **fields: Any) -> Json:
    """A table block's value: a row for each indicator; without columns, the two latest periods."""
    chosen: Json = {"type": "by_hand", "value": list(columns)}
    if not columns:
        latest: Json = {"number": 2, "population": None, "gender": Gender.TOTAL, "comparisons": []}
        chosen = {"type": "latest", "value": latest}
    return {
        "caption": "Anmälda brott",
        "rows": [{"indicator": one.pk, "label": "", "footnote": ""} for one in indicators],
        "columns": [chosen],
        "show_standing": True,
        "allow_earlier": False,
        "note": "",
    } | fields


def column(of_area: Area, period: str, statistic: str = Statistic.VALUE, **fields: Any) -> Json:
    """A column block's value, for ``table(columns=[…])``."""
    return {
        "area": of_area.pk,
        "period": period,
        "statistic": statistic,
        "population": None,
        "gender": Gender.TOTAL,
        "label": "",
    } | fields


# --- What readers send -----------------------------------------------------------------------


def feedback(message: str = "Texten är för liten.", **fields: Any) -> Feedback:
    """A reported fault; with ``helped``, an answer to whether the page helped."""
    kind = Kind.FAULT if fields.get("helped") is None else Kind.HELPED
    return Feedback.objects.create(**({"kind": kind, "page": "/om-siffrorna/", "message": message} | fields))


def kolada_link(of: Indicator, kpi: str = "U07418", **fields: Any) -> KoladaLink:
    """That an indicator is a KPI of Kolada, as if an editor had picked it."""
    title = fields.setdefault("title", "Anmälda våldsbrott, antal/1000 inv")
    made = {"title_now": title, "source": of.source, "decimals": 1} | fields
    return KoladaLink.objects.create(indicator=of, kpi=kpi, **made)


def kolada_fetch(**fields: Any) -> Intake:
    """A nightly fetch from Kolada that is over."""
    made = {"kind": Intake.Kind.KOLADA, "name": "Kolada", "state": Intake.State.DONE} | fields
    return Intake.objects.create(**({"finished_at": timezone.now()} | made))
