"""Two builds of one checkout give the same image, file by file: only dates differ."""

import json
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

from tests.containers.stack import BASE, ROOT, run


def built_anew(tag: str) -> str:
    """An image made without anything of an earlier build; returns its name."""
    run("docker", "build", "--quiet", "--no-cache", "--build-arg", f"BASE={BASE}", "--tag", tag, str(ROOT))
    return tag


def layers(image: str) -> list[dict[str, tuple]]:
    """Of each layer: path → kind, mode, owner, and what it holds; without the dates."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "image.tar"
        run("docker", "save", "--output", str(archive), image)
        with tarfile.open(archive) as whole:
            (manifest,) = json.load(whole.extractfile("manifest.json"))
            return [files(whole.extractfile(layer)) for layer in manifest["Layers"]]


def files(layer) -> dict[str, tuple]:
    with tarfile.open(fileobj=layer) as found:
        return {
            entry.name: (
                entry.type,
                oct(entry.mode),
                entry.uid,
                entry.gid,
                entry.linkname,
                sha256(found.extractfile(entry).read()).hexdigest() if entry.isfile() else "",
            )
            for entry in found
        }


def settings_of(image: str) -> dict:
    """What the image says of itself, but for the number of the image that it was made of, which is as new as itself."""
    (said,) = json.loads(run("docker", "inspect", image))
    return {name: value for name, value in said["Config"].items() if name != "Image"}


def test_two_builds_differ_in_nothing_but_dates():
    first, second = (built_anew(f"citysolidarity-test:{name}") for name in ("one", "other"))
    assert settings_of(first) == settings_of(second)
    ours, others = layers(first), layers(second)
    assert len(ours) == len(others) > 2
    assert sum(map(len, ours)) > 5_000
    different = [
        (number, path)
        for number, (one, other) in enumerate(zip(ours, others, strict=True))
        for path in sorted(one.keys() | other.keys())
        if one.get(path) != other.get(path)
    ]
    assert different == [], f"{len(different)}: {different[:40]}"
