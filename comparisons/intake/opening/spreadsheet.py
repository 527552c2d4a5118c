"""XLSX: which sheets there are, and what their cells share: texts and formats.

Read here, part by part, and not by openpyxl: that keeps a row's, a sheet's and the styles' whole trees
in memory before it yields a cell, and it does not tell a formula without a saved value from an empty cell.
Only the parts that say what stands in a visible sheet are opened. Macros, external links, pivot tables,
drawings and defined names are never touched, so nothing of them can run, be fetched or blow up.
"""

import posixpath

from comparisons.intake.opening.cells import SheetListener
from comparisons.intake.opening.events import Listener, listen, unescaped
from comparisons.intake.opening.limits import (
    DAMAGED,
    MOST_SHEETS,
    Room,
    Unreadable,
    check_characters,
    count,
)
from comparisons.intake.opening.number_formats import GENERAL, format_of
from comparisons.intake.opening.package import Package
from comparisons.intake.opening.workbook import Sheet, Workbook

_USUAL_PLACE = "xl/workbook.xml"
_MOST_STYLES = 100_000
_RELATION_TAKES = 500
_TEXT_TAKES = 8


def open_spreadsheet(package: Package, room: Room) -> Workbook:
    """The visible sheets of a workbook. Rows and columns that are hidden count, as a filter hides them.

    Raises Unreadable.
    """
    main = _main_part(package, room)
    book = _Book(room)
    _read(package, main, room, book)
    if book.sheets and not any(visible for _, _, visible in book.sheets):
        raise Unreadable("Alla blad i filen är dolda. Visa det blad som ska läsas in och spara filen igen.")
    visible = [(name, relation) for name, relation, visible in book.sheets if visible]
    if len(visible) > MOST_SHEETS:
        raise Unreadable(
            f"Filen har {count(len(visible))} blad. Högst {count(MOST_SHEETS)} går att läsa in. "
            "Kopiera de blad som behövs till en ny arbetsbok."
        )
    relations = _relations(package, main, room)
    texts, formats = _Texts(room), _Formats(room)
    for kind, listener in (("sharedStrings", texts), ("styles", formats)):
        for place in (place for of_kind, place in relations.values() if of_kind == kind):
            _read(package, place, room, listener)
            break
    sheets: list[Sheet] = []
    for name, relation in visible:
        kind, place = relations.get(relation, ("", ""))
        if kind in ("chartsheet", "dialogsheet", "xlMacrosheet"):
            continue
        if kind != "worksheet":
            raise Unreadable(DAMAGED)
        cells = SheetListener(room, texts.all, formats.codes)
        _read(package, place, room, cells)
        sheets.append(cells.sheet(room.text(name[:100])))
    return Workbook(sheets)


def _read(package: Package, place: str, room: Room, listener: Listener) -> None:
    with package.part(place) as stream:
        listen(stream, room, listener)


def _main_part(package: Package, room: Room) -> str:
    """Where the workbook itself stands, by the package's relations, or where it usually does."""
    if "_rels/.rels" in package:
        for kind, place in _relations(package, "", room).values():
            if kind == "officeDocument" and place in package:
                return place
    return _USUAL_PLACE


def _relations(package: Package, place: str, room: Room) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the package: by its id, the last word of its kind, and its place."""
    folder, name = posixpath.split(place)
    listener = _Relations(folder, room)
    _read(package, posixpath.join(folder, "_rels", f"{name}.rels"), room, listener)
    return listener.found


class _Relations(Listener):
    def __init__(self, folder: str, room: Room) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        self._folder, self._room = folder, room

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        self._room.take(_RELATION_TAKES)
        kind = attributes.get("Type", "").rpartition("/")[2]
        place = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
        self.found.setdefault(attributes.get("Id", ""), (kind, place.lstrip("/")))


class _Book(Listener):
    """The workbook's own part: the name, the relation and the visibility of each sheet."""

    def __init__(self, room: Room) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self._room = room

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "sheet":
            return
        self._room.take(_RELATION_TAKES)
        relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        is_visible = attributes.get("state", "visible") not in ("hidden", "veryHidden")
        self.sheets.append((attributes.get("name", ""), relation, is_visible))


class _Texts(Listener):
    """The texts that cells refer to by number, without their looks and without readings (``rPh``)."""

    def __init__(self, room: Room) -> None:
        self.all: list[str] = []
        self._room = room
        self._pieces: list[str] = []
        self._length = 0
        self._wanted = False
        self._reading = False

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t":
            self._wanted = not self._reading
        elif tag == "si":
            self._pieces, self._length = [], 0
        elif tag == "rPh":
            self._reading = True

    def ended(self, tag: str) -> None:
        if tag == "t":
            self._wanted = False
        elif tag == "rPh":
            self._reading = False
        elif tag == "si":
            self._room.take(_TEXT_TAKES)
            self.all.append(self._room.text(unescaped("".join(self._pieces))))

    def said(self, text: str) -> None:
        if self._wanted:
            self._length += len(text)
            check_characters(self._length)
            self._pieces.append(text)


class _Formats(Listener):
    """The number format of each style that a cell may have."""

    def __init__(self, room: Room) -> None:
        self.codes: list[str] = []
        self._own: dict[int, str] = {}
        self._inside = ""
        self._room = room

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("numFmts", "cellXfs"):
            self._inside = tag
        elif tag == "numFmt" and self._inside == "numFmts":
            self._room.take(_RELATION_TAKES)
            self._own[int(attributes.get("numFmtId", ""))] = attributes.get("formatCode", GENERAL)
        elif tag == "xf" and self._inside == "cellXfs":
            if len(self.codes) >= _MOST_STYLES:
                raise Unreadable(DAMAGED)
            self.codes.append(format_of(int(attributes.get("numFmtId", "0")), self._own))

    def ended(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
