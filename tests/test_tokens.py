"""The colours of the stylesheet, by computing: text 7:1 and graphics 3:1 on what they stand on.

Which pairs there are is told here; a token that is in no pair fails, so a new colour has to be thought of.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static" / "css" / "site.css").read_text()
GROUNDS = ("paper", "tint")
#: Written in this colour, on these grounds.
TEXT = {
    "ink": GROUNDS,
    "muted": GROUNDS,
    "cool": GROUNDS,
    "warm-ink": ("paper",),  # Borås in writing stands on paper only
    "paper": ("ink", "cool"),  # buttons, and buttons that are pointed at
}
#: Drawn in this colour, with a meaning: signs, threads, marks, rings of focus, borders of what is clicked.
GRAPHICS = {
    "ink": GROUNDS,
    "cool": GROUNDS,
    "warm": ("paper",),
    "thread": ("paper",),
    "weft": ("paper",),
}
#: Carry no meaning: they divide and adorn.
ORNAMENT = {"hairline", "warp"}


def tokens(block: str) -> dict[str, str]:
    """The colours that a block of CSS sets, by token."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,8})\b", block))


def block_after(start: str) -> str:
    """What stands between the braces that follow the first place ``start`` matches."""
    found = re.search(start + r"[^{]*\{", CSS)
    assert found, start
    depth, end = 1, found.end()
    while depth:
        depth += {"{": 1, "}": -1}.get(CSS[end], 0)
        end += 1
    return CSS[found.end() : end - 1]


LIGHT = tokens(block_after(r":root"))
DARK = LIGHT | tokens(block_after(r"@media screen and \(prefers-color-scheme: dark\)"))
#: On paper, where the print style says otherwise. What is printed is printed light.
PRINT = LIGHT | tokens(block_after(r"@media print"))
THEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    digits = colour.lstrip("#")
    assert len(digits) in (3, 6), f"{colour} is see-through: its contrast depends on what is under it"
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (
        part / 12.92
        if (part := int(digits[at : at + 2], 16) / 255) <= 0.04045
        else ((part + 0.055) / 1.055) ** 2.4
        for at in (0, 2, 4)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 for the same colour, 21 for black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_right() -> None:
    assert contrast("#fff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_both_themes_are_read() -> None:
    assert len(LIGHT) >= 11 and {"paper", "ink"} <= LIGHT.keys()
    assert luminance(LIGHT["paper"]) > 0.9 > 0.1 > luminance(DARK["paper"])
    assert DARK.keys() == LIGHT.keys()
    assert all(DARK[name] != LIGHT[name] for name in LIGHT)


def test_every_colour_has_its_use_told() -> None:
    assert LIGHT.keys() == set(TEXT) | set(GRAPHICS) | set(GROUNDS) | ORNAMENT


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_seen_by_seven_to_one(theme: str) -> None:
    colours = THEMES[theme]
    weak = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name, grounds in TEXT.items()
        for ground in grounds
        if contrast(colours[name], colours[ground]) < 7
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_graphics_are_seen_by_three_to_one(theme: str) -> None:
    colours = THEMES[theme]
    weak = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name, grounds in GRAPHICS.items()
        for ground in grounds
        if contrast(colours[name], colours[ground]) < 3
    }
    assert weak == {}


def test_text_is_written_and_drawn_in_tokens_only() -> None:
    """No colour stands outside the tokens, and none that is only for drawing colours text."""
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    outside = [
        found
        for found in re.findall(
            r"(?<![\w-])(?!--)[\w-]+:[^;{}]*(?:#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()[^;{}]*", rules
        )
        if not found.startswith("url")
    ]
    assert outside == []
    written = set(re.findall(r"(?<![\w-])color:\s*var\(--([\w-]+)\)", rules))
    assert written <= set(TEXT), written - set(TEXT)
