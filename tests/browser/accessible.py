"""What a screen reader is told: the browser's own accessibility tree."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

Node = dict[str, Any]


class _Tree:
    """The tree of a page as it is now."""

    def __init__(self, page: Page) -> None:
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        self._by_id = {node["nodeId"]: node for node in nodes}
        # From the root: the list itself has what a script touched last at its end.
        (self.root,) = (node for node in nodes if not node.get("parentId"))

    def inside(self, node: Node) -> Iterator[Node]:
        for child in node.get("childIds", ()):
            if child in self._by_id:
                yield self._by_id[child]
                yield from self.inside(self._by_id[child])


def _role(node: Node) -> str:
    return "" if node.get("ignored") else str(node["role"]["value"])


def _name(node: Node) -> str:
    return " ".join(node["name"]["value"].split())


def accessible_tables(page: Page) -> list[dict[str, list[str]]]:
    """The tables of the browser's accessibility tree: names of what has each role, in order."""
    tree = _Tree(page)
    found = []
    for table in (node for node in tree.inside(tree.root) if _role(node) == "table"):
        names: dict[str, list[str]] = {"columnheader": [], "rowheader": [], "cell": []}
        for node in tree.inside(table):
            if _role(node) in names:
                names[_role(node)].append(_name(node))
        found.append(names)
    return found


def accessible_grid(page: Page) -> tuple[Node, list[list[Node]]]:
    """The only grid of the page: what is said of it, and of each cell of each of its rows.

    Of each: ``role`` and ``name``, ``description`` where there is one, and the states that are set.
    """
    tree = _Tree(page)
    (grid,) = (node for node in tree.inside(tree.root) if _role(node) == "grid")
    rows = [node for node in tree.inside(grid) if _role(node) == "row"]
    cells = ("columnheader", "rowheader", "gridcell")
    return _said(grid), [[_said(node) for node in tree.inside(row) if _role(node) in cells] for row in rows]


def _said(node: Node) -> Node:
    said = {"role": _role(node), "name": _name(node)}
    if description := node.get("description", {}).get("value"):
        said["description"] = description
    states = {state["name"]: state["value"].get("value") for state in node.get("properties", ())}
    for state in ("invalid", "readonly", "selected", "focused", "multiselectable"):
        if states.get(state) not in (None, False, "false"):
            said[state] = states[state]
    return said
