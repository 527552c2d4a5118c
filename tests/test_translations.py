"""The Swedish of the project's own: whole, compiled, and with its placeholders where they were."""

import gettext
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.template.loaders import app_directories
from django.utils.module_loading import import_string
from django.utils.translation.trans_real import DjangoTranslation, translation
from wagtail.models import Collection, Page

from boras_site import swedish

(OURS,) = (Path(folder) / "sv" / "LC_MESSAGES" for folder in settings.LOCALE_PATHS)
DOMAINS = ("django", "djangojs")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+[^>]*>")


def catalogue(file: Path) -> Catalog:
    """What a .po file says."""
    with file.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def messages(file: Path) -> list[Message]:
    """The messages of a .po file, without its head."""
    return [message for message in catalogue(file) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A message's one form, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_compiled_is_what_is_written(domain: str) -> None:
    """After a change of a .po file: ``make messages``."""
    with (OURS / f"{domain}.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    written = {}
    for message in messages(OURS / f"{domain}.po"):
        assert not message.fuzzy and all(forms(message.string)), message.id
        key = "\x04".join(filter(None, (message.context, forms(message.id)[0])))
        if message.pluralizable:
            written |= {(key, number): form for number, form in enumerate(message.string)}
        else:
            written[key] = message.string
    assert {key: said for key, said in compiled.items() if key} == written


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_marks_stand_where_they_stood(domain: str) -> None:
    for message in messages(OURS / f"{domain}.po"):
        asked, said = forms(message.id), forms(message.string)
        assert len(asked) == len(said), message.id
        # A singular may leave the number out, or say it.
        *singular, plural = (sorted(_PLACEHOLDER.findall(text)) for text in said)
        assert plural == sorted(_PLACEHOLDER.findall(asked[-1])), message.id
        for found in singular:
            assert set(found) <= {*_PLACEHOLDER.findall(asked[0]), *_PLACEHOLDER.findall(asked[1])}, (
                message.id
            )


def sources(domain: str) -> list[Path]:
    """What the installed apps ask to have translated, in those of them that say so."""
    folders = [Path(config.path) for config in apps.get_app_configs()]
    found = [folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for folder in folders]
    return [file for file in found if file.exists()]


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_that_an_installed_app_says_lacks_swedish(domain: str) -> None:
    """Fails after an upgrade that brings new texts: translate them in ``boras_site/locale``."""
    known = translation("sv") if domain == "django" else _of_scripts()
    lacking = [
        f"{file.parents[3].name}: {forms(message.id)[0]}"
        for file in sources(domain)
        for message in messages(file)
        if not _has(known, message)
    ]
    assert lacking == []
    assert len(sources(domain)) >= {"django": 12, "djangojs": 1}[domain]


def _of_scripts() -> DjangoTranslation:
    """As Wagtail's view makes the catalogue of its scripts."""
    spec = find_spec("wagtail.admin")
    assert spec is not None and spec.origin is not None
    return DjangoTranslation("sv", domain="djangojs", localedirs=[str(Path(spec.origin).parent / "locale")])


def _has(known: DjangoTranslation, message: Message) -> bool:
    key = "\x04".join(filter(None, (message.context, forms(message.id)[0])))
    found = known._catalog.get((key, 1) if message.pluralizable else key)  # type: ignore[attr-defined]
    return bool(found)


def test_the_admins_scripts_are_told_ours(client) -> None:
    told = client.get("/admin/jsi18n/").content.decode()
    assert '"Expand all": "F\\u00e4ll ut alla"' in told
    assert '"Changes have been autosaved.": "\\u00c4ndringarna har sparats automatiskt."' in told


# --- What Wagtail does not ask gettext for -----------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "english"),
    [(template, english) for template, texts in swedish.TEMPLATES.items() for english in texts],
)
def test_each_replaced_text_still_stands_in_wagtails_template(template: str, english: str) -> None:
    from django.template import engines

    loader = app_directories.Loader(engines["django"].engine)
    source = next(origin for origin in loader.get_template_sources(template) if Path(origin.name).exists())
    assert english in loader.get_contents(source)
    assert english not in swedish.Loader(engines["django"].engine).get_contents(source)


@pytest.mark.parametrize("form", swedish.LABELS)
def test_each_label_is_on_its_field(form: str) -> None:
    fields = import_string(form).base_fields
    assert {name: fields[name].label for name in swedish.LABELS[form]} == swedish.LABELS[form]


@pytest.mark.parametrize("view", swedish.COLUMNS)
def test_each_label_is_on_its_column(view: str) -> None:
    columns = {column.name: column.label for column in import_string(view).columns}
    assert columns.items() >= swedish.COLUMNS[view].items()


@pytest.mark.django_db
def test_what_wagtails_migrations_made_has_swedish_names() -> None:
    root = Page.objects.get(depth=1)
    assert (root.title, root.draft_title) == ("Alla sidor", "Alla sidor")
    assert Collection.objects.get(depth=1).name == "Alla samlingar"
    assert [page.title for page in Page.objects.filter(depth=2)] == ["Välkommen"]


@pytest.mark.django_db
def test_a_name_that_somebody_gave_is_kept() -> None:
    Page.objects.filter(depth=1).update(title="Borås")
    swedish.name_rows(apps.get_app_config("wagtailcore"))
    assert Page.objects.get(depth=1).title == "Borås"
