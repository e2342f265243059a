"""The buttons of a page of the desk, and what a browser sends when each is pressed."""

from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile

# What is typed where a form asks for something and has nothing.
TYPED = {
    "year": "2024", "title": "Letter of the mayor", "official_domain": "amman.example", "moved_to": "", "username": "x",
    "source": "https://gov.example/list", "url": "https://amman.example/decision", "seen_on": "2026-05-04",
    "number_found_at": "The city's own site", "kind": "called-back", "outcome": "nothing", "gone": "",
}  # fmt: skip
WORDS = "Seen, and written down."


def a_pdf():
    import io

    import pikepdf

    out = io.BytesIO()
    book = pikepdf.new()
    book.add_blank_page()
    book.save(out)
    return out.getvalue()


class Forms(HTMLParser):
    """The page's forms that post: (action, fields, buttons, names of files)."""

    def __init__(self, text: str):
        super().__init__()
        self.forms, self.at, self.select, self.area, self.by_id = [], None, None, None, {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            self.begin(facts)
        form = self.by_id.get(facts["form"]) if "form" in facts else self.at
        if form is None:
            return
        if tag == "button" or (tag == "input" and facts.get("type") == "submit"):
            form["buttons"].append((facts.get("name"), facts.get("value", ""), facts.get("formaction")))
        elif tag == "input" and facts.get("name"):
            self.add_input(form, facts["name"], facts)
        elif tag == "textarea":
            self.area = facts.get("name")
            form["fields"][self.area] = [""]
        elif tag == "select":
            self.select = facts.get("name")
            form["fields"].setdefault(self.select, [])
        elif tag == "option" and self.select:
            self.add_option(form["fields"], facts)

    def begin(self, facts):
        self.at = {"action": facts.get("action", ""), "fields": {}, "buttons": [], "files": []}
        self.by_id[facts.get("id")] = self.at
        if facts.get("method", "get").lower() == "post" and facts.get("id") != "logout-form":
            self.forms.append(self.at)

    def add_input(self, form, name, facts):
        kind = facts.get("type", "text")
        if kind == "file":
            form["files"].append(name)
        elif kind not in ("radio", "checkbox") or "checked" in facts:
            form["fields"].setdefault(name, []).append(facts.get("value", "on" if kind == "checkbox" else ""))
        elif kind == "radio":
            form["fields"].setdefault(name, [])

    def add_option(self, fields, facts):
        if "selected" in facts:
            fields[self.select].append(facts.get("value", ""))
        elif facts.get("value") and not fields[self.select]:
            fields.setdefault(f"first of {self.select}", [facts["value"]])

    def handle_data(self, data):
        if self.area and self.at:
            self.at["fields"][self.area][0] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.at = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


def pressed(page, path):
    """Each button of the page as (name of the button, address, what the browser sends)."""
    for form in Forms(page.text).forms:
        fields = {name: values for name, values in form["fields"].items() if not name.startswith("first of ")}
        for name, values in fields.items():
            if not any(values) and name != "csrfmiddlewaretoken" and "-" not in name:
                first = form["fields"].get(f"first of {name}", [WORDS])
                fields[name] = [TYPED[name]] if name in TYPED else first
        for name, value, action in form["buttons"]:
            own = {name: [value or "1"]} if name else {}
            files = {file: SimpleUploadedFile("a.pdf", a_pdf(), "application/pdf") for file in form["files"]}
            yield f"{name}={value}", action or form["action"] or path, fields | own | files
