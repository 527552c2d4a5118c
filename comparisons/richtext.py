"""What rich text may hold: what the site needs, and no more. The only place that names it.

No first heading (the page's title is it), no italics, pictures, rules or embedded films: nothing on the
site needs them, and each button is one more thing to do wrong. A text gets headings for where it stands,
so that no level is skipped: see ``running_text``.
"""

from typing import NamedTuple


class Language(NamedTuple):
    """A language that a part of a text may be in."""

    code: str
    """As ``lang`` has it."""

    name: str
    """As the editor reads it."""

    right_to_left: bool = False

    @property
    def feature(self) -> str:
        """The name of the rich text feature."""
        return f"language-{self.code}"

    @property
    def style(self) -> str:
        """The name of the inline style, in the editor's own format."""
        return f"LANGUAGE_{self.code.upper()}"


#: English for the names of studies and organisations; Finnish because Borås belongs to the administrative
#: area of Finnish; Arabic and Somali for the name of a page in a language that many in the city read.
LANGUAGES = (
    Language("en", "engelska"),
    Language("fi", "finska"),
    Language("ar", "arabiska", right_to_left=True),
    Language("so", "somaliska"),
)

#: An introduction, a note: a few sentences.
SHORT_TEXT = ["bold", "link", *(language.feature for language in LANGUAGES)]

#: Paragraphs and lists without headings.
RUNNING_TEXT = ["ul", "ol", "bold", "link", "document-link", *(language.feature for language in LANGUAGES)]


def running_text(*headings: str) -> list[str]:
    """Paragraphs, lists and headings of the levels that come next where the text stands (``h3``)."""
    return [*headings, *RUNNING_TEXT]
