"""A sheet of figures: as it stands on the screen, and an editor who writes in it as the browser would."""

import json
from typing import Any

from bs4 import Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.desk.sheets.cells import SheetCell
from comparisons.desk.sheets.keys import CellKey
from comparisons.desk.sheets.layout import indicator_sheet
from comparisons.models import Area, Indicator, Population, Release, ThemePage
from comparisons.models.figure_pages import blocks_of
from comparisons.periods import Period
from comparisons.terms import EMPTY_POPULATION, Gender, Statistic
from tests import factories
from tests.reading import soup, text

Json = dict[str, Any]


def cell(
    of: Indicator,
    period: str = "2017",
    *,
    of_area: Area | None = None,
    statistic: str = Statistic.VALUE,
    urval: Population | None = None,
    gender: str = Gender.TOTAL,
) -> str:
    """The name of a cell, of Borås unless told."""
    key = CellKey(
        of.pk,
        (of_area or factories.own_area()).pk,
        str(statistic),
        urval.pk if urval else EMPTY_POPULATION,
        str(gender),
        Period.parse(period).code,
    )
    return str(key)


class Writer:
    """Somebody with the sheet of an indicator open."""

    def __init__(self, of: Indicator, user: User | None = None) -> None:
        self.of = of
        self.user = user or factories.user(roles.COMMUNICATOR)
        self.client = factories.client(self.user)
        self.cells: dict[str, SheetCell] = {}
        self.release: int | None = None
        self.words: dict[str, str] = {}
        self.written: dict[str, Json] = {}
        self.tokens: dict[str, str] = {}
        self.sent_texts: dict[str, str] = {}
        self.answer: Any = None

    def open(self, *periods: str, release: int | None = None) -> "Writer":
        """Open the sheet anew, with these periods added; what was written and not saved is gone."""
        added = [Period.parse(period) for period in periods]
        sheet = indicator_sheet(self.of, release_id=release, more_periods=added)
        self.cells = {str(one.key): one for row in sheet.rows for one in row.cells}
        self.tokens = {key: one.token for key, one in self.cells.items()}
        self.release = sheet.release.pk if sheet.release else None
        title = sheet.release.title if sheet.release else str(self.of)
        reason = sheet.release.reason if sheet.release else ""
        self.words = {"title": title, "reason": reason, "seen_title": title, "seen_reason": reason}
        self.written = {}
        return self

    def write(self, key: str, text: str | None = None, **details: Any) -> "Writer":
        """Write in a cell; without a text, change its details only."""
        shown = self.cells[key].text if key in self.cells else ""
        before = self.written.get(key, {"key": key, "text": shown})
        self.written[key] = before | ({} if text is None else {"text": text}) | details
        return self

    def say(self, **words: str) -> "Writer":
        """Change the title or the reason."""
        self.words |= words
        return self

    def sent(self) -> Json:
        """What the browser sends."""
        cells = [one | {"token": self.tokens.get(key, "0")} for key, one in self.written.items()]
        return {"cells": cells, "release": self.release, **self.words}

    def save(self) -> Json:
        """Press Spara utkast. Returns the answer, and takes in what it says of the draft."""
        self.sent_texts = {key: one["text"] for key, one in self.written.items()}
        self.answer = post(self.client, "save", self.sent())
        told: Json = self.answer.json()
        if self.answer.status_code == 200:
            self.release, self.written = told["release"], {}
        elif told.get("release"):
            self.release = told["release"]["id"]
            self.words |= {f"seen_{name}": told["release"][name] for name in ("title", "reason")}
        return told

    def save_well(self) -> Release | None:
        """Save, which must go well. Returns the draft, or None when there is none any more."""
        told = self.save()
        assert self.answer.status_code == 200, told
        return Release.objects.get(pk=told["release"]) if told["release"] else None

    def check(self) -> Json:
        """What the server says of each cell."""
        answer = post(self.client, "check", {"cells": self.sent()["cells"], "release": self.release})
        assert answer.status_code == 200
        told: Json = answer.json()["cells"]
        return told

    def keep_mine(self, conflict: Json) -> None:
        """Choose her own of a conflict."""
        self.tokens[conflict["key"]] = conflict["token"]

    def take_theirs(self, conflict: Json) -> None:
        """Choose the other's of a conflict."""
        self.tokens[conflict["key"]] = conflict["token"]
        del self.written[conflict["key"]]


class Read:
    """A sheet as an editor finds it on the screen, in the answer to ``url``."""

    def __init__(self, browser: Client, url: str, **query: Any) -> None:
        answer = browser.get(url, query)
        assert answer.status_code == 200
        self.page = soup(answer.content)
        (self.table,) = self.page.select("table[role=grid]")
        self.corner, *self.columns = (text(head) for head in self.table.select("thead tr > *"))
        self.rows = {
            text(row.find("th")): [text(one) for one in row.find_all("td")]
            for row in self.table.select("tbody tr")
        }
        assert all(len(cells) == len(self.columns) for cells in self.rows.values())

    @property
    def release(self) -> str:
        """The draft that it works in, or nothing."""
        return str(self.table["data-release"])

    def cell(self, key: str) -> Tag:
        """One cell by its name."""
        (found,) = self.table.select(f'[data-key="{key}"]')
        return found

    def value(self, name: str) -> str:
        """What stands in a field of the form that saves."""
        (field,) = self.page.select(f"[data-sheet-save] [name={name}]")
        return field.get_text().strip() if field.name == "textarea" else str(field["value"])


def list_url(of: Indicator) -> str:
    """The address of an indicator's sheet."""
    return reverse("figures:list", args=[of.pk])


def table_url(page: ThemePage) -> str:
    """The address of the sheet of a page's only table."""
    latest = page.get_latest_revision_as_object()
    (block,) = [one for one in blocks_of([latest.results]) if one.block_type == "table"]
    return reverse("figures:table", args=[page.pk, block.id])


def post(client: Any, what: str, sent: object) -> HttpResponse:
    """Send something to the sheet's ``check`` or ``save``."""
    body = sent if isinstance(sent, str) else json.dumps(sent)
    answer: HttpResponse = client.post(reverse(f"figures:{what}"), body, content_type="application/json")
    return answer
