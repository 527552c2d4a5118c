"""Texts without what pasting from Word, a PDF or a web page brings along. Pure: no database.

What goes in is what an editor sent; what comes out reads the same and holds only what can be seen.
Nothing is guessed at: words, capitals, quotes and numbers stay as they were written.
"""

import re
import unicodedata

from bs4 import BeautifulSoup, NavigableString, Tag

from comparisons.svenska import NARROW_NBSP, NBSP, SOFT_HYPHEN

# Seen by nobody, found by no search: zero-width spaces and joiners of words, marks of reading direction
# (a part in Arabic has ``dir``), control characters, and Word's bullets, which are in a font of their own.
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ufffd\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# A soft hyphen says where a long word may be divided; anywhere else it says nothing.
_STRAY_HYPHEN = re.compile(rf"(?<![^\W\d_]){SOFT_HYPHEN}+|{SOFT_HYPHEN}+(?![^\W\d_])")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")

#: What a paragraph of rich text may be; none of them stands without words.
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = ("a", "b", "strong", "i", "em", "span")
#: What is not words and yet seen. The editor offers none of it; a text from elsewhere keeps it.
_MEDIA = ["img", "embed", "hr"]


def tidy_line(text: str) -> str:
    """One line: line ends, tabs and runs of spaces become one space, and none stands first or last."""
    return _tidy(text).strip()


def tidy_lines(text: str) -> str:
    """Several lines, each as ``tidy_line`` has it; never two empty ones in a row, first or last."""
    lines = "\n".join(tidy_line(line) for line in _LINE_ENDS.split(text))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def tidy_rich_text(html: str) -> str:
    """Rich text as the database keeps it, without empty paragraphs, stray spaces and empty markup.

    Text that is tidy comes back as it was, to the character. A text without a word is the empty one.
    """
    soup = BeautifulSoup(html, "html.parser")
    before = soup.decode()
    for heading in soup.find_all(_HEADINGS):
        for bold in heading.find_all(["b", "strong"]):
            bold.unwrap()
    for block in reversed(soup.find_all(_BLOCKS)):
        _tidy_block(block)
    for emptied in reversed(soup.find_all(["ul", "ol"])):
        if emptied.find("li") is None:
            emptied.decompose()
    after = soup.decode()
    return html if after == before else after


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _CONTROL.sub("", _UNSEEN.sub("", text))
    text = _STRAY_HYPHEN.sub("", text)
    return _SPACES.sub(_one_space, text)


def _one_space(found: re.Match[str]) -> str:
    """A space; one that does not break where a single such holds a number together (``1 000``, ``79 %``)."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    holds = found[0] in (NBSP, NARROW_NBSP) and (before.isdigit() or after.isdigit())
    return NBSP if holds else " "


def _tidy_block(block: Tag) -> None:
    """Tidy the block's own text; a list inside an item is a block of its own, and stays.

    A line break is kept between two lines with words. More of them were meant as space between paragraphs.
    """
    lines: list[list[NavigableString]] = [[]]
    breaks: list[Tag] = []
    for node in block.descendants:
        if node.find_parent(_BLOCKS) is not block:
            continue
        if isinstance(node, NavigableString):
            lines[-1].append(node)
        elif isinstance(node, Tag) and node.name == "br":
            breaks.append(node)
            lines.append([])
    first, *rest = [_tidy_spaces(line) for line in lines]
    has_begun = first
    for line_break, has_words in zip(breaks, rest, strict=True):
        if not (has_begun and has_words):
            line_break.decompose()
        has_begun = has_begun or has_words
    for inline in reversed(block.find_all(_INLINE)):
        if not inline.get_text() and inline.find(_MEDIA) is None:
            inline.decompose()
    if not block.get_text() and block.find(_MEDIA) is None:
        block.decompose()


def _tidy_spaces(line: list[NavigableString]) -> bool:
    """Tidy a line that is in several pieces, bold ones and links; whether it has words."""
    texts: list[str] = []
    for piece in line:
        text, before = _tidy(piece), "".join(texts)
        texts.append(text.lstrip() if not before or before.endswith(" ") else text)
    for place in reversed(range(len(texts))):
        texts[place] = texts[place].rstrip()
        if texts[place]:
            break
    for piece, text in zip(line, texts, strict=True):
        if text != piece:
            piece.replace_with(text)
    return any(texts)
