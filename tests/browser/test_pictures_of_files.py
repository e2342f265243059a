"""Papers and share cards look in Arabic as they did when somebody last looked at them.

They are drawn anew where PICTURES_ANEW is set; look at them before they are committed.
"""

import io
import os

import pypdfium2
import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageFilter, ImageOps

from pledges.models import Signature, StatementVersion
from practices.models import City
from tests.browser.addresses import AMMAN
from tests.browser.pictures import FILES, differences, small, store, stored
from tests.pledges.signers import a_published

DOTS = 1.5  # pixels for each point of a page
BRIEF = {"p": [AMMAN, "access-without-fear-toronto"], "like": "berlin-de"}


def page_of(content: bytes, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    return document[number].render(scale=DOTS).to_pil()


@pytest.fixture
def drawn(starter, client, settings):
    """Each of FILES as it is answered now, in full size."""
    settings.SITE_URL = "https://solidarity.example"
    with time_machine.travel("2026-05-04T12:00:00+00:00", tick=False), override("ar"):
        city, version = City.objects.get(slug="amman-jo"), StatementVersion.objects.current("ar")
        signature = a_published(version=version, city=city)
        # The day is PostgreSQL's own; the certificate would say today.
        Signature.objects.filter(pk=signature.pk).update(signed_on="2026-05-04")
        certificate = client.get(reverse("certificate", args=["amman-jo"])).content
        brief = client.get(reverse("brief_pdf"), BRIEF).content
        card = client.get(reverse("practice_card", args=[AMMAN])).content
    pages = page_of(certificate, 0), page_of(brief, 0), page_of(brief, 1), Image.open(io.BytesIO(card))
    return dict(zip(FILES, pages, strict=True))


@pytest.mark.django_db
def test_each_looks_as_it_did(drawn, tmp_path):
    for name, picture in drawn.items():
        if "PICTURES_ANEW" in os.environ:
            store(name, small(picture))
        picture.save(tmp_path / f"{name}.png")
    wrong = {name: found for name, one in drawn.items() if (found := differences(stored(name), small(one)))}
    assert wrong == {}, f"look at the pictures in {tmp_path}; where it should be so, set PICTURES_ANEW"


@pytest.mark.parametrize("name", FILES)
def test_what_breaks_one_is_seen(name):
    before = stored(name)
    softer = before.filter(ImageFilter.GaussianBlur(0.7)).point(lambda shade: min(255, shade * 0.97 + 4))
    assert differences(before, softer) == []
    without = before.copy()
    busiest = without.crop((0, without.height // 4, without.width, without.height // 2))
    without.paste(Image.new("L", busiest.size, busiest.getpixel((0, 0))), (0, without.height // 4))
    assert differences(before, ImageOps.mirror(before)) and differences(before, without)
