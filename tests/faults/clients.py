"""Eight clients that sign, each post from an address and a mailbox of its own, until they know that it arrived."""

import http.client
import re
import threading
import time
from collections import Counter
from itertools import count
from urllib.parse import urlencode

CLIENTS = 8
# Forms that a client opens before it sends the first of them: sooner than after three seconds nobody has filled one in.
AT_HAND = 10
FILLING_IN = 3.2  # seconds
TIMEOUT = 40  # seconds for an answer
TRIES_FROM_ONE_ADDRESS = 4  # below the limit of five an hour: an attempt that was lost may have been counted
GIVE_UP = 300  # seconds
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
SENT = re.compile(r"/statement/sign/sent/([0-9A-Z-]{9})/$")
CITIES = ("amman-jo:Amman", "vienna-at:Vienna", "warsaw-pl:Warsaw")


def answered(connection: http.client.HTTPConnection, method, path, body, **headers) -> tuple[int, str, str]:
    """``(status, Location, text)``; status 0 where there was no whole answer."""
    headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, "", ""
    finally:
        connection.close()


class Clients:
    """``at_hand`` are the forms that a client fills in side by side.

    ``acknowledged`` holds ``{mailbox: reference}``; ``outcomes`` counts every answer, and none, by kind.
    """

    at_hand = AT_HAND

    def __init__(self, port: int, posts: int):
        self.port, self.posts = port, posts
        self.acknowledged: dict[str, str] = {}
        self.outcomes: Counter[str] = Counter()
        self.troubles: list[str] = []
        self.numbers, self.addresses, self.lock = count(), count(1), threading.Lock()

    def run(self) -> list[threading.Thread]:
        """Starts them; they end when all posts are acknowledged."""
        threads = [threading.Thread(target=self.sign, daemon=True) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    def sign(self):
        """One client: opens some forms, fills them in, sends them one after the other."""
        try:
            while mine := self.next_posts():
                forms = [(number, self.open_form()) for number in mine]
                time.sleep(FILLING_IN)
                for number, stamp in forms:
                    self.send(number, stamp)
        except Exception as trouble:
            self.troubles.append(repr(trouble))

    def next_posts(self) -> list[int]:
        with self.lock:
            found = [next(self.numbers) for _ in range(self.at_hand)]
        return [number for number in found if number < self.posts]

    def own_address(self) -> str:
        with self.lock:
            number = next(self.addresses)
        # In a network of its own: neighbours are counted together.
        return f"127.{1 + number // 250 % 250}.{1 + number % 250}.{1 + number // 62_500}"

    def open_form(self) -> str:
        """The signed stamp, with the one-time key, of a fresh form."""
        until = time.monotonic() + GIVE_UP
        while time.monotonic() < until:
            status, _place, text = self.ask("GET", "/en/statement/sign/city/", self.own_address())
            if status == 200 and (found := STAMP.search(text)):
                return found[1]
            time.sleep(0.2)
        raise TimeoutError("no form")

    def send(self, number: int, stamp: str):
        """Posts the same form with the same key until its arrival is acknowledged."""
        slug, name = CITIES[number % len(CITIES)].split(":")
        mailbox, institution = f"officer-{number}@city-{number}.example", f"Municipality of {name} {number}"
        body = urlencode(
            {
                "stamp": stamp, "q": name, "searched": name, "city": f"city:{slug}", "institution": institution,
                "office": "mayor", "signer_name": "Rana Haddad", "email": mailbox, "visibility": "public", "seen": "1",
                "consent": "on",
            }
        )  # fmt: skip
        until, tries, address = time.monotonic() + GIVE_UP, 0, self.own_address()
        while time.monotonic() < until:
            tries += 1
            if tries % TRIES_FROM_ONE_ADDRESS == 0:
                address = self.own_address()
            status, place, text = self.ask("POST", "/en/statement/sign/check/", address, body)
            if status == 302 and (found := SENT.search(place)):
                self.note("acknowledged" if tries == 1 else "acknowledged after a retry")
                self.acknowledged[mailbox] = found[1]
                return
            if status == 503:
                kept = institution in text and mailbox in text
                self.note("503 with the typed text" if kept else "503 WITHOUT the typed text")
            elif status:
                self.note(f"answer {status}")
            else:
                self.note("no answer")
            time.sleep(0.3)
        raise TimeoutError(f"post {number} was never acknowledged")

    def note(self, outcome: str):
        with self.lock:
            self.outcomes[outcome] += 1

    def ask(self, method: str, path: str, address: str, body: str | None = None) -> tuple[int, str, str]:
        return answered(
            http.client.HTTPConnection("127.0.0.1", self.port, TIMEOUT, source_address=(address, 0)), method, path, body
        )
