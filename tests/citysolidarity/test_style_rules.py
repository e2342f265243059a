"""House rules of the style sheets: parts, layers, tokens by role, any direction, nothing unused."""

import re
from collections import Counter
from pathlib import Path

import django.contrib.admin
from django.apps import apps
from django.conf import settings

ROOT = settings.BASE_DIR
FOLDER = ROOT / "static" / "css"
SHEETS = sorted(FOLDER.glob("*.css"))  # what pages load
PARTS = sorted(FOLDER.glob("*/*.css"))
DESK = ("admin/", "door/")  # they stand beside the stock admin's, which know no layers
ADMIN = Path(django.contrib.admin.__file__).parent
LONGEST_PART = 130  # lines
# Where a colour may be written out. Everywhere else it has the name of its role.
PALETTES = {"site/colours.css", "site/themes.css", "print/paper.css", "admin/variables.css", "door/codes.css"}
IMPORT = re.compile(r'@import "([^"]+)";')
PHYSICAL = re.compile(
    r"(?<![\w-])(?:"
    r"(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|border-(?:left|right|top|bottom)(?:-[a-z]+)*|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height)"
    r")\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


def name_of(file):
    return str(file.relative_to(FOLDER))


def code_of(file):
    """The text of a style sheet without its comments, what stands in quotes left out."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r'"[^"\n]*"', '""', text)


def outermost(code):
    """What stands before the braces, or the semicolon, of each outermost rule."""
    depth, rules, start = 0, [], 0
    for at, sign in enumerate(code):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and sign in ";}":
            rules.append(code[start : at + 1].partition("{")[0].strip())
            start = at + 1
    return rules


def test_each_part_is_imported_by_one_sheet_once_and_the_sheets_have_no_rules_of_their_own():
    of_sheets = {sheet.name: IMPORT.findall(sheet.read_text("utf-8")) for sheet in SHEETS}
    # The one sheet of a frame on another site repeats parts of the others, a city's those of pledges and the first page,
    # and that of the desk's statistics the chart of the public pages.
    own = {"embed.css": "embed/", "city.css": "city/", "statistics.css": "statistics/"}
    shared = [part for sheet, folder in own.items() for part in of_sheets[sheet] if not part.startswith(folder)]
    imported = Counter(part for parts in of_sheets.values() for part in parts)
    assert imported - Counter(shared) == Counter(name_of(part) for part in PARTS)
    rules = {sheet.name: [rule for rule in outermost(code_of(sheet)) if rule != '@import "";'] for sheet in SHEETS}
    assert {name: left for name, left in rules.items() if left} == {
        name: ["@layer reset, tokens, base, layout, components, print;"] for name in ("site.css", "embed.css")
    }


def test_a_part_is_short():
    lengths = {name_of(part): len(part.read_text("utf-8").splitlines()) for part in PARTS}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_PART} == {}


def test_a_line_has_one_declaration_or_one_brace():
    crowded = {name_of(part): re.findall(r"[^\n]*[;{}][ \t]*[^\s][^\n]*", code_of(part)) for part in PARTS}
    assert {name: lines for name, lines in crowded.items() if lines} == {}


def test_the_rules_of_the_public_pages_are_in_layers_and_those_of_the_desk_are_not():
    """A rule outside the layers wins over all of them; the stock admin's are outside, so ours for it are too."""
    layers = {f"@layer {name}" for name in ("reset", "tokens", "base", "layout", "components", "print")}
    rules = {name_of(part): outermost(code_of(part)) for part in PARTS}
    assert all(rules.values())
    wrong = {
        name: [head for head in heads if (head in layers) == name.startswith(DESK)] for name, heads in rules.items()
    }
    assert {name: heads for name, heads in wrong.items() if heads} == {}


def test_each_token_is_defined_and_used():
    code = "".join(code_of(part) for part in PARTS)
    stock = "".join(file.read_text("utf-8") for file in (ADMIN / "static" / "admin" / "css").glob("*.css"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", code))
    used = set(re.findall(r"var\(\s*(--[\w-]+)", code))
    assert used - defined == set()
    assert defined - used - set(re.findall(r"var\(\s*(--[\w-]+)", stock)) == set()


def test_a_colour_has_the_name_of_its_role():
    literal = re.compile(
        r":[^;{}]*(?:#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\()[^;{}]*;", re.IGNORECASE
    )
    found = {name_of(part): literal.findall(code_of(part)) for part in PARTS}
    assert {name for name, colours in found.items() if colours} == PALETTES


def test_a_style_sheet_reads_the_same_from_right_to_left():
    """Logical properties only: inset-inline-start, margin-block, inline-size; physical ones stand still in Arabic."""
    found = {
        name_of(part): [match.group().strip() for match in PHYSICAL.finditer(without_queries(code_of(part)))]
        for part in PARTS
    }
    assert {name: properties for name, properties in found.items() if properties} == {}


def without_queries(code):
    """The code without the conditions of its queries, which may ask for a width."""
    return re.sub(r"@(?:media|container)[^{]*{", "{", code)


def test_each_class_and_id_is_on_a_page():
    """A name counts as used where it stands, as one word, in a template, a script or Python, the stock admin's too."""
    folders = [ROOT / name for name in ("templates", "static/js", "citysolidarity", "practices", "pledges")]
    files = [
        file for folder in [*folders, ADMIN] for file in folder.rglob("*") if file.suffix in {".html", ".js", ".py"}
    ]
    words = set(re.findall(r"[A-Za-z_][\w-]*", "\n".join(file.read_text("utf-8") for file in files)))
    code = "".join(code_of(part) for part in PARTS)
    selectors = "\n".join(head for head in re.findall(r"([^;{}]+){", code) if "@" not in head)
    named = set(re.findall(r"[.#]([A-Za-z_][\w-]*)", selectors))
    # Django puts these together from the names of models and of fields.
    words |= {f"model-{model._meta.model_name}" for model in apps.get_models()} | {f"id_{word}" for word in words}
    assert len(named) > 100
    assert named - words == set()
