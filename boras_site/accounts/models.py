"""Who logs in. An app of its own, because Wagtail's tables refer to users and the pages refer to Wagtail."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone who logs in to the admin. Ours from the start, so that it can grow."""

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
