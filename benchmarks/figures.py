"""The library's figures, as ratios of medians in one run: `python benchmarks/figures.py`.

Each pair is measured in turn, so that a machine whose speed drifts does not decide the ratio. No test reads these.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import intimacy_tarot as tarot

if TYPE_CHECKING:
    from collections.abc import Callable

READ = "import intimacy_tarot as t; print(t.read('emotional-block', seed=7))"
LIBRARIES = "import yaml, jinja2"


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(code: str) -> Callable[[], object]:
    """Return a run of some Python in a process of its own."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def in_turn(first: Callable[[], object], second: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the medians of two pieces of work, run in turn."""
    pairs = [(seconds(first), seconds(second)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def draws(times: int) -> None:
    """Draw ten cards, many times."""
    deck = tarot.load_deck("rider-waite-smith")
    for seed in range(times):
        deck.deal(10, seed=seed)


def samples(times: int) -> None:
    """Do what a library would do with `random`."""
    for seed in range(times):
        random.Random(seed).sample(range(78), 10)  # noqa: S311  it is what is compared with


def main() -> None:
    """Print the figures."""
    cold, libraries = in_turn(process(READ), process(LIBRARIES), 9)
    print(f"cold: one reading printed, over importing PyYAML and Jinja2: {cold / libraries:.2f}")
    ten, sample = in_turn(lambda: draws(2000), lambda: samples(2000), 5)
    print(f"ten cards drawn: {ten / 2000 * 1e6:.1f} us; random.Random(seed).sample: {sample / 2000 * 1e6:.1f} us")
    made, printed = in_turn(
        lambda: [tarot.read("emotional-block", seed=seed) for seed in range(100)],
        lambda: [str(reading) for reading in ready],
        3,
    )
    characters = statistics.mean(len(str(reading)) for reading in ready)
    print(f"warm: a reading made {made / 100 * 1e3:.2f} ms, printed {printed / 100 * 1e3:.2f} ms, "
          f"{characters:.0f} characters")  # fmt: skip


if __name__ == "__main__":
    ready = [tarot.read("emotional-block", seed=seed) for seed in range(100)]
    main()
