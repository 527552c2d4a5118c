"""A list of what is wrong with which pages, told at once: one walk through a site finds all there is."""

from typing import Self

import pytest

from tests.browser.pages import Place


class Faults:
    """Faults in the order they were found, each with the places that have it: ``with Faults() as faults``."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, place: Place | str, how: str, fault: str) -> None:
        """Write down that a place has a fault, looked at in a certain way (``320 px, dark``)."""
        where = f"{place}, {how}" if how else str(place)
        seen = self._found.setdefault(fault, [])
        if where not in seen:
            seen.append(where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.tell()

    def tell(self) -> None:
        """Fail with every fault and some of its places, if there is any."""
        if self._found:
            lines = []
            for fault, places in self._found.items():
                more = f" and {len(places) - 4} more" if len(places) > 4 else ""
                lines.append(f"{fault}\n    on {'; '.join(places[:4])}{more}")
            pytest.fail(f"{len(lines)} faults\n" + "\n".join(lines), pytrace=False)
