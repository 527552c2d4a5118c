"""Everything that the three roles can meet in the admin is Swedish: a tally of the English there is 0.

The walk finds its screens itself (``tests/walking.py``), so a new screen is looked at from its first day.
What it cannot do or know by itself is in ``test_admin_swedish_answers.py`` and ``…_steps.py``.
"""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks

from boras_site.demo import build
from tests.english import english, said_in_data, said_in_html
from tests.walking import Walk

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db,
    # Wagtail leaves the file open that it scales an image into.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

SitDown = Callable[..., Walk]
COMMUNICATOR, REVIEWER, ADMINISTRATOR = (user.username for user in build.USERS)
#: Fewer screens than this, and the walk has lost its way; so has it without one of these.
FEWEST = 150
LANDMARKS = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:usage",
    "wagtailadmin_choose_page",
    "wagtailimages:index",
    "wagtailsnippets_comparisons_indicator:edit",
    "wagtailsnippets_comparisons_source:list",
    "releases:inspect",
}
#: Where something is sent to, at least, when an administrator presses every button.
SENT = {
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailsnippets_comparisons_indicator:add",
    "wagtailsnippets_comparisons_indicator:edit",
    "wagtailusers_users:add",
    "wagtailusers_groups:edit",
    "releases:inspect",
}


@pytest.mark.parametrize("who", [COMMUNICATOR, REVIEWER])
def test_every_screen_that_a_role_reaches_is_swedish(sit_down: SitDown, who: str) -> None:
    walk = sit_down(who)
    walk.through()
    assert set(walk.seen) >= LANDMARKS and walk.seen.total() >= FEWEST


def test_every_screen_of_an_administrator_and_what_its_buttons_answer_is_swedish(sit_down: SitDown) -> None:
    """An administrator reaches all that the others reach, so the buttons need pressing but once."""
    walk = sit_down(ADMINISTRATOR)
    walk.through(pressing=True)
    assert set(walk.seen) >= LANDMARKS | {"wagtailusers_users:index"} and walk.seen.total() >= FEWEST
    assert set(walk.sent) >= SENT


# --- That English would be found ---------------------------------------------------------------------


def test_english_on_a_screen_is_found_both_ways(sit_down: SitDown) -> None:
    """A text that gettext lacks, though no word of it is known; and one that nobody asked gettext for."""
    walk = sit_down(COMMUNICATOR)
    with hooks.register_temporarily(
        "insert_global_admin_css", lambda: f"<p>{gettext('Zebra')}</p><p>Give it a title</p>"
    ):
        screen = walk.get("wagtailadmin_home")
    assert walk.tally() == f"{screen}  no Swedish for: Zebra\n{screen}  Give it a title\n"
    walk.faults.clear()


def test_english_in_a_letter_is_found(sit_down: SitDown) -> None:
    walk = sit_down(COMMUNICATOR)
    letter = EmailMultiAlternatives("Granskning", "Hej!\nPlease follow the link")
    letter.attach_alternative("<p>Hello</p>", "text/html")
    walk.read("a step", [letter])
    assert walk.tally().splitlines() == [
        "a step: the letter Granskning  Hello",
        "a step: the letter Granskning  Please follow the link",
    ]
    walk.faults.clear()


@pytest.mark.parametrize(
    "html",
    [
        "<p>Nothing was found</p>",
        "<button aria-label='Close'>×</button>",
        "<input type='submit' value='Save'>",
        "<input placeholder='Search'>",
        "<template><b title='Remove'></b></template>",
        "<div data-w-progress-active-value='Saving…'></div>",
        """<div data-block='{"label": "Delete this", "name": "x"}'></div>""",
        """<div data-block='["&lt;label&gt;First name&lt;/label&gt;"]'></div>""",
        """<script type="application/json">{"strings": {"ADD": "Add"}}</script>""",
    ],
)
def test_english_is_found_wherever_it_stands(html: str) -> None:
    assert english(said_in_html(html))


@pytest.mark.parametrize(
    "html",
    [
        "<p>Inget hittades. Status: klar, 40 %</p>",
        "<style>.page { color: red }</style><script>let page = 'first page'</script>",
        "<div class='page' id='page' data-controller='w-action page' data-action='click->page#edit'></div>",
        "<a href='/admin/pages/' data-url='/admin/pages/add/'>Sidor</a>",
        "<input name='page' value='first page' type='hidden'>",
    ],
)
def test_swedish_and_what_nobody_reads_is_left_alone(html: str) -> None:
    assert english(said_in_html(html)) == []


def test_what_a_script_is_told_is_read_to_its_bottom() -> None:
    told = {"step": "done", "html": "<p>Your page</p>", "errors": [["Try again"]]}
    assert english(said_in_data(told)) == ["Try again", "Your page"]


def test_the_walk_goes_where_links_and_redirects_lead(sit_down: SitDown) -> None:
    walk = sit_down(COMMUNICATOR)
    home = reverse("wagtailadmin_home")
    assert reverse("wagtailsnippets_comparisons_indicator:list") in walk.look(home, walk.client.get(home))
    explore = reverse("wagtailadmin_explore_root")
    assert walk.look(explore, walk.client.get(explore))
