"""Pages of a list whose total is already known; a page past the end is the last one."""

from django.core import paginator

from practices.directory.selection import Selection


class Page(paginator.Page):
    def __init__(self, selection: Selection, total: int, size: int):
        pages = paginator.Paginator(range(total), size)
        page = pages.get_page(selection.page)
        super().__init__(page.object_list, page.number, pages)
        self.selection = selection

    @property
    def slice(self) -> slice:
        size = self.paginator.per_page
        return slice((self.number - 1) * size, self.number * size)

    @property
    def previous_url(self) -> str:
        return self.url(self.number - 1) if self.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.url(self.number + 1) if self.has_next() else ""

    @property
    def links(self) -> list[tuple[int, str]]:
        """``(number, address)`` of the first, the last and the pages around this one; ``(0, "")`` marks a gap."""
        last = self.paginator.num_pages
        numbers = sorted({1, last, *range(max(1, self.number - 2), min(last, self.number + 2) + 1)})
        links = []
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number > before + 1:
                links.append((0, ""))
            links.append((number, self.url(number)))
        return links

    def url(self, number: int) -> str:
        return self.selection.changed(page=number).query() or "?"
