"""A browser without scripts: https to one port of this machine, cookies, links and forms."""

import http.client
import socket
import ssl
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT = 60


class Answer:
    def __init__(self, url: str, status: int, headers, body: bytes):
        self.url, self.status, self.headers = url, status, headers
        self.text = body.decode(errors="replace")


class Fields(HTMLParser):
    """``forms``: of each form that is posted, the values that a browser would send back."""

    def __init__(self, text: str):
        super().__init__()
        self.forms, self.inside = [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            self.inside = said.get("method", "").lower() == "post"
            if self.inside:
                self.forms.append({})
        if tag == "input" and self.inside and said.get("name") and said.get("type") not in {"radio", "checkbox"}:
            self.forms[-1][said["name"]] = said.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False


class Visitor:
    def __init__(self, name: str, port: int, certificate: Path):
        self.name, self.port, self.cookies = name, port, {}
        self.context = ssl.create_default_context(cafile=str(certificate))

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, page: Answer, fields: dict, *, form: int = -1, to: str = "") -> Answer:
        """Send a form of a page, with these values in place of its own."""
        forms = Fields(page.text).forms
        whole = (forms[form] if forms else {}) | fields
        return self.ask("POST", urljoin(page.url, to), urlencode(whole))

    def ask(self, method: str, path: str, body: str | None = None) -> Answer:
        """The answer at the end of all redirects."""
        for _step in range(6):
            answer = self.once(method, path, body)
            if answer.status not in {301, 302, 303}:
                return answer
            target = urlsplit(urljoin(answer.url, answer.headers["Location"]))
            assert target.netloc == self.name, target
            method, path, body = "GET", target._replace(scheme="", netloc="").geturl(), None
        raise AssertionError(f"{path} leads in circles")

    def once(self, method: str, path: str, body: str | None = None) -> Answer:
        split = urlsplit(path)
        path = split._replace(scheme="", netloc="").geturl()
        raw = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
        with self.context.wrap_socket(raw, server_hostname=self.name) as secure:
            connection = http.client.HTTPConnection(self.name)
            connection.sock = secure
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if body is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{self.name}"}
            connection.request(method, path, body, {name: value for name, value in headers.items() if value})
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                for morsel in SimpleCookie(line).values():
                    self.cookies[morsel.key] = morsel.value
            return Answer(f"https://{self.name}{path}", answer.status, answer.headers, answer.read())
