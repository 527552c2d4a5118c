"""The content checks: every rule is in Swedish, ours are in Wagtail's panel, and readers get none of it."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.userbar import AdminItem, ContentCheckerItem

from comparisons.desk.checks import ContentChecks, use_own_checks
from tests import factories

OWN = ("link-says-nothing", "link-names-target", "table-caption-missing")


@pytest.fixture
def configuration(db: None) -> dict:
    """What the panel's script is given."""
    return ContentChecks(in_editor=True).get_axe_configuration(RequestFactory().get("/"))


def test_every_rule_says_in_swedish_what_is_wrong_and_what_to_do(configuration: dict) -> None:
    run = configuration["options"]["runOnly"]
    assert set(run) == set(ContentCheckerItem.axe_run_only) | set(OWN)
    assert set(configuration["messages"]) == set(run)
    english = {str(text) for message in ContentCheckerItem.axe_messages.values() for text in message.values()}
    for message in configuration["messages"].values():
        for text in message.values():
            assert text and text not in english
            assert not re.search(r"\b(the|is|use|with|for|of)\b", text)
        assert message["help_text"].endswith(".")


def test_every_own_rule_has_a_check_that_the_script_registers(configuration: dict) -> None:
    rules = {rule["id"]: rule for rule in configuration["spec"]["rules"]}
    checks = {check["id"] for check in configuration["spec"]["checks"]}
    path = finders.find("comparisons/desk/checks.js")
    assert path
    script = Path(path).read_text(encoding="utf-8")
    registered = set(re.findall(r'^\s*"(check-[a-z-]+)":', script, re.MULTILINE))
    assert registered == {f"check-{rule}" for rule in OWN}
    for rule in OWN:
        assert rules[rule]["any"] == [f"check-{rule}"]
        assert f"check-{rule}" in checks


def test_wagtails_own_lists_are_not_changed(configuration: dict) -> None:
    assert not set(OWN) & set(ContentCheckerItem.axe_run_only)
    assert not set(OWN) & {rule["id"] for rule in ContentCheckerItem.axe_custom_rules}
    assert ContentCheckerItem.axe_custom_checks[-1] == {"id": "check-empty-meta-description"}


@pytest.mark.django_db
def test_a_website_is_also_known_by_the_source_that_has_it() -> None:
    factories.source("Brottsförebyggande rådet", url="https://www.bra.se/statistik")
    factories.source("Utan adress")
    checks = ContentChecks().get_axe_custom_checks(RequestFactory().get("/"))
    (names,) = [check["options"]["names"] for check in checks if check["id"] == "check-link-names-target"]
    assert names == {"bra.se": ["Brottsförebyggande rådet"]}


def test_ours_take_the_place_of_wagtails() -> None:
    admin = AdminItem()
    items = [admin, ContentCheckerItem(in_editor=True)]
    use_own_checks(RequestFactory().get("/"), items, None)
    assert items[0] is admin
    assert isinstance(items[1], ContentChecks) and items[1].in_editor
    assert use_own_checks in hooks.get_hooks("construct_wagtail_userbar")


@pytest.mark.django_db
def test_the_panel_has_ours_and_lix(desk: Client) -> None:
    page = factories.content_page()
    html = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    found = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found is not None
    assert set(OWN) <= set(json.loads(found[1])["options"]["runOnly"])
    assert "data-text-lix" in html and "comparisons/desk/lix.js" in html
    assert "guide.wagtail.org/content-checks" not in html


@pytest.mark.django_db
def test_a_preview_can_be_checked_and_a_readers_page_is_as_before(client: Client, desk: Client) -> None:
    page = factories.content_page()
    page.save_revision()
    preview = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "wagtail-userbar" in preview and "comparisons/desk/checks.js" in preview
    for reader in (client, desk):
        answer = reader.get(page.url)
        assert "wagtail-userbar" not in answer.content.decode()
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies
