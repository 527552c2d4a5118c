"""Two versions woven into one, and what counts as a change. No page and no form."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.blocks import StreamBlock, StreamValue

from comparisons.blocks import LinkBlock, SectionBlock
from comparisons.desk.two_at_once.comparing import block_in_words, comparable, name_of
from comparisons.desk.two_at_once.differences import Sides
from comparisons.desk.two_at_once.merging import ORDER, UNKNOWN, Moved, moved, moved_blocks, woven

THEIRS, BOTH = Moved(touched=False), Moved(touched=True)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("a", "a", "a", None),
        ("a", "b", "a", None),
        ("a", "b", "b", None),
        ("a", "a", "b", THEIRS),
        ("a", "b", "c", BOTH),
        (UNKNOWN, "b", "b", None),
        (UNKNOWN, "a", "b", BOTH),
    ],
)
def test_what_counts_as_the_others_doing(base: Any, mine: Any, theirs: Any, expected: Moved | None) -> None:
    assert moved(base, mine, theirs) == expected


def stream(written: str) -> list[dict[str, Any]]:
    """``a1 b2``: a block a that says 1, and a block b that says 2."""
    return [{"type": "link", "id": one[0], "value": one[1:]} for one in written.split()]


def weave(base: str, mine: str, theirs: str, takes: str = "theirs") -> tuple[str, set[str]]:
    """The streams woven, and the ids of what both changed, of which one side is taken."""
    streams = [stream(one) for one in (base, mine, theirs)]
    found = moved_blocks(*streams)
    assert found is not None
    sides = {True: streams[2], False: streams[1]}

    def takes_theirs(key: str) -> bool:
        return key in found and (not found[key].touched or takes == "theirs")

    texts = {side: {block["id"]: block["value"] for block in sides[side]} for side in sides}
    order = woven(streams[1], streams[2], takes_theirs)
    return (
        " ".join(f"{key}{texts[side][key]}" for side, key in order),
        {key for key, one in found.items() if one.touched},
    )


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected", "asked"),
    [
        ("a1 b1", "a2 b1", "a1 b2", "a2 b2", set()),
        ("a1 b1", "a1", "a1 b1 c1", "a1 c1", set()),
        ("a1 b1", "a1 d1 b1", "a1 c1 b1", "a1 c1 d1 b1", set()),
        ("a1 b1", "a1 b2", "a1", "a1", {"b"}),
        ("a1 b1", "a1", "a1 b2", "a1 b2", {"b"}),
        ("a1 b1 c1", "b1 a1 c1", "a1 b1 c2", "b1 a1 c2", set()),
        ("a1 b1 c1", "a1 b1 c2", "b1 a1 c1", "b1 a1 c2", set()),
        ("a1 b1 c1", "b1 a1 c1", "a1 c1 b1", "a1 c1 b1", {ORDER}),
        ("a1 b1", "b1 a1", "b1 a1", "b1 a1", set()),
        ("a1", "", "", "", set()),
        ("", "a1", "b1", "b1 a1", set()),
        ("a1 b1", "x1 a1 b1", "a1 b1 y1", "x1 a1 b1 y1", set()),
    ],
)
def test_streams_are_woven_block_by_block(
    base: str, mine: str, theirs: str, expected: str, asked: set[str]
) -> None:
    assert weave(base, mine, theirs) == (expected, asked)


def test_mine_is_kept_of_what_both_changed_when_that_is_chosen() -> None:
    assert weave("a1 b1 c1", "b2 a1 c1", "a1 c1 b3", takes="mine") == ("b2 a1 c1", {"b", ORDER})
    assert weave("a1 b1", "a1 b2", "a1", takes="mine") == ("a1 b2", {"b"})


def test_blocks_that_cannot_be_told_apart_are_not_woven() -> None:
    for streams in (("a1", "a2", "a1 a3"), ("a1", "a2", " "), ("a1", "a1", "a1")):
        made = [stream(one) for one in streams]
        made[1].append({"type": "link", "id": "", "value": "x"})
        assert moved_blocks(*made) is None
    assert moved_blocks(UNKNOWN, stream("a1"), stream("a2")) is None


RICH = forms.CharField(widget=get_rich_text_editor_widget("default", features=["bold", "link"]))


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (RICH, "<p>Hej</p>", '<p data-block-key="x1y2z">Hej</p>'),
        (RICH, "", '<p data-block-key="x1y2z"></p>'),
        (RICH, "<p>Hej <b>du</b></p>", "<p>Hej <strong>du</strong></p>"),
        (forms.CharField(), "rad\nrad ", "rad\r\nrad"),
        (forms.CharField(), None, ""),
        (forms.DecimalField(), Decimal("1.50000000"), Decimal("1.5")),
        (forms.DecimalField(), Decimal("10"), Decimal("1E+1")),
        (
            forms.DateTimeField(),
            datetime(2026, 5, 1, 10, 0, 37, tzinfo=UTC),
            datetime.fromisoformat("2026-05-01T12:00:00+02:00"),
        ),
    ],
)
def test_the_same_written_otherwise_is_no_change(field: forms.Field, one: Any, other: Any) -> None:
    assert comparable(field, one) == comparable(field, other)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (RICH, "<p>Hej</p>", "<p><b>Hej</b></p>"),
        (RICH, '<p><a href="https://a.se/">X</a></p>', '<p><a href="https://b.se/">X</a></p>'),
        (forms.CharField(), "0", ""),
        (forms.IntegerField(), 0, None),
        (forms.BooleanField(), False, None),
        (forms.DecimalField(), Decimal("0"), None),
    ],
)
def test_another_thing_is_a_change(field: forms.Field, one: Any, other: Any) -> None:
    assert comparable(field, one) != comparable(field, other)


SECTIONS = StreamBlock([("section", SectionBlock()), ("link", LinkBlock())])


def section(heading: str, text: str, key: str = "a") -> dict[str, Any]:
    body = [{"type": "text", "value": f"<p>{text}</p><p>Mer</p>"}]
    return {"type": "section", "id": key, "value": {"heading": heading, "body": body}}


def test_a_block_is_told_in_words() -> None:
    (made,) = SECTIONS.to_python([section("Brand", "Vi <b>släcker</b> &amp; räddar")])
    assert block_in_words(made.block, made.value) == [
        "Rubrik: Brand",
        "Innehåll:",
        "Vi släcker & räddar",
        "Mer",
    ]
    assert name_of(made.block, made.value) == "Avsnitt ”Brand”"
    assert name_of(made.block, SECTIONS.to_python([section("", "")])[0].value) == "Avsnitt"


def sides(base: list[Any], mine: list[Any], theirs: list[Any]) -> Sides:
    field = SECTIONS.to_python([]), forms.Field(label="resultat")
    values = [SECTIONS.to_python(one) for one in (base, mine, theirs)]
    return Sides("results", field[1], comparable(field[1], values[0]), values[1], values[2])


def test_a_long_text_is_shown_without_what_is_common() -> None:
    def long(ending: str) -> list[Any]:
        return [section("A", f"{'</p><p>'.join(map(str, range(30)))}</p><p>{ending}")]

    (only,) = sides(long("x"), long("y"), long("z")).differences({})
    shown = [(line.text, line.differs) for line in only.mine]
    assert shown == [("Rubrik: A", False), ("…", False), ("29", False), ("y", True), ("Mer", False)]
    assert [line.text for line in only.theirs if line.differs] == ["z"]


def test_a_choice_holds_only_for_what_was_shown() -> None:
    first = sides([section("A", "x")], [section("A", "y")], [section("A", "z")])
    (one,) = first.differences({})
    assert (one.key, one.label, one.takes) == ("results:a", "Resultat: Avsnitt ”A”", "")
    sent = {one.name: f"theirs-{one.mark}"}
    assert first.differences(sent)[0].takes == "theirs"
    later = sides([section("A", "x")], [section("A", "y")], [section("A", "zz")])
    assert later.differences(sent)[0].takes == ""
    assert first.differences({one.name: f"everything-{one.mark}"})[0].takes == ""


def test_new_ids_alone_are_no_change() -> None:
    base, theirs = [section("A", "x", "a")], [section("A", "x", "other")]
    assert sides(base, [section("A", "y", "a")], theirs).differences({}) == []


def test_what_is_woven_is_a_stream_again() -> None:
    both = [section("A", "x", "a"), section("B", "x", "b")]
    woven_ = sides(both, [section("A", "y", "a"), both[1]], [both[0], section("B", "z", "b")])
    merged = woven_.merged(woven_.differences({}))
    assert isinstance(merged, StreamValue)
    said = [(child.id, child.value["body"][0].value.source) for child in merged]
    assert said == [("a", "<p>y</p><p>Mer</p>"), ("b", "<p>z</p><p>Mer</p>")]
