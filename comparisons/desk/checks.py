"""The content checks of the editor's side panel: Wagtail's own in Swedish, and ours beside them.

They look at the preview. A rule is a selector and a check; what the check looks at stands in
``static/comparisons/desk/checks.js``, under the same name. Ours look only at what an editor has written:
a warning that nobody can mend teaches everyone to overlook the rest.
"""

from collections import defaultdict
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.http import HttpRequest
from wagtail.admin.userbar import BaseItem, ContentCheckerItem

from comparisons.models import Source

#: Paragraphs, items and headings of rich text: the editor gives each a key.
WRITTEN = "main [data-block-key]"
#: Links of rich text, and those to other websites at the end of a theme.
WRITTEN_LINKS = f"{WRITTEN} a[href], main .links a[href]"

#: Link texts that say nothing without the words around them, in small letters.
SAYS_NOTHING = (
    "denna länk",
    "denna sida",
    "den här länken",
    "den här sidan",
    "dokument",
    "dokumentet",
    "fil",
    "filen",
    "följ länken",
    "gå till sidan",
    "gå vidare",
    "hemsida",
    "hemsidan",
    "här",
    "info",
    "information",
    "klicka",
    "klicka här",
    "ladda ned",
    "ladda ned här",
    "ladda ner",
    "ladda ner här",
    "läs här",
    "läs mer",
    "läs mer här",
    "läs mer om detta",
    "läs mer om det här",
    "läs vidare",
    "länk",
    "länken",
    "länk till sidan",
    "mer",
    "mer info",
    "mer information",
    "mer här",
    "pdf",
    "se",
    "se här",
    "se mer",
    "sidan",
    "tryck här",
    "vidare",
    "visa mer",
    "webbplats",
    "webbplatsen",
    "webbsida",
    "webbsidan",
    "öppna",
    "click here",
    "here",
    "learn more",
    "link",
    "more",
    "read more",
)

#: For each rule what is wrong, and what to do about it. Wagtail has Swedish for some, and never for all.
MESSAGES = {
    "button-name": ("Knapp utan text", "Skriv på knappen vad den gör."),
    "empty-heading": ("Tom rubrik", "Skriv rubriken, eller ta bort raden."),
    "empty-table-header": (
        "Tom rubrik i en tabell",
        "Skriv vad raden eller kolumnen visar.",
    ),
    "frame-title": ("Inbäddat innehåll utan namn", "Ge det ett namn som säger vad det visar."),
    "heading-order": (
        "En rubriknivå är överhoppad",
        "Välj den nivå som kommer näst efter rubriken ovanför. Nivåerna visar vad som hör till vad för den "
        "som lyssnar på sidan.",
    ),
    "input-button-name": ("Knapp utan text", "Skriv på knappen vad den gör."),
    "link-name": ("Länk utan text", "Skriv vart länken leder, eller ta bort den."),
    "p-as-heading": (
        "Fet text i stället för rubrik",
        "Välj Rubrik i menyn i stället för fetstil. Då hittar den som lyssnar på sidan dit.",
    ),
    "alt-text-quality": (
        "Bildbeskrivningen ser ut som ett filnamn",
        "Beskriv med några ord vad bilden visar.",
    ),
    "empty-meta-description": (
        "Sidan saknar beskrivning för sökmotorer",
        "Skriv en eller två meningar om sidan under fliken Adress och sökning.",
    ),
    "link-says-nothing": (
        "Länktexten säger inte vart länken leder",
        "Skriv vad läsaren hittar där: ”Statistik om anmälda brott hos Brå, bra.se” i stället för ”läs mer”.",
    ),
    "link-names-target": (
        "Länktexten säger inte vilken webbplats den leder till",
        "Nämn den som har webbplatsen eller adressen i länktexten: ”Öppna jämförelser hos SKR, skr.se”.",
    ),
    "table-caption-missing": (
        "Tabell utan rubrik",
        "Skriv en tabellrubrik som säger vad tabellen visar.",
    ),
}


class ContentChecks(ContentCheckerItem):
    """Wagtail's content checks with our rules, and in our words."""

    OWN_RULES: ClassVar = {
        "link-says-nothing": WRITTEN_LINKS,
        "link-names-target": WRITTEN_LINKS,
        "table-caption-missing": "main table",
    }

    axe_run_only: ClassVar = [*ContentCheckerItem.axe_run_only, *OWN_RULES]
    axe_custom_rules: ClassVar = [
        *ContentCheckerItem.axe_custom_rules,
        # A large figure and a conclusion are the page's own, and no headings.
        {"id": "p-as-heading", "selector": f"p{WRITTEN.removeprefix('main ')}", "enabled": True},
        *(
            {
                "id": rule,
                "impact": "serious",
                "selector": selector,
                "tags": ["best-practice"],
                "any": [f"check-{rule}"],
                "enabled": True,
            }
            for rule, selector in OWN_RULES.items()
        ),
    ]
    axe_messages: ClassVar = {
        rule: {"error_name": name, "help_text": help_text} for rule, (name, help_text) in MESSAGES.items()
    }

    class Media:
        js = ("comparisons/desk/checks.js",)

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Wagtail's checks and ours, with the words that they go by."""
        return [
            *super().get_axe_custom_checks(request),
            {"id": "check-link-says-nothing", "options": {"texts": SAYS_NOTHING}},
            {"id": "check-link-names-target", "options": {"names": _names_by_host()}},
            {"id": "check-table-caption-missing"},
            # Bold is all that an editor has to make a paragraph look like a heading. One that is under
            # half as long as the paragraph after it is told; the lengths are axe's own.
            {
                "id": "p-as-heading",
                "options": {"margins": [{"weight": 150}], "passLength": 1, "failLength": 0.5},
            },
        ]


def use_own_checks(request: HttpRequest, items: list[BaseItem], page: Any) -> None:
    """Hook ``construct_wagtail_userbar``: our checks in the place of Wagtail's."""
    items[:] = [
        ContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


def _names_by_host() -> dict[str, list[str]]:
    """Who stands behind a website, as our sources know it: ``{"scb.se": ["Statistiska centralbyrån"]}``."""
    names: dict[str, list[str]] = defaultdict(list)
    for url, producer in Source.objects.exclude(url="").order_by("pk").values_list("url", "producer"):
        names[(urlsplit(url).hostname or "").removeprefix("www.")].append(producer)
    return dict(names)
