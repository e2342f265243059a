"""A real mail server on this machine, which behaves as told: ok, slow, busy, refusing, dropping after DATA, or down."""

import asyncio
import email
import email.policy
import threading
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller

from tests.processes import free_port


@dataclass
class Behaviour:
    """What the server does; change it while it runs. ``received`` are the messages it got to see, whole."""

    kind: str = "ok"  # ok · slow · busy · full · unknown · refused · drop
    seconds: float = 0.0
    received: list = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's names
        if self.kind == "unknown":
            return f"550 5.1.1 <{address}>: there is no such user"
        if self.kind == "busy":
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.kind == "refused":
            return "554 5.7.1 refused by our rules"
        if self.kind == "full":
            return "452 4.2.2 mailbox full"
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.arrived.set()
        await asyncio.sleep(self.seconds)
        if self.kind == "drop":
            server.transport.abort()
        return "250 2.0.0 taken"


class Listener(Controller):
    """Whoever comes in at the moment in which it stops is let in first, and then sent away like the others.

    asyncio would leave their transport behind, which fails when it is collected: in whatever test runs just then.
    """

    def stop(self, no_assert=False):
        asyncio.run_coroutine_threadsafe(self.shut_the_door(), self.loop).result()
        super().stop(no_assert)

    async def shut_the_door(self):
        for listening in self.server.sockets:
            self.loop.remove_reader(listening.fileno())
        for _turn in range(3):
            await asyncio.sleep(0)


class Server:
    """``with Server() as server``: listens on a free port of 127.0.0.1; ``server.url`` is its MAIL_URL."""

    def __init__(self, kind="ok", seconds=0.0):
        self.behaviour = Behaviour(kind, seconds)
        self.port = free_port()

    def __enter__(self):
        self.controller = Listener(self.behaviour, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def __exit__(self, *trouble):
        self.controller.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def received(self):
        return self.behaviour.received

    @property
    def identities(self):
        return [message["Message-ID"] for message in self.received]

    def mailers(self, timeout=5):
        """Django's MAILERS with this server as the default."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": timeout}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
