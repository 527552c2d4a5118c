"""The form that compares what an editor saw, what she sends and what is saved now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Revision

from comparisons.desk.two_at_once.comparing import comparable
from comparisons.desk.two_at_once.differences import THEIRS, Difference, Sides
from comparisons.desk.two_at_once.merging import Moved
from comparisons.desk.two_at_once.seen import Seen, opened, version_of
from comparisons.svenska import format_datetime, genitive, join_words

#: Said once for each time it is published, and not a part of what the page says.
_NOT_COMPARED = frozenset({"minor_edit"})


class SeenField(forms.CharField):
    """Hidden: what the editor saw. It is never a change of the page."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Others:
    """Who saved since the form was opened, and when the last of them did."""

    names: tuple[str, ...]
    at: datetime
    myself: bool

    @classmethod
    def since(cls, seen: Seen, latest: Revision, versions: Any, user: Any) -> "Others":
        """Who saved the ``versions`` newer than what she saw; the ``latest``, when that is not known."""
        users = {latest.user}
        if seen.values:
            newer = versions.select_related("user").defer("content")
            if seen.version:
                newer = newer.filter(created_at__gt=datetime.fromisoformat(seen.version[1]))
            users |= {one.user for one in newer}
        names = sorted(get_user_display_name(one) for one in users if one and one != user)
        return cls(tuple(names), latest.created_at, user in users)

    @property
    def told(self) -> str:
        """``Kim har sparat medan du skrev``, with the time of the last save."""
        at = format_datetime(timezone.localtime(self.at))
        if self.myself and not self.names:
            return f"Du har själv sparat i en annan flik, {at}"
        who = [*(self.names or ["Någon"]), *(["du själv i en annan flik"] if self.myself else [])]
        return f"{join_words(who)} har sparat medan du skrev, senast {at}"

    @property
    def theirs(self) -> str:
        """Whose version it is: ``Kims``."""
        if self.myself and not self.names:
            return "det du sparade i den andra fliken"
        alone = len(self.names) == 1 and not self.myself
        return genitive(self.names[0]) if alone else "det som är sparat"


@dataclass(frozen=True)
class Meeting:
    """What the others changed that she did not have, and whether all of it is settled."""

    others: Others
    differences: tuple[Difference, ...]
    shown_first: bool

    @property
    def is_settled(self) -> bool:
        """Whether she has said all that must be said. What goes public she must have been shown."""
        return all(one.chosen if self.shown_first else one.takes for one in self.differences)

    @property
    def brought(self) -> list[str]:
        """What came along from the others without her being asked."""
        return [one.label for one in self.differences if not one.chosen and one.takes == THEIRS]


class TwoAtOnceForm(WagtailAdminModelForm):
    """A form that never writes over what somebody else saved without telling.

    The edit view gives ``latest_revision``, read together with what the form shows, and ``saving`` when
    what is sent is to be saved and no other save can come between. Without them (a preview, a new page)
    nothing is compared. ``meeting`` is None unless somebody else has changed something.
    """

    seen = SeenField(required=False)

    def __init__(
        self, *args: Any, latest_revision: Revision | None = None, saving: bool | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.latest_revision = latest_revision
        self.saving = bool(saving)
        self.meeting: Meeting | None = None
        if saving is False:
            latest, meta = self._latest(), self.instance._meta
            values = {name: meta.get_field(name).value_from_object(latest) for name in self._compared()}
            self.initial["seen"] = self._sealed(values, latest_revision)

    def clean(self) -> Any:
        """Weave in what others have saved before the other rules are asked, or ask her."""
        if self.saving and not self.errors:
            self._meet()
        return super().clean()

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave: what she saw is from now on what she sent."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        values = {name: self.cleaned_data.get(name) for name in self._compared()}
        return [*updates, ("seen", self._sealed(values, self.instance.latest_revision))]

    def _meet(self) -> None:
        latest = self.latest_revision
        seen = opened(self.cleaned_data["seen"], self.instance, latest)
        if latest is None or seen.version == version_of(latest):
            return
        theirs = self._latest()
        compared = [
            Sides(name, self.fields[name], seen.value(name), self.cleaned_data[name], getattr(theirs, name))
            for name in self._compared()
        ]
        differences, woven = [], {}
        for sides in compared:
            found = sides.differences(self.data)
            if found and all(one.takes for one in found):
                woven[sides.name] = sides.merged(found)
                if not self._holds(sides, woven[sides.name]):
                    found = [sides.whole(self.data, Moved(touched=True))]
                    if found[0].chosen == THEIRS:
                        self.add_error(None, _HALF_DONE.format(label=found[0].label))
            differences += found
        if not differences:
            return
        others = Others.since(seen, latest, self.instance.revisions, self.for_user)
        self.meeting = Meeting(others, tuple(differences), not self.is_deferred_validation)
        if not self.meeting.is_settled:
            raise ValidationError(f"{others.told}. Inget är sparat än. Välj överst vad som ska gälla.")
        self.cleaned_data.update(woven)

    def _holds(self, sides: Sides, value: Any) -> bool:
        """Whether what was woven together is whole; a draft may be half done."""
        if value is sides.mine:
            return True
        try:
            if hasattr(sides.field, "block"):
                sides.field.clean(value)
        except ValidationError:
            return False
        return True

    def _compared(self) -> Iterator[str]:
        """The names of the fields that are a part of what the page or the indicator says."""
        own = {field.name for field in self.instance._meta.concrete_fields}
        return (name for name in self.fields if name in own and name not in _NOT_COMPARED)

    def _latest(self) -> Any:
        """The page or indicator as it was last saved; going back, the form's own is an older one."""
        return self.latest_revision.as_object() if self.latest_revision else self.instance

    def _sealed(self, values: dict[str, Any], revision: Revision | None) -> str:
        told = {name: comparable(self.fields[name], value) for name, value in values.items()}
        return Seen(version_of(revision), told).sealed(self.instance)


_HALF_DONE = (
    "{label}: det som den andra har skrivit är inte klart och kan inte publiceras. "
    "Spara utkast i stället, så kommer allt med."
)
