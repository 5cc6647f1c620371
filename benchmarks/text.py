"""The text's figures: measures of the cards, suit by suit, and how often readings repeat: `python benchmarks/text.py`.

Nothing here is timed. The first table gives, for the majors and for each suit, the median over its cards, with the
lowest and the highest; the second, over many readings of a spread, how much two of them share and how many of all
their sentences are distinct, in the passages of frame, card, bridge, hinge and synthesis.
"""

from __future__ import annotations

import itertools
import re
import statistics
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import packaged_text
from test_text_measures import MEASURES

import intimacy_tarot as tarot

READINGS = 200
SPREADS = ("you-partner-us", "emotional-block")
COUNTED = ("frame", "card", "bridge", "hinge", "synthesis")


def groups() -> dict[str, list[Path]]:
    """Return the files of the cards: the majors, and each suit."""
    found: dict[str, list[Path]] = {}
    for path in packaged_text.CARDS:
        found.setdefault(path.parent.name, []).append(path)
    return found


def sentences(reading: tarot.Reading) -> set[str]:
    """Return the sentences of a reading's counted passages."""
    return {
        sentence
        for passage in reading.passages
        if passage.kind in COUNTED
        for sentence in re.split(r"(?<=[.!?])[\"']?\s+", passage.text)
    }


def main() -> None:
    """Print the figures."""
    for name, measure in MEASURES.items():
        print(name)
        for group, paths in groups().items():
            values = {path: measure(path) for path in paths}
            low, high = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
            print(f"  {group:13} median {statistics.median(values.values()):5.2f}   "
                  f"lowest {values[low]:5.2f} ({low.stem})   highest {values[high]:5.2f} ({high.stem})")  # fmt: skip
    for spread in SPREADS:
        said = [sentences(tarot.read(spread, seed=seed)) for seed in range(READINGS)]
        counts = Counter(itertools.chain.from_iterable(said))
        shared = [2 * len(a & b) / (len(a) + len(b)) for a, b in itertools.combinations(said, 2)]
        frames = Counter(
            passage.id
            for seed in range(READINGS)
            for passage in tarot.read(spread, seed=seed).passages
            if passage.kind == "frame"
        )
        print(f"{spread}, {READINGS} readings: distinct sentences {len(counts) / counts.total():.2f}, "
              f"mean pairwise overlap {100 * statistics.mean(shared):.1f} %, "
              f"commonest frame in {100 * max(frames.values()) / READINGS:.1f} % of readings")  # fmt: skip


if __name__ == "__main__":
    main()
