"""What the site is called, how to reach whoever publishes it, and who supervises its accessibility."""

import re
from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from comparisons.svenska import genitive


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What the site and its owner are called, the logo, and who answers for it."""

    organisation = models.CharField("organisation", max_length=80, default="Borås Stad")
    site_name = models.CharField("webbplatsens namn", max_length=80, default="Öppna jämförelser")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="logotyp",
        help_text="Visas i sidhuvudet i stället för organisationens namn.",
    )
    contact_email = models.EmailField("e-post", blank=True)
    contact_phone = models.CharField("telefon", max_length=40, blank=True)
    contact_address = models.TextField("postadress", max_length=400, blank=True)
    feedback_email = models.EmailField(
        "e-post för rapporterade brister",
        blank=True,
        help_text=(
            "Hit skickas brister och synpunkter från webbplatsens formulär. Tomt: inget mejl skickas. "
            "Allt finns alltid under Läsarnas svar i menyn."
        ),
    )
    supervisor_name = models.CharField(
        "tillsynsmyndighet",
        max_length=120,
        default="Digg, Myndigheten för digital förvaltning",
        help_text="Kontrollera vilken myndighet som har tillsynen just nu. Uppdraget kan flytta.",
    )
    supervisor_url = models.URLField(
        "webbadress för anmälan",
        default="https://www.digg.se/tdosanmalan",
        help_text="Sidan där läsaren anmäler att vi inte följer lagen om tillgänglighet.",
    )

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("organisation"), FieldPanel("site_name")], "Namn"),
        FieldPanel("logo"),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("contact_address")],
            "Kontakt",
            help_text="Visas i sidfoten och i tillgänglighetsredogörelsen.",
        ),
        FieldPanel("feedback_email"),
        MultiFieldPanel(
            [FieldPanel("supervisor_name"), FieldPanel("supervisor_url")],
            "Tillsyn över tillgängligheten",
            help_text="Visas i tillgänglighetsredogörelsen.",
        ),
    ]

    class Meta:
        verbose_name = "webbplatsens namn och kontakt"

    @property
    def organisation_genitive(self) -> str:
        """``Borås Stads``."""
        return genitive(self.organisation)

    @property
    def phone_link(self) -> str:
        """The phone number as a ``tel:`` link has it: ``033-35 70 00`` is ``+4633357000``."""
        digits = re.sub(r"[^0-9+]", "", self.contact_phone)
        return re.sub(r"^0(?=[1-9])", "+46", digits)

    @property
    def has_contact(self) -> bool:
        """Whether there is any way to reach somebody."""
        return bool(self.contact_email or self.contact_phone or self.contact_address)

    def __str__(self) -> str:
        return f"{self.site_name}, {self.organisation}"
