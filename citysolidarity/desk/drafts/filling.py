"""Fills the form of a finished page with what somebody typed before, whichever view has drawn it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from django.http import QueryDict

BUTTONS = ("submit", "button", "image", "reset")


@dataclass
class Control:
    """A field of a form; ``start`` and ``end`` are the places of its tag, ``stop`` that of its end tag."""

    tag: str
    attrs: dict
    start: int
    end: int
    form: str | None
    stop: int = 0
    options: list = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attrs.get("name") or ""

    @property
    def type(self) -> str:
        return (self.attrs.get("type") or "").lower()

    @property
    def is_button(self) -> bool:
        return self.tag == "button" or (self.tag == "input" and self.type in BUTTONS)


class Controls(HTMLParser):
    """All fields of a page. Forms are told apart by a number, or by their id where they have one."""

    def __init__(self, page: str):
        super().__init__()
        self.lines = [0]
        for line in page.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.found, self.form, self.select, self.number = [], None, None, 0
        self.feed(page)
        self.close()

    @property
    def place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.number += 1
            self.form = attrs.get("id") or f"form {self.number}"
        elif tag in ("input", "textarea", "select", "button", "option"):
            end = self.place + len(self.get_starttag_text())
            control = Control(tag, attrs, self.place, end, attrs.get("form") or self.form)
            if tag == "option":
                if self.select is not None:
                    self.select.options.append(control)
                return
            self.found.append(control)
            if tag == "select":
                self.select = control

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.found and self.found[-1].tag == "textarea":
            self.found[-1].stop = self.place


def fill(page: str, fields: QueryDict) -> str | None:
    """The page with its one form that has all these fields filled; None where none has them all."""
    controls = Controls(page.replace("\r\n", "\n")).found
    page = page.replace("\r\n", "\n")
    chosen = _form_with(controls, fields)
    if chosen is None:
        return None
    edits = [edit for control in controls if control.form == chosen for edit in _edits(control, fields)]
    return edited(page, edits)


def note_files(page: str, names: dict[str, str], key: str, field_name: str) -> str:
    """The page with a note (HTML) at each of these fields for files, and the key of the kept files in its form."""
    page = page.replace("\r\n", "\n")
    edits = []
    for control in Controls(page).found:
        if control.type == "file" and control.name in names:
            attrs = {name: value for name, value in control.attrs.items() if name != "required"}
            hidden = f'<input type="hidden" name="{field_name}" value="{key}">'
            edits.append((control.start, control.end, f"{_tag(control.tag, attrs)}{hidden}{names[control.name]}"))
    return edited(page, edits)


def edited(page: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    return page


def _form_with(controls: list[Control], fields: QueryDict) -> str | None:
    """The form that has all the fields, and of several the one whose hidden fields say the same."""
    scores = {}
    for form in dict.fromkeys(control.form for control in controls if control.form):
        own = [control for control in controls if control.form == form]
        if set(fields) <= {control.name for control in own}:
            hidden = [one for one in own if one.type == "hidden" and one.name in fields]
            scores[form] = sum(one.attrs.get("value") in fields.getlist(one.name) for one in hidden)
    return max(scores, key=scores.get, default=None)


def _edits(control: Control, fields: QueryDict):
    values = fields.getlist(control.name)
    if control.tag == "textarea":
        if values:
            # A browser drops the first line break of a text.
            yield control.end, control.stop, "\n" + escape(values[0])
    elif control.tag == "select":
        for option in control.options:
            yield _marked(option, "selected", (option.attrs.get("value") or "") in values)
    elif control.type in ("checkbox", "radio"):
        yield _marked(control, "checked", (control.attrs.get("value") or "on") in values)
    elif not control.is_button and control.type not in ("file", "password") and values:
        yield control.start, control.end, _tag(control.tag, control.attrs | {"value": values[0]})


def _marked(control: Control, mark: str, is_marked: bool) -> tuple[int, int, str]:
    attrs = {name: value for name, value in control.attrs.items() if name != mark}
    return control.start, control.end, _tag(control.tag, attrs | ({mark: None} if is_marked else {}))


def _tag(tag: str, attrs: dict) -> str:
    return "".join(
        [
            f"<{tag}",
            *(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs.items()),
            ">",
        ]
    )
