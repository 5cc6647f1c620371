"""Whether an installed library draws and reads as it does everywhere: the vectors, and one digest of many readings.

    python conformance.py VECTORS [READINGS] [--pure]

Needs the installed library and nothing else. VECTORS is draw-vectors.json. With --pure, YAML is read by PyYAML's
own parser, as it is where libyaml is missing. Prints one line: how YAML was read, and the digest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path


def main() -> None:
    """Check the vectors, and print the digest of the readings."""
    words = argparse.ArgumentParser(description="whether the library draws and reads as it does everywhere")
    words.add_argument("vectors", type=Path)
    words.add_argument("readings", type=int, nargs="?", default=1000)
    words.add_argument("--pure", action="store_true", help="read YAML without libyaml")
    given = words.parse_args()
    parser = chosen_parser(pure=given.pure)
    check_vectors(given.vectors)
    print(parser, digest_of(given.readings))  # noqa: T201  what it is for


def chosen_parser(*, pure: bool) -> str:
    """Return how YAML is read: by libyaml where it is there, unless it is to be without."""
    import yaml

    if pure and hasattr(yaml, "CSafeLoader"):
        del yaml.CSafeLoader
    return "libyaml" if hasattr(yaml, "CSafeLoader") else "pure"


def check_vectors(path: Path) -> None:
    """Raise AssertionError unless each vector's cards and orientations are drawn."""
    from intimacy_tarot._deck import shuffled, turned
    from intimacy_tarot._seed import untag

    for vector in json.loads(path.read_text(encoding="utf-8")):
        seed, cards = untag(vector["seed"]), vector["k"]
        assert shuffled(vector["n"], cards, seed) == vector["cards"], vector
        flags = turned(cards, seed, vector["rate"])
        assert "".join("R" if flag else "U" for flag in flags) == vector["reversed"], vector


def digest_of(count: int) -> str:
    """Return one digest of so many readings: every spread in turn, every format, options of all kinds."""
    import intimacy_tarot as tarot

    total = hashlib.sha256()
    spreads, decks = tarot.spread_ids(), tarot.deck_ids()
    for number in range(count):
        reading = tarot.read(
            spreads[number % len(spreads)],
            seed=(number, "\u0131\u0130"),
            deck=decks[number // len(spreads) % len(decks)],
            reversal_rate=(0, 0.35, 0.5, 1)[number % 4],
            partner=(None, "Renée", tarot.Person("I\u011fd\u0131r", "she"), "יעל")[number % 4],
            question=(None, "Why are we so distant?", "Do we still laugh?")[number % 3],
        )
        made = (
            reading.to_text(width=60),
            reading.to_markdown(),
            reading.to_html(),
            reading.to_svg(),
            reading.to_json(),
        )
        total.update(made[number % len(made)].encode("utf-8"))
    return total.hexdigest()


if __name__ == "__main__":
    main()
