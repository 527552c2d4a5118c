"""The choosers of blocks, and a way to load all that a page's streams have chosen at once.

So a page costs the same few queries whether its tables hold three indicators or two hundred, in one
stream field or four.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from wagtail.blocks import StreamValue
from wagtail.snippets.blocks import SnippetChooserBlock

#: What a child block of this name refers to, in every struct block of blocks.py.
REFERENCES = {"indicator": "Indicator", "area": "Area", "population": "Population"}

_loaded: ContextVar[dict[type[Model], dict[int, Model]] | None] = ContextVar("loaded", default=None)


class PreloadedChooserBlock(SnippetChooserBlock):
    """A chooser that takes what ``preloaded`` has fetched, and fetches only what it has not."""

    def bulk_to_python(self, values: list[int | None]) -> list[Model | None]:
        """The instances in the order of their keys; None for what is gone. Never shares an instance."""
        known = (_loaded.get() or {}).get(self.target_model, {})
        missing = [value for value in values if value is not None and value not in known]
        if missing:
            fetched = self.target_model.objects.in_bulk(missing)
            known = {**known, **fetched}
        return [copy(known[value]) if value in known else None for value in values]


class PublishedIndicatorBlock(PreloadedChooserBlock):
    """An indicator; one that is not published is refused when the page is to be published."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("comparisons.Indicator", **({"label": "Nyckeltal"} | kwargs))

    def clean(self, value: Any) -> Any:
        """The chosen indicator. A draft of the page may hold one that is not published yet."""
        value = super().clean(value)
        if value is not None and not value.live and not self.is_deferred_validation:
            raise ValidationError(
                f"”{value}” är inte publicerat. Publicera nyckeltalet först, eller ta bort raden."
            )
        return value


class AreaBlock(PreloadedChooserBlock):
    """An area."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("comparisons.Area", **({"label": "Område"} | kwargs))


class PopulationBlock(PreloadedChooserBlock):
    """A population; none chosen means everyone."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {"label": "Urval", "required": False, "help_text": "Tomt: alla."}
        super().__init__("comparisons.Population", **(defaults | kwargs))


@contextmanager
def preloaded(streams: Iterable[StreamValue]) -> Iterator[Any]:
    """While it lasts, choosers in ``streams`` are served from one query a kind.

    Yields the own municipality's Area, or None while nobody has entered it.
    """
    keys = _chosen(streams)
    loaded: dict[type[Model], dict[int, Model]] = {}
    for name, model_name in REFERENCES.items():
        model = apps.get_model("comparisons", model_name)
        condition = Q(pk__in=sorted(keys[name]))
        if name == "area":
            condition |= Q(code=settings.OWN_MUNICIPALITY)
        elif not keys[name]:
            continue
        loaded[model] = {instance.pk: instance for instance in model.objects.filter(condition)}
    token = _loaded.set(loaded)
    try:
        areas = loaded[apps.get_model("comparisons", "Area")]
        yield next((area for area in areas.values() if area.is_own), None)  # type: ignore[attr-defined]
    finally:
        _loaded.reset(token)


def indicators_in(streams: Iterable[StreamValue]) -> set[int]:
    """The primary keys of the indicators that the streams have chosen, published or not. No query."""
    return _chosen(streams)["indicator"]


def _chosen(streams: Iterable[StreamValue]) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = {name: set() for name in REFERENCES}
    for stream in streams:
        for raw in stream.raw_data:
            _collect(raw, keys)
    return keys


def _collect(raw: Any, keys: dict[str, set[int]]) -> None:
    """Walk stored block data and note the primary keys under the names of REFERENCES."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            if name in REFERENCES and isinstance(value, int):
                keys[name].add(value)
            else:
                _collect(value, keys)
    elif isinstance(raw, list):
        for item in raw:
            _collect(item, keys)
