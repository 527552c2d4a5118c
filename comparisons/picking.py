"""The municipalities that a reader picks to compare with. They stand in the address and nowhere else.

``?jamfor=0180&jamfor=1480``: municipality codes in order, so that the same choice is always the same page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

PARAMETER = "jamfor"
MOST = 5
_LONGEST_CODE = 20


@dataclass(frozen=True)
class Picked:
    """The codes to look up, in order. ``is_tidy`` when the address has just them, and in this order.

    ``too_many`` when more were asked for, of which these are the first; ``unreadable`` when some were
    no codes.
    """

    codes: tuple[str, ...] = ()
    is_tidy: bool = True
    too_many: bool = False
    unreadable: bool = False


def read(query: QueryDict) -> Picked:
    """What an address asks for. The own municipality is there anyway."""
    written = query.getlist(PARAMETER)
    asked = dict.fromkeys(text for text in written if text and text != settings.OWN_MUNICIPALITY)
    readable = [text for text in asked if text.isascii() and text.isalnum() and len(text) <= _LONGEST_CODE]
    too_many, unreadable = len(readable) > MOST, len(readable) < len(asked)
    codes = tuple(sorted(readable[:MOST]))
    is_tidy = too_many or unreadable or tuple(written) == codes
    return Picked(codes, is_tidy, too_many, unreadable)


def question(codes: Iterable[str]) -> str:
    """The address's question for these codes: ``?jamfor=0180&jamfor=1480``, or nothing."""
    return f"?{urlencode([(PARAMETER, code) for code in sorted(codes)])}" if codes else ""
