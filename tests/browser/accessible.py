"""What a screen reader is told: the browser's own accessibility tree."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

Node = dict[str, Any]


def accessible_tables(page: Page) -> list[dict[str, list[str]]]:
    """The tables of the browser's accessibility tree: names of what has each role, in order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def role(node: Node) -> str:
        return "" if node.get("ignored") else str(node["role"]["value"])

    def inside(node: Node) -> Iterator[Node]:
        for child in node.get("childIds", ()):
            if child in by_id:
                yield by_id[child]
                yield from inside(by_id[child])

    # From the root: the list itself has what a script touched last at its end.
    (root,) = (node for node in nodes if not node.get("parentId"))
    found = []
    for table in (node for node in inside(root) if role(node) == "table"):
        names: dict[str, list[str]] = {"columnheader": [], "rowheader": [], "cell": []}
        for node in inside(table):
            if role(node) in names:
                names[role(node)].append(" ".join(node["name"]["value"].split()))
        found.append(names)
    return found
