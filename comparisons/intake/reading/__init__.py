"""What a file says: from sheets of text to figures, and to what has to be asked or mended.

``understand`` is the way in. ``shape.py`` finds the tables, ``headings.py`` takes headings apart,
``long.py`` and ``wide.py`` read the two shapes, ``lexicon.py`` knows the names.
"""

from comparisons.intake.opening import Sheet, Workbook
from comparisons.intake.reading.cells import Interpreter
from comparisons.intake.reading.found import Found, Place
from comparisons.intake.reading.kept import keep_what_is_not_said
from comparisons.intake.reading.lexicon import Kind, Lexicon, key
from comparisons.intake.reading.long import LongReader
from comparisons.intake.reading.shape import LongHeader, long_header, wide_headers
from comparisons.intake.reading.wide import TableReader
from comparisons.intake.reading.words import COLUMN_LABELS
from comparisons.intake.understood import Answers, Choice, Question, Understood

__all__ = ["understand"]

_NO_TABLE = (
    "Filen har ingen tabell som går att läsa.",
    "Överst i tabellen ska det stå rubriker, till exempel ”Nyckeltal” och ”Borås 2017”. "
    "Hämta mallen för temat om du är osäker.",
)


def understand(workbook: Workbook, answers: Answers) -> Understood:
    """Read every sheet of a file. ``answers`` are the remembered names with the editor's own over them.

    A handful of queries, whatever the file holds. While there are questions, figures may be lacking.
    """
    found = Found()
    say = Interpreter(Lexicon(answers), found)
    several = len(workbook.sheets) > 1
    shapes: set[str] = set()
    carried: list[frozenset[str]] = []
    for sheet in workbook.sheets:
        name = sheet.name if several else ""
        shape, says = _read_sheet(sheet, say, name)
        shapes.add(shape)
        if shape:
            carried.append(says)
        else:
            found.ignore(f"Bladet ”{sheet.name}” har ingen tabell och läses inte.")
    shapes.discard("")
    if not shapes:
        found.problem("Filen", *_NO_TABLE)
    shape = "long" if shapes == {"long"} else "wide" if shapes else ""
    entries = found.entries
    in_all = frozenset.intersection(*carried) if carried else frozenset()
    if "n" in in_all or any(entry.n for entry in entries):
        in_all |= {"n"}
    entries = keep_what_is_not_said(entries, keep_decimals="wide" in shapes, keep_n="n" in in_all)
    return Understood(entries, in_all, found.questions, found.problems, shape, found.ignored)


def _read_sheet(sheet: Sheet, say: Interpreter, name: str) -> tuple[str, frozenset[str]]:
    """Read a sheet. Returns its shape, empty where there is no table, and what it carries."""
    if (long := long_header(sheet, say.lexicon)) is not None:
        if not _ask_of_columns(long, say, name):
            return "long", frozenset()
        reader = LongReader(sheet, long, say, name)
        reader.read()
        return "long", reader.carried
    headers = wide_headers(sheet, say.headings, say.lexicon)
    ends = [*(header.row for header in headers[1:]), len(sheet.rows)]
    above = 0
    for header, end in zip(headers, ends, strict=True) if headers else ():
        TableReader(sheet, header, end, above, say, name).read()
        above = header.row + 1
    return ("wide" if headers else ""), frozenset()


def _ask_of_columns(header: LongHeader, say: Interpreter, name: str) -> bool:
    """Ask what the unknown columns of a long sheet are. Whether it can be read as it stands."""
    free = [column for column in COLUMN_LABELS if column not in header.columns]
    for text, at in header.unknown.items():
        meaning = say.lexicon.answer(Kind.HEADING, key(Kind.HEADING, text).partition(":")[2])
        if meaning and meaning.get("ignore"):
            say.found.ignore(f"Kolumnen ”{text}” läses inte.")
            continue
        say.found.ask(
            Question(
                key(Kind.HEADING, text),
                str(Kind.HEADING.value),
                text,
                str(Place(name, header.row, at)),
                f"Vad står i kolumnen ”{text}”?",
                choices=[Choice(COLUMN_LABELS[column], {"column": column}) for column in free],
            )
        )
    missing = [column for column in ("indicator", "area", "period") if column not in header.columns]
    if missing and not header.unknown:
        for column in missing:
            say.found.problem(
                Place(name, header.row),
                f"Kolumnen ”{COLUMN_LABELS[column]}” saknas.",
                "Lägg till den, och fyll i den på varje rad.",
            )
    return not missing
