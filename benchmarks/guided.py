"""How the library stands up to input that is led by the code it reaches (atheris, which is installed by hand).

    python benchmarks/guided.py TARGET [COUNT]

Sends COUNT inputs (100,000) to one target of `hostile`, each made of one that reached something new, and ends at the
first that lets out anything but an error of ours, takes over five seconds of processor time (the code that is followed
is several times slower than itself; `hostile.py` holds it to one), or takes 400 MB.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

with atheris.instrument_imports(include=["intimacy_tarot"]):
    import yaml
    from hostile import broken, rearranged, takers

    import intimacy_tarot as tarot
    from intimacy_tarot import _source

MOST_BYTES = 40_000
LIMITS = (f"-max_len={MOST_BYTES}", "-timeout=60", "-rss_limit_mb=400", "-print_final_stats=1", "-verbosity=0")
SLOW = 5.0
OWN_SHARE = 0.5
"""How often an input is broken in our own ways; the engine breaks the others, byte by byte."""


def as_text(data: bytes) -> str:
    """Return bytes as text; those that are none become lone surrogates, which are to be refused as well."""
    return data.decode("utf-8", "surrogateescape")


def main() -> None:
    """Attack one target."""
    target, count = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "100000"
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as corpus:
        pairs = takers(target, folder)
        for at, (whole, _) in enumerate(pairs):
            (Path(corpus) / str(at)).write_bytes(bytes([at]) + whole.encode())
        own = _source._LOADER  # noqa: SLF001  both parsers are attacked

        def send(data: bytes) -> None:
            if not data:
                return
            _source._LOADER = own if data[0] & 128 else yaml.SafeLoader  # noqa: SLF001
            begun = time.thread_time()
            with contextlib.suppress(tarot.TarotError):
                pairs[data[0] % 128 % len(pairs)][1](as_text(data[1:]))
            if time.thread_time() - begun > SLOW:
                raise AssertionError("too slow")

        def changed(data: bytes, most: int, seed: int) -> bytes:
            chance = random.Random(seed)  # noqa: S311  it has to be had again
            if not data or chance.random() > OWN_SHARE:
                return bytes(atheris.Mutate(data, most))
            first = bytes([data[0] ^ chance.choice((0, 128, 1))])
            try:
                text = (rearranged if target == "record" else broken)(as_text(data[1:]), chance)
            except (ValueError, IndexError, TypeError, RecursionError):  # no record any more
                text = broken(as_text(data[1:]), chance)
            return (first + text.encode("utf-8", "replace"))[:most]

        atheris.Setup([sys.argv[0], f"-runs={count}", *LIMITS, corpus], send, custom_mutator=changed)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
