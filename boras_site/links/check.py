"""One run of the check: every link is looked at, and what was told before is replaced by what is so now."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from boras_site.links.collect import Link, every_link
from boras_site.links.elsewhere import Answer, Asker
from boras_site.links.here import OwnSite
from boras_site.links.models import BrokenLink, Reason, UnsureAddress

#: On how many days an address must fail before it is told, when it may only be that we are not let in.
UNSURE_DAYS = 3
#: How long we take somebody's word that such an address works.
TRUSTED_FOR = timedelta(days=180)

_BROKEN = {
    Answer.GONE: Reason.GONE,
    Answer.NO_SUCH_NAME: Reason.NO_SUCH_NAME,
    Answer.UNTRUSTED: Reason.UNTRUSTED,
}


#: Which link of which holder: a link that stands twice on a page is told once.
_Key = tuple[str, int, str]


@dataclass(frozen=True)
class Report:
    """What a run found: how many links it looked at, those that are broken, how many addresses are in doubt.

    ``offline`` says that not one other site answered, so nothing new is concluded of them.
    """

    links: int
    broken: dict[Link, Reason]
    unsure: int
    offline: bool


def check(asker: Asker | None = None, *, dry_run: bool = False) -> Report:
    """Look at every link and remember what is broken; with ``dry_run`` remember nothing.

    No transaction is held while other sites are asked. The links are read anew before the result is
    written, so that what somebody mended meanwhile is not told.
    """
    site = OwnSite()
    asked = set()
    for link in every_link():
        if site.is_ours(link):
            site.fault(link)  # remembered, so that no page is fetched while the result is written
        elif _is_elsewhere(link):
            asked.add(link.url)
    answers = (asker or Asker()).ask(sorted(asked))
    offline = _is_offline(answers)
    with transaction.atomic():
        if not offline:
            _remember_doubts(answers)
        report = _judge(site, answers, offline)
        _replace(report.broken)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _is_elsewhere(link: Link) -> bool:
    return link.url.lower().startswith(("http://", "https://"))


def _is_offline(answers: dict[str, Answer]) -> bool:
    """Whether it is we who are cut off: several addresses, and no site that knew any of them."""
    known = (Answer.WORKS, Answer.GONE, Answer.UNTRUSTED)
    return len(answers) > 1 and not any(answer in known for answer in answers.values())


def _remember_doubts(answers: dict[str, Answer]) -> None:
    """Count the days of the addresses in doubt, and forget those that are in doubt no more."""
    today = timezone.localdate()
    doubtful = [url for url, answer in answers.items() if answer is Answer.UNSURE]
    UnsureAddress.objects.exclude(url__in=doubtful).delete()
    UnsureAddress.objects.filter(failed_on__lt=today).update(days=F("days") + 1, failed_on=today)
    known = set(UnsureAddress.objects.values_list("url", flat=True))
    UnsureAddress.objects.bulk_create(
        UnsureAddress(url=url, days=1, failed_on=today) for url in doubtful if url not in known
    )


def _judge(site: OwnSite, answers: dict[str, Answer], offline: bool) -> Report:
    long_ago = timezone.now() - TRUSTED_FOR
    doubts = UnsureAddress.objects.filter(days__gte=UNSURE_DAYS)
    told = set(doubts.exclude(works_at__gte=long_ago).values_list("url", flat=True))
    earlier = {_key_of(row): Reason(row.reason) for row in BrokenLink.objects.all()}
    broken: dict[_Key, tuple[Link, Reason]] = {}
    number = 0
    for link in every_link():
        number += 1
        reason: Reason | None = None
        if site.is_ours(link):
            reason = site.fault(link)
        elif offline:
            reason = earlier.get(_key(link))
        elif link.url in told:
            reason = Reason.UNSURE
        elif answer := answers.get(link.url):
            reason = _BROKEN.get(answer)
        if reason:
            broken.setdefault(_key(link), (link, reason))
    return Report(number, dict(broken.values()), UnsureAddress.objects.count(), offline)


def _replace(broken: dict[Link, Reason]) -> None:
    """Write what is broken in the place of what was, each with the time when it was first found."""
    since = {_key_of(row): row.found_at for row in BrokenLink.objects.all()}
    now = timezone.now()
    BrokenLink.objects.all().delete()
    BrokenLink.objects.bulk_create(
        BrokenLink(
            **{f"{link.holder}_id": link.key},
            path=link.path,
            url=link.url,
            text=link.text,
            reason=reason,
            found_at=since.get(_key(link), now),
        )
        for link, reason in broken.items()
    )


def _key(link: Link) -> _Key:
    return (link.holder, link.key, link.url)


def _key_of(row: BrokenLink) -> _Key:
    holder = "page" if row.page_id else "indicator" if row.indicator_id else "source"
    return (holder, row.page_id or row.indicator_id or row.source_id or 0, row.url)
