"""One line per step on stderr, with the seconds it takes: a long step shows that it is alive.

Standard library, Python 3.8+. In English only: no translation is available at the start.
"""

import contextlib
import sys
import threading
import time

TERMINAL_PAUSE = 0.5  # seconds between two redrawings of the line on a terminal
LOG_PAUSE = 10.0  # seconds between two lines in a log file


class Step:
    """`note` is a short text, such as "12 of 41", that is shown beside the seconds."""

    def __init__(self, label, stream):
        self.label = label
        self.note = ""
        self.stream = stream
        self.began = time.monotonic()
        self.ended = threading.Event()

    def line(self):
        seconds = time.monotonic() - self.began
        return "{}{} ({:.1f} s)".format(self.label, ": " + self.note if self.note else "", seconds)

    def show_life(self):
        terminal = self.stream.isatty()
        while not self.ended.wait(TERMINAL_PAUSE if terminal else LOG_PAUSE):
            self.write("\r\033[K" + self.line() + " …" if terminal else "  … " + self.line() + "\n")

    def finish(self, mark):
        self.write(("\r\033[K" if self.stream.isatty() else "") + mark + " " + self.line() + "\n")

    def write(self, text):
        """Write `text`, in ASCII where the terminal's encoding has no other marks (LANG=C on old Pythons)."""
        try:
            text.encode(self.stream.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            text = text.replace("✓", "+").replace("✗", "x").replace("…", "...")
        self.stream.write(text)
        self.stream.flush()


@contextlib.contextmanager
def step(label, stream=None):
    """Show `label` with its running time during the block; yields the Step."""
    shown = Step(label, stream or sys.stderr)
    life = threading.Thread(target=shown.show_life, daemon=True)
    life.start()
    mark = "✗"
    try:
        yield shown
        mark = "✓"
    finally:
        shown.ended.set()
        life.join()
        shown.finish(mark)
