"""Pages as a browser reads them: the tests need not know how a template is broken into lines.

Blanks count once, those at the edge of a block element not at all; what stands in ``RAW`` elements and in the values of
attributes stays as it is. The answer as it was sent is its ``sent``.
"""

import functools
import re

from django.test.client import Client

RAW = re.compile(r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)\s*>)", re.DOTALL)
TAG = re.compile(r"(<[/a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>)")
VALUE = re.compile(r"(\"[^\"]*\"|'[^']*')")
BLANKS = re.compile(r"[ \t\r\n\f]+")
BLOCKS = (
    "html|head|body|title|meta|link|main|header|footer|nav|section|article|aside|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|"
    "caption|thead|tbody|tfoot|tr|th|td|form|fieldset|legend|figure|figcaption|details|summary|blockquote|hr|br"
)
BLOCK = re.compile(rf"</?(?:{BLOCKS})\b")
# What stood on a line of its own still ends one: expressions of the tests look no further than a line.
LINES = re.compile(r"(</(?:p|h[1-6]|tr|ul|ol|dl|table|article|section|nav|div|form|fieldset|details)>)(?!</)")


def read(html: str) -> str:
    pieces = RAW.split(html)
    pieces[1::2] = [one_blank_in(TAG.match(piece)[0]) + TAG.sub("", piece, count=1) for piece in pieces[1::2]]
    pieces[::2] = [plain(piece) for piece in pieces[::2]]
    return "".join(pieces)


def plain(html: str) -> str:
    texts, tags = (TAG.split(html)[start::2] for start in (0, 1))
    edges = [True, *(bool(BLOCK.match(tag)) for tag in tags), True]
    texts = [BLANKS.sub(" ", text) for text in texts]
    for at, text in enumerate(texts):
        text = text.lstrip(" ") if edges[at] and at else text
        texts[at] = text.rstrip(" ") if edges[at + 1] and at < len(tags) else text
    tags = [one_blank_in(tag) for tag in tags]
    return LINES.sub(r"\1\n", "".join(text + tag for text, tag in zip(texts, [*tags, ""], strict=True)))


def one_blank_in(tag: str) -> str:
    parts = VALUE.split(tag)
    parts[::2] = [BLANKS.sub(" ", part) for part in parts[::2]]
    return "".join(parts)


def install() -> None:
    """Every answer of the test client comes so."""
    request = Client.request

    @functools.wraps(request)
    def read_request(self, **given):
        answer = request(self, **given)
        if not answer.streaming:
            answer.sent = answer.content
            if answer.get("Content-Type", "").startswith("text/html") and "Content-Encoding" not in answer:
                answer.content = read(answer.text).encode()
        return answer

    Client.request = read_request
