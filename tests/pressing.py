"""The forms of a screen, to be sent as they stand, and empty."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Not sent by a browser unless it is pressed, chosen or ticked.
_BUTTONS = ("submit", "button", "reset", "image")


@dataclass
class Form:
    """Something to send with POST: where to, what its fields say, and which buttons it has."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    #: The fields that can be emptied: what is not hidden, and a choice that offers nothing.
    open: set[str] = field(default_factory=set)
    #: What scripts always send: a StreamField says how many blocks it has, here none.
    always: dict[str, list[str]] = field(default_factory=dict)

    def ways(self) -> list[dict[str, list[str]]]:
        """What can be sent without writing: with every field emptied, and with each button pressed."""
        written = self.fields | self.always
        emptied = written | {name: [""] for name in self.open}
        pressed = [written | {name: [value]} for name, value in dict.fromkeys(self.buttons)]
        return [emptied, *(pressed or [written])]


def forms(html: str, at: str) -> list[Form]:
    """The forms of the page at an address that are sent with POST, in its order."""
    reader = _Reader(at)
    reader.feed(html)
    reader.close()
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._at = at
        self._form: Form | None = None
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, or something in it."""
        values = {name: value or "" for name, value in attrs}
        name = values.get("name", "")
        if tag == "form":
            # A form that scripts send in the background says where in its data.
            self._form = Form(values.get("action") or values.get("data-w-swap-src-value") or self._at)
            if values.get("method", "").lower() == "post":
                self.forms.append(self._form)
        elif self._form is None or "disabled" in values:
            return
        elif values.get("data-controller") == "w-block":
            self._form.always[f"{values['id']}-count"] = ["0"]
        elif tag == "button" or (tag == "input" and values.get("type") in _BUTTONS):
            if name and values.get("type", "submit") == "submit":
                self._form.buttons.append((name, values.get("value", "")))
        elif tag == "input" and name and values.get("type") != "file":
            ticked = values.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in values:
                value = values.get("value", "on" if ticked else "")
                self._add(name, value, hidden=values.get("type") == "hidden")
        elif tag == "select":
            self._select = "" if "multiple" in values else name
        elif tag == "option" and self._select:
            self._option(values)
        elif tag == "textarea":
            self._textarea = name
            self._add(name, "")

    def handle_endtag(self, tag: str) -> None:
        """The end of a form or a field."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        """What is written in a large field."""
        if self._textarea and self._form is not None:
            self._form.fields[self._textarea][-1] += data.removeprefix("\n")

    def _option(self, values: dict[str, str]) -> None:
        """The chosen option is sent, or the first when none is."""
        assert self._form is not None
        value = values.get("value", "")
        if "selected" in values:
            self._form.fields[self._select] = [value]
        self._form.fields.setdefault(self._select, [value])
        if not value:
            self._form.open.add(self._select)

    def _add(self, name: str, value: str, *, hidden: bool = False) -> None:
        if self._form is not None and name:
            self._form.fields.setdefault(name, []).append(value)
            if not hidden:
                self._form.open.add(name)
