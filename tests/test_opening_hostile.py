"""Whatever the bytes are, a file opens or is refused with a sentence: in bounded time and memory."""

import csv
import io
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from comparisons.intake.opening import Sheet, Unreadable, open_file
from comparisons.pasted import tidy_line
from tests.hostile import files
from tests.hostile.parts import sheet, workbook

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
MOST_MEGABYTES, MOST_SECONDS = 300, 10
#: Words of programs and of English, none of which an editor is to meet.
NOT_SWEDISH = re.compile(
    r"\b(?:error|exception|traceback|invalid|file|line|the|not|none|null|unicode|codec|xml(?!-)|object)\b",
    re.IGNORECASE,
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)
TABLES = st.lists(st.lists(TEXTS, min_size=2, max_size=5), min_size=1, max_size=6)


def is_a_sentence(text: str) -> bool:
    """Whether an editor can read it."""
    return text[:1].isupper() and text.endswith(".") and not NOT_SWEDISH.search(text)


def test_every_hostile_file_opens_or_is_refused_with_a_sentence(tmp_path: Path) -> None:
    expected = files.lay_out(tmp_path)
    assert len(expected) >= 220
    # A process of its own, without Django: what it needs is what opening needs.
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.files", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    wrong = [
        (name, outcome, sentence, seconds, megabytes)
        for name, outcome, sentence, seconds, megabytes in told
        if outcome != expected[name]
        or (outcome == "refused" and not is_a_sentence(sentence))
        or seconds >= MOST_SECONDS
        or megabytes >= MOST_MEGABYTES
    ]
    assert wrong == []
    assert [name for name, *_ in told] == list(expected)


def opened(name: str, content: bytes) -> list[Sheet]:
    """The sheets, or none when the file is refused as it should be."""
    try:
        sheets = open_file(name, content).sheets
    except Unreadable as error:
        assert is_a_sentence(str(error))
        return []
    for one in sheets:
        assert one.rows and (one.rows[-1] or any(row == len(one.rows) - 1 for row, _ in one.faults))
        assert all(row < len(one.rows) and column < len(one.rows[row]) for row, column in one.faults)
        assert all(text == tidy_line(text) for row in one.rows for text in row)
    assert sheets
    return sheets


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    opened("x.csv", content)
    opened("x.xlsx", b"PK\x03\x04" + content)


@cache
def valid() -> tuple[bytes, ...]:
    """A workbook, its sheet as XML, and a CSV file."""
    return workbook(), sheet().encode(), "Nyckeltal;Borås 2017\nVåldsbrott;10,4\n".encode()


@settings(max_examples=300)
@given(st.data())
def test_a_good_file_with_bytes_cut_changed_or_added(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([0, 1, 2]))
    content = valid()[kind]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        until = data.draw(st.sampled_from([at, at + 1, at + 7, len(content)]))
        content = content[:at] + data.draw(st.binary(max_size=4)) + content[until:]
    # A sheet goes where a workbook has it: else the checksum would tell before it is read.
    opened("x", workbook(content) if kind == 1 else content)


@given(TABLES, st.sampled_from(";\t"), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_texts_come_back_from_csv_as_they_were(table: list[list[str]], delimiter: str, encoding: str) -> None:
    file = io.StringIO(newline="")
    file.write(f"sep={delimiter}\n")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    assert_same(opened("x.csv", file.getvalue().encode(encoding)), table)


@given(TABLES)
def test_texts_come_back_from_a_workbook_as_they_were(table: list[list[str]]) -> None:
    table = [
        [ILLEGAL_CHARACTERS_RE.sub("", text).lstrip("=").replace("_x", "") for text in row] for row in table
    ]
    made = Workbook(write_only=True)
    active = made.create_sheet("Blad1")
    for row in table:
        # openpyxl takes #N/A for an error; what it writes is the same text.
        active.append(row)
    file = io.BytesIO()
    made.save(file)
    assert_same(opened("x.xlsx", file.getvalue()), table)


def assert_same(sheets: list[Sheet], table: list[list[str]]) -> None:
    """The same texts in the same cells, tidied as anything an editor pastes."""
    tidied = [[tidy_line(text) for text in row] for row in table]
    for row in tidied:
        while row and not row[-1]:
            row.pop()
    while tidied and not tidied[-1]:
        tidied.pop()
    assert [one.rows for one in sheets] == ([tidied] if tidied else [])
