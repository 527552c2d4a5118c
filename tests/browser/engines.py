"""The engines that judge a page by rules of accessibility, and the HTML validator, from ``tools/``.

``scripts/browser-tools.sh`` installs them.
"""

import json
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

TOOLS = Path(__file__).parent / "tools" / "node_modules"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
#: The rules of axe whose answer a colour scheme can change.
AXE_COLOURS = ["color-contrast", "link-in-text-block"]
IBM_POLICY = "WCAG_2_2"


@cache
def _script(path: str) -> str:
    return (TOOLS / path).read_text()


def axe(page: Page, *, rules: Iterable[str] = (), within: str = "html") -> list[str]:
    """What axe finds wrong with the page as it is now; by all rules of A, AA and best practice, or some.

    ``within`` is a selector of the part to look at.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script("axe-core/axe.min.js"))
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": AXE_TAGS}
    found: list[list[str]] = page.evaluate(
        """async ([part, options]) => (await axe.run(part, options)).violations.flatMap(
            rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 150)]))""",
        [within, {"runOnly": only, "resultTypes": ["violations"]}],
    )
    return [f"axe {rule}: {html}" for rule, html in found]


def ibm(page: Page) -> list[str]:
    """What IBM's engine calls a violation of WCAG 2.2, A and AA, on the page as it is now."""
    if not page.evaluate("'ace' in window"):
        page.evaluate(f"{_script('accessibility-checker-engine/ace.js')}; window.ace = ace")
    found: list[list[str]] = page.evaluate(
        """async policy => (await new ace.Checker().check(document, [policy])).results
            .filter(({value}) => value[0] === "VIOLATION" && value[1] === "FAIL")
            .map(result => [result.ruleId, result.message, result.snippet.slice(0, 150)])""",
        IBM_POLICY,
    )
    return [f"IBM {rule}: {message} {html}" for rule, message, html in found]


def validate(pages: dict[Any, str], folder: Path) -> list[tuple[Any, str, str]]:
    """What the HTML validator objects to: the key of the page, where in its source, and what."""
    names = {}
    for number, (key, source) in enumerate(pages.items()):
        (folder / f"{number}.html").write_text(source)
        names[f"{number}.html"] = key
    said = subprocess.run(
        [
            "java",
            "-jar",
            TOOLS / "vnu-jar/build/dist/vnu.jar",
            "--format",
            "json",
            "--exit-zero-always",
            folder,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        (
            names[message["url"].rpartition("/")[2]],
            message.get("extract", "")[:80],
            f"HTML: {message['message']}",
        )
        for message in json.loads(said.stderr)["messages"]
        if message["type"] != "info"
    ]
