"""Which KPI an indicator is: looked for by its words or its id, chosen, and let go of again."""

import re
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from comparisons.intake.kolada import answers
from comparisons.intake.kolada.answers import Kpi
from comparisons.intake.kolada.client import Client, KoladaError, NotFound, in_path
from comparisons.intake.kolada.describing import described
from comparisons.models import Indicator, KoladaLink, Source
from comparisons.svenska import sort_key
from comparisons.terms import ValueType

if TYPE_CHECKING:
    from boras_site.accounts.models import User

#: How many KPIs a search shows.
MOST_FOUND = 50
_ID = re.compile(r"[A-Za-z]\d{5}")
_WHOLE = frozenset({ValueType.COUNT, ValueType.YES_NO, ValueType.RANK})

KOLADA, ADDRESS = "Kolada", "https://www.kolada.se/"
LICENCE = "Fri att använda, även kommersiellt, om Kolada anges som källa"

#: What is remembered in the indicator's history.
LINKED, UNLINKED = "comparisons.kolada.link", "comparisons.kolada.unlink"
SEEN, DECIMALS = "comparisons.kolada.seen", "comparisons.kolada.decimals"


class NotLinked(Exception):
    """The KPI could not be linked. ``str`` says why, in Swedish; nothing is saved."""


def search(client: Client, words: str) -> list[Kpi]:
    """The KPIs whose title holds all the words, or the one of that id, in Swedish order. Raises KoladaError.

    Kolada looks for one piece of text, so it is asked for the longest word and the rest is looked for here.
    """
    wanted = words.split()
    if not wanted:
        return []
    if len(wanted) == 1 and _ID.fullmatch(wanted[0]):
        try:
            return [answers.kpi(row) for row in client.rows(f"kpi/{in_path([wanted[0].upper()])}")]
        except NotFound:
            return []
    try:
        found = [answers.kpi(row) for row in client.rows("kpi", title=max(wanted, key=len))]
    except NotFound:
        return []
    folded = [word.casefold() for word in wanted]
    fitting = [kpi for kpi in found if all(word in kpi.title.casefold() for word in folded)]
    return sorted(fitting, key=lambda kpi: sort_key(kpi.title))


def link(indicator: Indicator, kpi_id: str, user: "User | None", client: Client | None = None) -> KoladaLink:
    """Say that the indicator is this KPI, in place of what it was before. Figures are fetched later.

    Raises KoladaError when Kolada does not know it or cannot be asked, NotLinked when another indicator is
    it already.
    """
    kpi = _look_up(client, kpi_id)
    with transaction.atomic():
        taken = KoladaLink.objects.filter(kpi=kpi.id).exclude(indicator=indicator).select_related("indicator")
        if other := taken.first():
            raise _taken(kpi, str(other.indicator))
        try:
            with transaction.atomic():
                made, _ = KoladaLink.objects.update_or_create(
                    indicator=indicator,
                    defaults={
                        **described(kpi),
                        "kpi": kpi.id,
                        "title": kpi.title,
                        "source": source_of(kpi),
                        "decimals": 0 if indicator.value_type in _WHOLE else 1,
                        "is_gone": False,
                        "fault": "",
                        "fetched_at": None,
                    },
                )
        except IntegrityError as error:  # somebody else was faster
            raise _taken(kpi, "ett annat nyckeltal") from error
        log(indicator, LINKED, user=user, data={"kpi": str(made)})
    return made


@transaction.atomic
def unlink(link: KoladaLink, user: "User | None") -> None:
    """Fetch it no more. Its figures stay, published or waiting."""
    log(link.indicator, UNLINKED, user=user, data={"kpi": str(link)})
    link.delete()


@transaction.atomic
def see_title(link: KoladaLink, title: str, user: "User | None") -> bool:
    """Take the title that she saw for known. False when it has changed again since, so she is told of it."""
    seen = KoladaLink.objects.filter(pk=link.pk, title_now=title).update(title=title)
    if seen:
        log(link.indicator, SEEN, user=user, data={"kpi": title})
    return bool(seen)


@transaction.atomic
def set_decimals(link: KoladaLink, decimals: int, user: "User | None") -> None:
    """Show its figures with so many decimals from the next fetch on. Raises ValueError for a count's."""
    if not 0 <= decimals <= 8:
        raise ValueError("Välj mellan 0 och 8 decimaler.")
    if decimals and link.indicator.value_type in _WHOLE:
        raise ValueError("Nyckeltalet har hela tal, så det kan inte ha decimaler.")
    KoladaLink.objects.filter(pk=link.pk).update(decimals=decimals)
    log(link.indicator, DECIMALS, user=user, data={"decimals": decimals})


def source_of(kpi: Kpi) -> Source:
    """The source of a KPI's figures: made by whom the description names, fetched from Kolada."""
    fields = {"producer": kpi.producer or KOLADA, "fetched_from": KOLADA if kpi.producer else ""}
    known = Source.objects.filter(**fields, publication="", url=ADDRESS).order_by("pk").first()
    return known or Source.objects.create(**fields, url=ADDRESS, licence=LICENCE)


def _look_up(client: Client | None, kpi_id: str) -> Kpi:
    if client is None:
        with Client(hurried=True) as own:
            return _look_up(own, kpi_id)
    wanted = kpi_id.strip().upper()
    if not _ID.fullmatch(wanted):
        raise KoladaError(f"”{kpi_id.strip()[:20]}” är ingen beteckning i Kolada. De ser ut som U07418.")
    try:
        found = [answers.kpi(row) for row in client.rows(f"kpi/{in_path([wanted])}")]
    except NotFound:
        found = []
    if [kpi.id for kpi in found] != [wanted]:
        raise KoladaError(f"Kolada har inget nyckeltal {wanted}.")
    return found[0]


def _taken(kpi: Kpi, by: str) -> NotLinked:
    return NotLinked(f"{kpi.id} hämtas redan till {by}. Koppla loss det där först, eller välj ett annat.")
