"""Pages of a list: a page past the end is the last one."""

from practices.directory.pagination import Page
from practices.directory.selection import Selection


def test_a_page_past_the_end_is_the_last_one():
    page = Page(Selection(page=9999), total=45, size=20)
    assert (page.number, page.paginator.num_pages, page.slice) == (3, 3, slice(40, 60))
    assert (page.start_index(), page.end_index()) == (41, 45)
    assert (page.previous_url, page.next_url) == ("?page=2", "")


def test_an_empty_list_has_one_page():
    page = Page(Selection(), total=0, size=20)
    assert (page.number, page.paginator.num_pages, page.start_index(), page.end_index()) == (1, 1, 0, 0)
    assert page.previous_url == page.next_url == ""


def test_links_show_the_ends_and_what_is_near_with_gaps_between():
    page = Page(Selection(page=10, words="a"), total=400, size=20)
    assert [number for number, _url in page.links] == [1, 0, 8, 9, 10, 11, 12, 0, 20]
    assert dict(page.links)[1] == "?q=a"
    assert dict(page.links)[8] == "?q=a&page=8"
