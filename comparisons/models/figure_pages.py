"""What every page that shows figures has in common: filled tables, and addresses that last."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.blocks import StreamValue

from comparisons import anchors
from comparisons.chosen import indicators_in, preloaded
from comparisons.models.changes import DataChangedMixin, TextChangedMixin
from comparisons.prepared import PreparedValue, prepare
from comparisons.standings import Standing
from comparisons.table_values import TableValue
from comparisons.tally import Compared, tally

if TYPE_CHECKING:
    from comparisons.figures import Figures


class FigurePageMixin(TextChangedMixin, DataChangedMixin, models.Model):
    """For a ``Page`` whose streams hold sections, tables and key figures. Stands before ``Page``."""

    #: Names of the stream fields, in the order of the page.
    streams: ClassVar[tuple[str, ...]] = ()

    anchors = models.JSONField(default=dict, blank=True, editable=False)

    #: What the page shows instead of the published figures, while it is previewed with a release.
    _source: "Figures | None" = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, settling the address of every new heading and table of a page that is public.

        Not before: the editor's screen saves drafts by itself, with headings half written.
        """
        if self.live:  # type: ignore[attr-defined]
            self.anchors = self._addresses()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Give every heading and table its id, so that a draft keeps what the address will hang on."""
        super().clean()
        self._addressed()

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The object as the revision says, with the addresses kept that the database knows."""
        obj = super().with_content_json(content)
        obj.anchors = self.anchors
        return obj

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with its tables filled, from what is published unless it is previewed."""
        from comparisons import figures

        self.prepare(self._source or figures.live())
        return super().get_context(request, *args, **kwargs)  # type: ignore[misc,no-any-return]

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Wagtail's own, and the page with the figures of each release under way that touches it."""
        from comparisons import previews

        shown = indicators_in(getattr(self, name) for name in self.streams)
        return [*super().preview_modes, *previews.modes(shown)]  # type: ignore[misc]

    def is_previewable(self) -> bool:
        """Always. Lists ask every page, and counting its modes would read all that stands in it."""
        return True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would be; in the mode of a release with its figures."""
        from comparisons import previews

        self._source = previews.source(request, mode_name)
        return super().serve_preview(request, mode_name)  # type: ignore[misc,no-any-return]

    def prepare(self, source: "Figures") -> None:
        """Fill every table and key figure from ``source``, and set the addresses."""
        fill([getattr(self, name) for name in self.streams], source)
        addresses = self._addresses()
        for block, _ in self._addressed():
            block.value.anchor = addresses[block.id]

    @property
    def tally(self) -> str:
        """One sentence on how many comparisons are better and worse. Wants the page to be prepared."""
        found: list[tuple[Compared, Standing | None]] = []
        name = ""
        for block in self._blocks():
            if not isinstance(block.value, PreparedValue):
                continue
            for column, row in block.value.told_rows():
                name = name or column.area.name
                found.append(((row.indicator.id, column.population, column.gender), row.standing))
        return tally(name, found)

    @property
    def sources(self) -> list[str]:
        """The sources of all tables on the page, each once. Wants the page to be prepared."""
        tables = [block.value.table for block in self._blocks() if isinstance(block.value, TableValue)]
        return list(dict.fromkeys(source for table in tables if table for source in table.sources))

    def _blocks(self) -> Iterator[Any]:
        return blocks_of(getattr(self, name) for name in self.streams)

    def _addresses(self) -> dict[str, str]:
        """The addresses that are settled, and for every new block the one it would get now."""
        return anchors.assign(self.anchors, [(block.id, words) for block, words in self._addressed()])

    def _addressed(self) -> list[tuple[Any, str]]:
        """The blocks that have an address, with the words it is made from; each has an id afterwards."""
        found = []
        for block in self._blocks():
            if block.block_type == "section":
                found.append((block, block.value.get("heading") or ""))
            elif block.block_type == "table":
                found.append((block, f"tabell {block.value.get('caption') or ''}"))
        for block, _ in found:
            block.id = block.id or str(uuid4())
        return found


def blocks_of(streams: Iterable[StreamValue]) -> Iterator[Any]:
    """Every block of the streams, each section before what stands in it."""
    for stream in streams:
        for block in stream:
            yield block
            if block.block_type == "section":
                yield from block.value.get("body") or ()


def fill(streams: Sequence[StreamValue], source: "Figures") -> None:
    """Fill every table and key figure of the streams, of one page or several: five queries at most."""
    with preloaded(streams) as own:
        prepare(
            [block.value for block in blocks_of(streams) if isinstance(block.value, PreparedValue)],
            source,
            own.terms() if own else None,
        )
