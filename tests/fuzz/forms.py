"""Every public form, filled in and then bent, at the real server: ``python -m tests.fuzz.forms --each 10000``.

``--acts sign share`` takes some of the forms (those of ``tests/faults/ledger.py``); each ``--seed`` bends otherwise, so that the
posts can be spread over several runs. Answers of 500 and more are printed, each with what was sent, and make the command fail;
so does a form none of whose posts was acknowledged, since it was not tried then.
Wants Linux and the test requirements.
"""

import argparse
import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from tests.faults.every_form import DONE, asked
from tests.faults.ledger import ACTS
from tests.faults.rig import rig
from tests.fuzz.__main__ import Site
from tests.fuzz.shots import TEXTS, bent

AT_ONCE, SOWN = 4, 300
URLENCODED = "application/x-www-form-urlencoded"
OTHER_TYPES = ("", "text/plain", "application/json", "multipart/form-data; boundary=x", f"{URLENCODED}; charset=utf-7")
CHANGES = ("other", "other", "other", "mixed", "mixed", "gone", "twice", "renamed", "more")


def bent_post(path: str, fields: dict, dice: random.Random) -> tuple[str, dict[str, str], bytes]:
    """``(path, headers, body)``: up to three fields otherwise, and seldom the path, the type or the body as well."""
    pairs = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    for _ in range(dice.choice((0, 1, 1, 1, 2, 3))):
        at = dice.randrange(len(pairs)) if pairs else None
        change, text = dice.choice(CHANGES), odd_text(dice)
        if at is None or change == "more":
            pairs.append((dice.choice(("go", "csrfmiddlewaretoken", text[:50])), text))
            continue
        name, value = pairs[at]
        if change == "gone":
            del pairs[at]
        elif change == "twice":
            pairs.insert(at, (name, text))
        elif change == "renamed":
            pairs[at] = (name + text[:3], value)
        else:
            cut = dice.randint(0, len(str(value)))
            pairs[at] = (name, text if change == "other" else str(value)[:cut] + text + str(value)[cut:])
    body = urlencode(pairs, errors="surrogatepass").encode() or b"go=1"
    kind, rare = URLENCODED, dice.random()
    if rare < 0.02:
        kind = dice.choice(OTHER_TYPES)
    elif rare < 0.04:
        body = body[: dice.randint(0, len(body))]
    elif rare < 0.06:
        path = bent(path, dice)
    return path, {"Content-Type": kind}, body


def odd_text(dice: random.Random) -> str:
    """A known trap, or some letters of anywhere in Unicode."""
    if dice.random() < 0.7:
        return dice.choice(TEXTS)
    return "".join(
        chr(dice.randrange(1, dice.choice((0x80, 0x800, 0x10000, 0x110000)))) for _ in range(dice.randint(1, 40))
    )


def try_form(site: Site, posts: list, each: int, dice: random.Random) -> int:
    """How many were acknowledged."""
    acknowledged = []

    def send(post) -> None:
        path, headers, body = post
        status, text = site.ask("POST", path, headers, body)
        if status == 302 or (status == 200 and any(sentence in text for sentence in DONE)):
            acknowledged.append(path)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for begin in range(0, each, 500):
            count = min(500, each - begin)
            chosen = (posts[(begin + at) % len(posts)] for at in range(count))
            list(pool.map(send, [bent_post(path, fields, dice) for path, fields, _key in chosen]))
    return len(acknowledged)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.forms", description=__doc__)
    parser.add_argument("--each", type=int, default=10_000, help="posts of each form (10000)")
    parser.add_argument("--acts", nargs="+", choices=ACTS, default=ACTS, help="these forms alone (all)")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    begun, wrong, total = time.monotonic(), [], 0
    with rig(1, site="tests.faults.open_wsgi") as parts:
        sown = asked(parts, "sow", str(min(SOWN, told.each)), *told.acts)
        parts.worker.terminate()  # nobody reads the letters here, and sending them takes a third of the processor
        for act in told.acts:
            site, dice = Site(parts), random.Random(f"{act} {told.seed}")
            acknowledged = try_form(site, sown[act], told.each, dice)
            total += sum(site.answers.values())
            sys.stdout.write(
                f"{act}: {json.dumps({str(key): n for key, n in sorted(site.answers.items(), key=str)})}\n"
            )
            sys.stdout.flush()
            wrong += site.bad
            if not acknowledged:
                wrong.append(f"{act}: none acknowledged")
    sys.stdout.write(f"{total} posts at {len(told.acts)} forms, {time.monotonic() - begun:.0f} s, {len(wrong)} wrong\n")
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
