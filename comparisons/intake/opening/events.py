"""XML of a workbook's part, read as a stream of events in bounded memory.

No library that is meant for files one trusts: entities, a document type, names without end, elements inside
elements without end and one tag of many megabytes are refused before they have cost anything.
"""

import re
from typing import IO
from xml.parsers import expat

from comparisons.intake.opening.limits import DAMAGED, Room, Unreadable

#: A sheet has about ten elements inside each other, and its files about a hundred names.
MOST_DEPTH = 100
MOST_NAMES = 10_000
_LONGEST_TAG = 1_000_000
_PIECE = 1 << 16
#: How a character that XML cannot hold is written: ``_x000D_``.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Listener:
    """What happens in a part. Names come without prefix; a text may come in several pieces."""

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def ended(self, tag: str) -> None:
        """An element ends."""

    def said(self, text: str) -> None:
        """Text stands between two tags."""


def listen(stream: IO[bytes], room: Room, listener: Listener) -> None:
    """Read all of ``stream`` to ``listener``. Raises Unreadable when it is not XML as workbooks have it."""
    names: dict[str, str] = {}
    local: dict[str, str] = {}
    started, ended = listener.started, listener.ended
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise Unreadable(DAMAGED)
        tag = local.get(name)
        if tag is None:
            tag = local[name] = name.rpartition(":")[2]
        started(tag, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        ended(local[name])

    def refuse(*_: object) -> None:
        raise Unreadable(DAMAGED)

    parser = expat.ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.said
    # Without a document type there are no entities to expand or to fetch.
    parser.StartDoctypeDeclHandler = refuse
    fed = 0
    try:
        while piece := stream.read(_PIECE):
            room.take_tags(piece.count(b"<"))
            parser.Parse(piece)
            fed += len(piece)
            # A tag that has begun and not ended is read again with every piece.
            if len(names) > MOST_NAMES or fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise Unreadable(DAMAGED)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def unescaped(text: str) -> str:
    """The text with the characters that XML cannot hold, but for halves of characters, which are none."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)
