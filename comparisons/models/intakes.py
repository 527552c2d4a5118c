"""Figures on their way in: a file that was uploaded, or a fetch from Kolada, and how far it has come."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse


class Intake(models.Model):
    """Inläsning: what came in, what is known of it, and the draft release it became.

    The work is done in the background (``intake/work.py``). Whoever works says so in ``worker`` and
    ``beat_at``; one that has gone silent is taken for dead, and the intake can be run again. Without a
    worker it waits for one, since ``beat_at``.
    """

    class Kind(models.TextChoices):
        """Where the figures come from."""

        FILE = "file", "Fil"
        KOLADA = "kolada", "Kolada"

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "Väntar på sin tur"
        READING = "reading", "Läses"
        ASKING = "asking", "Behöver svar"
        FAULTY = "faulty", "Filen behöver rättas"
        PLANNED = "planned", "Klar att spara som utkast"
        SAVING = "saving", "Sparas"
        DONE = "done", "Klar"
        FAILED = "failed", "Misslyckad"

    #: States in which somebody is at work on it, or is to be.
    UNDER_WAY = (State.WAITING, State.READING, State.SAVING)
    #: States in which it waits for an editor.
    FOR_EDITORS = (State.ASKING, State.FAULTY, State.PLANNED, State.FAILED)
    #: Long, and of no use in a list.
    LONG = ("content", "questions", "plan", "answers")

    kind = models.CharField("slag", max_length=10, choices=Kind)
    name = models.CharField("namn", max_length=255, help_text="The name of the file, or what was fetched.")
    content = models.BinaryField(null=True)
    state = models.CharField("läge", max_length=10, choices=State, default=State.WAITING)
    title = models.CharField("rubrik", max_length=200, blank=True)
    reason = models.TextField("anledning", blank=True)
    answers = models.JSONField(default=dict, help_text="What the editor has said of what was not understood.")
    questions = models.JSONField(default=list, help_text="What is still to be answered.")
    plan = models.JSONField(default=dict, help_text="The plan as it is shown: numbers, and the first lines.")
    told = models.TextField("besked", blank=True, help_text="Why it failed, or what came of it.")
    step = models.CharField("steg", max_length=100, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True, help_text="host:process:began of who works on it")
    beat_at = models.DateTimeField(null=True, help_text="The last sign of life.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField("påbörjad", auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField("klar", null=True)
    release = models.ForeignKey(
        "Release", models.SET_NULL, null=True, related_name="+", verbose_name="publicering"
    )

    class Meta:
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def get_admin_url(self) -> str:
        """Its own screen in the admin."""
        return reverse("intakes:inspect", args=[self.pk])


class RememberedName(models.Model):
    """What an editor once said that a word in a file means, for the next time.

    ``written`` is as ``intake/names.py`` folds it; ``meaning`` is what the kind needs: ``{"id": 4}`` of
    an indicator, an area or a population, and of a heading what the column holds.
    """

    class Kind(models.TextChoices):
        """What sort of word it is."""

        INDICATOR = "indicator", "Nyckeltal"
        AREA = "area", "Område"
        POPULATION = "population", "Urval"
        HEADING = "heading", "Kolumnrubrik"

    kind = models.CharField(max_length=10, choices=Kind)
    written = models.CharField(max_length=300)
    meaning = models.JSONField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "ihågkommet namn"
        verbose_name_plural = "ihågkomna namn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "written"], name="remembered_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.written}"
