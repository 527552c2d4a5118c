"""The editors' guide, docs/redaktor.md, as a page of the admin: one text for both places."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor
from wagtail.admin.menu import MenuItem

from comparisons import svenska
from comparisons.desk.views import DeskView

GUIDE = Path(settings.BASE_DIR) / "docs" / "redaktor.md"
#: Where the guide's pictures stand beside it, and under which prefix they are served.
PICTURES, SERVED = "images/redaktor/", "guide/"


@dataclass(frozen=True)
class Guide:
    """The guide as HTML, and its chapters: the address of each within the page, and its name."""

    html: SafeString
    chapters: tuple[tuple[str, str], ...]


class _ServedPictures(Treeprocessor):
    """Points the guide's pictures to where the admin finds them."""

    def run(self, root: Any) -> None:
        """Change every picture's address in place."""
        for picture in root.iter("img"):
            name = picture.get("src", "").removeprefix(PICTURES)
            picture.set("src", static(f"{SERVED}{name}"))
            picture.set("loading", "lazy")


@cache
def guide() -> Guide:
    """The guide, read once. Its text is ours, so its HTML is trusted."""
    toc = TocExtension(slugify=lambda text, _: svenska.slug(text), toc_depth="2")
    markdown = Markdown(extensions=[TableExtension(), toc])
    markdown.treeprocessors.register(_ServedPictures(markdown), "served_pictures", 0)
    _, _, text = GUIDE.read_text(encoding="utf-8").partition("\n")  # the screen has its own heading
    html = markdown.convert(text)
    chapters = tuple((token["id"], token["name"]) for token in markdown.toc_tokens)  # type: ignore[attr-defined]
    return Guide(mark_safe(html), chapters)


class GuideView(DeskView):
    """The guide, for everybody who may log in."""

    permission = "wagtailadmin.access_admin"
    template_name = "comparisons/desk/guide.html"
    page_title = "Redaktörens guide"
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the guide."""
        return super().get_context_data(guide=guide(), **kwargs)


class GuideMenuItem(MenuItem):  # type: ignore[misc]
    """Redaktörens guide, in the menu Hjälp."""

    def __init__(self) -> None:
        super().__init__("Redaktörens guide", reverse("guide"), name="guide", icon_name="help", order=100)

    def is_shown(self, request: HttpRequest) -> bool:
        """Everybody's."""
        return True
