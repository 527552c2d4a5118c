"""What an editor saw when she opened the form, sealed and sent along with it.

Wagtail's own number of the revision is not enough: an autosave writes over its revision, so what she saw
may be stored nowhere any more; and a form that comes back with an error gets the newest number.
"""

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Model
from wagtail.models import Revision

from comparisons.desk.two_at_once.merging import UNKNOWN

_SEAL = Signer(salt="comparisons.two_at_once")


@dataclass(frozen=True)
class Seen:
    """The fields by name, comparable, and which saved version they were of (None: never saved in a form)."""

    version: list[Any] | None
    values: dict[str, Any]

    def value(self, name: str) -> Any:
        """A field as she saw it; UNKNOWN when the form did not say."""
        return self.values.get(name, UNKNOWN)

    def sealed(self, of: Model) -> str:
        """For the form, bound to the page or indicator."""
        content = {"of": _key(of), "version": self.version, "values": self.values}
        return _SEAL.sign_object(content, compress=True)


def version_of(revision: Revision | None) -> list[Any] | None:
    """What tells a saved version from every other, one that has been written over too."""
    return [revision.pk, revision.created_at.isoformat()] if revision else None


def opened(sent: str, of: Model, latest: Revision | None) -> Seen:
    """What she saw, from what the form sent.

    Without it, or with a broken seal, nothing is known of what she saw: then whatever differs from what
    is saved counts as changed by both. Only what nobody has ever saved in a form is free to be written.
    """
    try:
        content = _SEAL.unsign_object(sent)
        if content["of"] == _key(of):
            return Seen(content["version"], content["values"])
    except BadSignature:
        pass
    return Seen(None if latest is None else [], {})


def _key(of: Model) -> str:
    return f"{of._meta.label_lower}:{of.pk}"
