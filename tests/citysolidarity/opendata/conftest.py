import pytest

from citysolidarity.opendata.answers import DOWNLOADS, READS, kept


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """Answers and limits of other tests are forgotten, and answers are kept, as on the real site."""
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    for memory in (READS, DOWNLOADS, kept):
        memory.forget()
    yield
    for memory in (READS, DOWNLOADS, kept):
        memory.forget()
