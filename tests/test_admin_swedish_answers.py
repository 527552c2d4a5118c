"""What the admin answers in Swedish when something goes wrong, and on screens that no link leads to.

The walk of ``test_admin_swedish.py`` presses the buttons it finds. Here something is written first: a wrong
password, an address that is taken, a file that is too large, a comment to an author.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from boras_site.accounts.models import User
from boras_site.demo import build
from tests import factories
from tests.desk_states import DeskStates, picture
from tests.walking import Walk

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db,
    # Wagtail leaves the file open that it scales an image into.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

COMMUNICATOR, _, ADMINISTRATOR = (user.username for user in build.USERS)
SitDown = Callable[..., Walk]
SNIPPETS = "wagtailsnippets_comparisons_indicator"


def file(name: str, content: bytes = b"Inte en bild.") -> SimpleUploadedFile:
    """A file to upload."""
    return SimpleUploadedFile(name, content)


# --- At the door -------------------------------------------------------------------------------------


def test_the_door(sit_down: SitDown) -> None:
    nobody = sit_down()
    nobody.get("wagtailadmin_login")
    nobody.post("wagtailadmin_login", sent={})
    nobody.post("wagtailadmin_login", sent={"username": "admin", "password": "fel"})
    stranger = factories.user()
    nobody.client.force_login(stranger)
    nobody.answered("/admin/", nobody.client.get("/admin/"))
    nobody.post("wagtailadmin_logout", sent={})


def test_a_forgotten_password(sit_down: SitDown) -> None:
    nobody = sit_down()
    for email in ("", "ingen adress", "okand@example.se", "kommunikator@example.se"):
        nobody.post("wagtailadmin_password_reset", sent={"email": email})
    assert nobody.letters == 1
    nobody.get("wagtailadmin_password_reset_done")
    user = User.objects.get(username=COMMUNICATOR)
    key = urlsafe_base64_encode(force_bytes(user.pk))
    nobody.get("wagtailadmin_password_reset_confirm", key, "fel-nyckel")
    address = reverse(
        "wagtailadmin_password_reset_confirm", args=[key, default_token_generator.make_token(user)]
    )
    form = nobody.client.get(address).headers["Location"]
    nobody.look(form, nobody.client.get(form))
    for one, two in (
        ("", ""),
        ("kort", "annat"),
        ("kort", "kort"),
        ("12345678", "12345678"),
        (user.username,) * 2,
    ):
        nobody.answered(form, nobody.client.post(form, {"new_password1": one, "new_password2": two}))
    nobody.answered(
        form, nobody.client.post(form, {"new_password1": "boras-2026-x", "new_password2": "boras-2026-x"})
    )
    nobody.get("wagtailadmin_password_reset_complete")


def test_what_is_not_there_and_what_one_may_not(sit_down: SitDown, under_way: DeskStates) -> None:
    walk = sit_down(COMMUNICATOR)
    walk.look("/admin/finns-inte/", walk.client.get("/admin/finns-inte/"))
    walk.get("wagtailadmin_pages:edit", 999999)
    walk.get(f"{SNIPPETS}:edit", 999999)
    for name in ("wagtailusers_users:index", "wagtailsites:index", "wagtailadmin_workflows:index"):
        walk.answered(name, walk.client.get(reverse(name)))


# --- The account, users and groups -------------------------------------------------------------------


def test_the_account(sit_down: SitDown) -> None:
    walk = sit_down(COMMUNICATOR)
    form = walk.written("wagtailadmin_account")
    for wrong in (
        {"password-old_password": "fel", "password-new_password1": "abc", "password-new_password2": "abd"},
        {
            "password-old_password": "fel",
            "password-new_password1": "12345678",
            "password-new_password2": "12345678",
        },
        {"name_email-email": "ingen adress", "name_email-first_name": "x" * 200},
        {"avatar-avatar": file("jag.png")},
        {"name_email-first_name": "Kim"},
    ):
        walk.post("wagtailadmin_account", sent=form | wrong)


def test_users_groups_sites_and_settings(sit_down: SitDown, under_way: DeskStates) -> None:
    walk = sit_down(ADMINISTRATOR)
    user = walk.written("wagtailusers_users:add", username="admin", email="fel", password1="a", password2="b")
    walk.post("wagtailusers_users:add", sent=user | {"first_name": "A", "last_name": "B"})
    walk.post(
        "wagtailusers_users:add", sent=user | {"username": "å ä ö!", "password1": "1", "password2": "1"}
    )
    walk.post(
        "wagtailusers_users:add",
        sent=user
        | {"username": "ny", "email": "ny@example.se", "first_name": "A", "last_name": "B"}
        | {"password1": "boras-2026-x", "password2": "boras-2026-x"},
    )
    walk.post("wagtailusers_groups:add", sent=walk.written("wagtailusers_groups:add", name="Granskare"))
    walk.post("wagtailusers_groups:add", sent=walk.written("wagtailusers_groups:add", name="Ny grupp"))
    site = walk.written(
        "wagtailsites:add",
        hostname="testserver",
        port="sju",
        root_page=under_way.theme.pk,
        is_default_site="on",
    )
    walk.post("wagtailsites:add", sent=site)
    walk.post("wagtailsites:add", sent=site | {"port": "80"})
    walk.post(
        "wagtailadmin_collections:add", sent=walk.written("wagtailadmin_collections:add", name="Kartor")
    )
    redirect = walk.written("wagtailredirects:add", old_path="/gammal", redirect_link="fel")
    walk.post("wagtailredirects:add", sent=redirect)
    walk.post("wagtailredirects:add", sent=redirect | {"redirect_link": "/ny/"})
    walk.post("wagtailredirects:start_import", sent={"import_file": file("fel.exe")})
    walk.post(
        "wagtailredirects:start_import", sent={"import_file": file("rader.csv", b"gammal,ny\n/a/,/b/\n")}
    )


def test_workflows(sit_down: SitDown, under_way: DeskStates) -> None:
    walk = sit_down(ADMINISTRATOR)
    for name in ("task_chooser", "task_chooser_results", "select_task_type"):
        walk.get(f"wagtailadmin_workflows:{name}")
    walk.post("wagtailadmin_workflows:task_chooser_create", sent={})
    workflow = under_way.workflow
    walk.get("wagtailadmin_workflows:usage", workflow.pk)
    walk.get("wagtailadmin_workflows:remove", under_way.theme.pk, workflow.pk)
    for step in ("disable", "enable"):
        walk.post(f"wagtailadmin_workflows:{step}", workflow.pk, sent={})
        walk.get("wagtailadmin_workflows:edit", workflow.pk)
    for step in ("disable_task", "enable_task"):
        walk.post(f"wagtailadmin_workflows:{step}", workflow.workflow_tasks.get().task_id, sent={})
    walk.get("wagtailadmin_workflows:add_task", "wagtailcore", "groupapprovaltask")


# --- Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
)
def test_images_that_cannot_be_taken(sit_down: SitDown, settings: Any, name: str) -> None:
    walk = sit_down(COMMUNICATOR)
    prefix = "image-chooser-upload-" if "chooser" in name else ""
    field = "files[]" if "multiple" in name else f"{prefix}file"

    def send(**kwargs: Any) -> None:
        upload = kwargs["upload"]
        walk.post(name, sent={f"{prefix}title": "", field: upload}, **{"X-Requested-With": "XMLHttpRequest"})

    send(upload=file("bild.png"))
    send(upload=file("bild.exe"))
    send(upload=file("bild.gif", picture().read()))
    send(upload=picture())
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 9
    send(upload=picture())
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 9
    send(upload=picture())


@pytest.mark.parametrize(
    "name", ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"]
)
def test_documents_that_cannot_be_taken(sit_down: SitDown, settings: Any, name: str) -> None:
    walk = sit_down(COMMUNICATOR)
    prefix = "document-chooser-upload-" if "chooser" in name else ""
    field = "files[]" if "multiple" in name else f"{prefix}file"
    for upload in (file("rapport.exe"), file("rapport.pdf", b""), file("rapport.pdf")):
        sent = {f"{prefix}title": "", field: upload}
        walk.post(name, sent=sent, **{"X-Requested-With": "XMLHttpRequest"})
