"""How `python3 manage.py docs` makes one site of these pages. index.md says in which order they stand, and for whom."""

import re

project = "Cities of Solidarity"
extensions = ["myst_parser"]
root_doc = "docs/index"
# The folder of the whole project is read, so that links to the two pages beside docs/ hold here as they do in the project.
include_patterns = ["docs/*.md", "CONTRIBUTING.md", "CHANGELOG.md"]
exclude_patterns = [
    ".*", "var", "media", "staticfiles", "static", "templates", "fixtures", "tests", "citysolidarity", "practices", "pledges",
]  # fmt: skip
language = "en"
# Links to a heading, as they are written for a reader of the files.
myst_heading_anchors = 4
highlight_language = "none"

html_theme = "alabaster"
html_title = project
html_sidebars = {"**": ["about.html", "searchfield.html", "navigation.html"]}
html_theme_options = {
    "page_width": "1200px",
    "sidebar_width": "260px",
    "show_powered_by": False,
    "fixed_sidebar": False,
}
html_static_path = ["site/static"]
html_css_files = ["manual.css"]
html_extra_path = ["site/root"]
html_copy_source = html_show_sourcelink = html_show_copyright = html_show_sphinx = html_use_index = False
# A page opened from disk may not fetch another, which a summary of what was found would need.
html_show_search_summary = False

LIST_OF_PAGES = re.compile(r"^- \[[^\]]+\]\((\S+?)\.md\)", re.MULTILINE)


def navigate(app, docname, source):
    """Each list of pages in index.md becomes a part of the navigation, under its heading."""
    if docname != root_doc:
        return
    _before, *parts = re.split(r"(?m)^## (.+)$", source[0])
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        pages = "\n".join(LIST_OF_PAGES.findall(text))
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{pages}\n```\n"


def setup(app):
    app.connect("source-read", navigate)
