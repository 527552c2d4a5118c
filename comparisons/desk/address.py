"""The second tab of every page's form: its address, and how it is found. Only what the site makes use of."""

from wagtail.admin.panels import FieldPanel, Panel

#: For the front page, which has no address of its own.
DESCRIPTION: list[Panel] = [
    FieldPanel(
        "search_description",
        heading="Beskrivning",
        help_text="En eller två meningar som visas i sökmotorer och när någon delar sidan. Får vara tom.",
    ),
]
#: For a theme, which is always in the menu.
ADDRESS: list[Panel] = [
    FieldPanel(
        "slug",
        heading="Adress",
        help_text=(
            "Det sista i sidans webbadress. Byt den inte när sidan är publicerad: då slutar länkar från "
            "andra webbplatser att fungera."
        ),
    ),
    *DESCRIPTION,
]
#: For every other page.
ADDRESS_AND_MENU: list[Panel] = [
    *ADDRESS,
    FieldPanel("show_in_menus", heading="Visa i menyn", help_text="Sidan får en länk överst på webbplatsen."),
]
