"""How the library stands up to strangers: broken content, records, names, words and arguments, by the hundred thousand.

    python benchmarks/hostile.py [COUNT] [TARGET ...]

Sends COUNT inputs (100,000) to each target, on a stack of 256 KB, YAML by both parsers in turn, and says what became
of them. Fails if anything but an error of ours got out, or if an input took over a second.
"""

from __future__ import annotations

import resource
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hostile import TARGETS, attack, on_small_stack

SLOW = 1.0


def told(target: str, count: int) -> bool:
    """Print what became of a target's inputs, and return whether all was well."""
    found: Counter[str] = Counter()
    slowest, examples = 0.0, {}
    for outcome in attack(target, count):
        found[outcome.found] += 1
        slowest = max(slowest, outcome.seconds)
        if outcome.found not in ("read", "refused") or outcome.seconds > SLOW:
            examples.setdefault(outcome.found, outcome.sent)
    escaped = count - found["read"] - found["refused"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = f"{target:12} {count:9,} sent {found['read']:9,} read {found['refused']:9,} refused {escaped:5,} escaped"
    print(f"{line}   slowest {slowest:.3f} s   peak so far {peak} MB", flush=True)
    for what, sent in examples.items():
        print(f"    {what}\n    {sent[:300]!r}", flush=True)
    return not escaped and slowest <= SLOW


def main() -> int:
    """Attack each target, and return 0 if all stood."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    targets = sys.argv[2:] or TARGETS
    stood = [on_small_stack(lambda target=target: told(target, count)) for target in targets]
    return not all(stood)


if __name__ == "__main__":
    sys.exit(main())
