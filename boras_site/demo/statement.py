"""What the demo says of the site itself: who publishes it, how to reach them, how accessible it is."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from boras_site.models.statement import Assessment, Conformance

CONTACT = {"contact_email": "boras.stad@boras.se", "contact_phone": "033-35 70 00"}

ABOUT_INTRODUCTION = (
    "<p>Här ser du hur Borås står sig mot andra kommuner. Borås Stad har gjort webbplatsen, så att alla "
    "ska kunna följa vad som går bra och vad som går sämre.</p>"
)
ABOUT: list[dict[str, Any]] = [
    {
        "heading": "Vem som står bakom",
        "texts": [
            "<p>Borås Stad står bakom webbplatsen, och Stadsledningskansliet sköter den. Längst ner på varje "
            "tema står vilken enhet som ansvarar för innehållet.</p>"
        ],
    },
    {
        "heading": "Varifrån siffrorna kommer",
        "texts": [
            "<p>Siffrorna kommer från Öppna jämförelser och andra publicerade undersökningar. De görs av "
            "bland andra SKR, Sveriges Kommuner och Regioner, och av Socialstyrelsen. Under varje tabell "
            "står källan.</p>"
        ],
    },
    {
        "heading": "Inga kakor",
        "texts": [
            "<p>Webbplatsen sparar inga kakor hos dig som läser. Den hämtar inget från andra webbplatser, "
            "så ingen annan får veta vad du läser här.</p>"
        ],
    },
    {
        "heading": "Det du skickar till oss",
        "texts": [
            "<p>När du svarar på frågan Hjälpte sidan dig?, eller rapporterar en brist, sparar vi</p>"
            "<ul><li>vilken sida det gäller</li><li>ditt svar och det du skriver</li>"
            "<li>när det kom.</li></ul>"
            "<p>Vi sparar inget om vem du är, varken din adress, din e-post eller vilken dator du har. "
            "För att stoppa robotar räknar vi hur många svar som kommer från samma dator. Räkningen är "
            "kodad och skild från ditt svar, och den försvinner inom tio minuter.</p>"
            "<p>Det du skickar blir en allmän handling, som andra kan begära att få läsa. Skriv därför "
            "inga personuppgifter. Svaren sparas tills de gallras enligt stadens regler.</p>"
        ],
    },
    {
        "heading": "Om du vill ha svar",
        "texts": [
            "<p>Formulären är anonyma, så vi kan inte svara den som skriver där. Vill du ha svar skriver "
            'du till <a href="mailto:boras.stad@boras.se">boras.stad@boras.se</a> eller ringer '
            '<a href="tel:+4633357000">033-35 70 00</a>.</p>'
        ],
    },
]

#: When the site was last gone through.
_ASSESSED = date(2026, 11, 23)


def accessibility_statement() -> dict[str, Any]:
    """The fields of the statement: what has been tested and found, and nothing beyond it."""
    day = min(_ASSESSED, timezone.localdate())  # a computer whose clock is behind builds the demo too
    return {
        "title": "Tillgänglighetsredogörelse",
        "slug": "tillganglighetsredogorelse",
        "search_description": "Hur webbplatsen uppfyller lagen, och hur du rapporterar brister.",
        "service_name": "Öppna jämförelser",
        "service_url": settings.WAGTAILADMIN_BASE_URL,
        "conformance": Conformance.FULL,
        "assessment": Assessment.OWN,
        "assessment_text": (
            "<p>Varje slags sida testas automatiskt i en riktig webbläsare, på bred och smal skärm, i ljust "
            "och mörkt läge. Testen prövar reglerna i WCAG 2.2 nivå A och AA som går att mäta, att allt "
            "går att nå med tangentbord, att inget behöver dras i sidled på en skärm som är 320 "
            "bildpunkter bred, och att tabellernas rubriker når hjälpmedel.</p>"
            "<p>Vi har också gått igenom sidorna för hand. De är inte prövade av personer med "
            "funktionsnedsättning än.</p>"
        ),
        "assessed_on": day,
        "published_on": day,
        "updated_on": day,
    }
