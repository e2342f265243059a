"""Where what a page says stands in Markdown."""

INDEX = "index"  # for the page of a language, whose address ends with no name


def address_of_twin(path: str) -> str:
    return f"{path}{INDEX}.md" if path.count("/") == 2 else f"{path[:-1]}.md"
