"""The editors' guide as a page of the admin: the text of docs/redaktor.md, and nothing else."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from comparisons.desk.guide import GUIDE, PICTURES, guide
from tests import factories
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db


def test_every_chapter_of_the_guide_stands_in_the_admin_and_can_be_reached(desk: Client) -> None:
    screen = soup(desk.get(reverse("guide")).content)
    chapters = [line[3:] for line in GUIDE.read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    links = screen.select(".guide nav a")
    assert [link.get_text() for link in links] == chapters and len(chapters) > 8
    for link in links:
        assert screen.find(id=link["href"][1:]).name == "h2"


def test_its_pictures_are_where_the_admin_finds_them_and_say_what_they_show() -> None:
    drawn = soup(guide().html.encode())
    pictures = drawn.find_all("img")
    assert len(pictures) >= 3
    for picture in pictures:
        name = picture["src"].removeprefix(settings.STATIC_URL)
        assert Path(str(finders.find(name))).is_file()
        assert (settings.BASE_DIR / "docs" / PICTURES / Path(name).name).is_file()
        assert len(picture["alt"]) > 10


def test_its_tables_are_tables() -> None:
    assert len(soup(guide().html.encode()).find_all("table")) >= 3


def test_it_is_in_the_help_menu_of_everybody_who_may_log_in(desk: Client) -> None:
    home = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("guide") in home
    stranger = factories.client(factories.user())
    assert stranger.get(reverse("guide")).status_code in (302, 403)
    assert texts(desk.get(reverse("guide")).content, "h1") == ["Redaktörens guide"]
