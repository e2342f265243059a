"""One line per step, with the seconds it took, on the error stream: a long step shows that it is alive.

Standard library, Python 3.8+. Written before any translation is available, hence in English only.
"""

import contextlib
import sys
import threading
import time

TERMINAL_PAUSE = 0.5  # seconds between two redrawings of the line on a terminal
LOG_PAUSE = 10.0  # seconds between two signs of life in a log file


class Step:
    """A step under way. Set `note` to a short text, such as "12 of 41", to show it beside the seconds."""

    def __init__(self, label, stream):
        self.label = label
        self.note = ""
        self.stream = stream
        self.began = time.monotonic()
        self.ended = threading.Event()

    def line(self):
        """Return the line as it stands now."""
        seconds = time.monotonic() - self.began
        return "{}{} ({:.1f} s)".format(self.label, ": " + self.note if self.note else "", seconds)

    def show_life(self):
        """Redraw the line until the step has ended."""
        terminal = self.stream.isatty()
        while not self.ended.wait(TERMINAL_PAUSE if terminal else LOG_PAUSE):
            self.write("\r\033[K" + self.line() + " …" if terminal else "  … " + self.line() + "\n")

    def finish(self, mark):
        """Write the line for the last time, after `mark`."""
        self.write(("\r\033[K" if self.stream.isatty() else "") + mark + " " + self.line() + "\n")

    def write(self, text):
        """Write `text`, with plain marks where the terminal's encoding (LANG=C on old Pythons) has no others."""
        encoding = self.stream.encoding or "ascii"
        self.stream.write(
            text.replace("✓", "+").replace("✗", "x").replace("…", "...") if not can_encode(encoding) else text
        )
        self.stream.flush()


def can_encode(encoding):
    """Say whether `encoding` has the marks used here."""
    try:
        "✓…✗".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@contextlib.contextmanager
def step(label, stream=None):
    """Show `label` with its running time while the block works; yield the Step."""
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
