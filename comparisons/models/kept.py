"""For what figures and pages refer to: it is kept while anything does."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from comparisons.models.releases import LedgerClock
from comparisons.usage import refuse_deletion

M = TypeVar("M", bound=Model)


class KeptQuerySet(QuerySet[M]):
    """Refuses to delete what is used, in bulk."""

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete them all, or none: ProtectedError says which ones are used, and where."""
        LedgerClock.wait_for_turn()
        refuse_deletion(self)
        return super().delete()


class KeptWhileUsed(Model):
    """For what figures and pages refer to: it cannot be deleted while anything does.

    Asked before Django collects what hangs on it, whose own refusal names no page and is in English; and
    when nobody is saving figures, for those that are not committed are not seen, and nothing holds what
    they refer to.
    """

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it. Raises ProtectedError with a sentence that says where it is used."""
        LedgerClock.wait_for_turn()
        refuse_deletion([self])
        return super().delete(*args, **kwargs)
