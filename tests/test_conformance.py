"""The same bytes everywhere: with and without libyaml, under any hash seed and locale, and from a zip."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest
from packaged_text import ROOT

READINGS = "28"
CONFORMANCE = Path(__file__).parent / "conformance.py"
VECTORS = Path(__file__).parent / "data" / "draw-vectors.json"


UNMEASURED = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
"""The environment without what would have such a process measured, from a zip as well, whose lines count for none."""


def digest(*words: str, **environment: str) -> str:
    """Return the digest that the conformance program prints."""
    done = subprocess.run(
        [sys.executable, str(CONFORMANCE), str(VECTORS), READINGS, *words],
        env={**UNMEASURED, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    parser, found = done.stdout.split()
    assert (parser == "pure") or "--pure" not in words
    return found


@cache
def plain() -> str:
    return digest(PYTHONHASHSEED="0")


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        pytest.param(("--pure",), {}, id="without libyaml"),
        pytest.param((), {"PYTHONHASHSEED": "4242"}, id="another hash seed"),
        pytest.param((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="the C locale"),
        pytest.param((), {"LC_ALL": "tr_TR.UTF-8"}, id="a Turkish locale, where there is one"),
    ],
)
def test_the_readings_are_the_same(words, environment):
    """Nothing around a process changes a byte of what it makes."""
    assert digest(*words, **environment) == plain()


def test_a_zip_makes_the_same_readings(tmp_path):
    """The package runs from a zip, where no file of it can be opened by a path."""
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for top, inside in (("src/intimacy_tarot", ""), ("decks", "decks"), ("spreads", "spreads")):
            for path in sorted((ROOT / top).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    archive.write(path, Path("intimacy_tarot") / inside / path.relative_to(ROOT / top))
    assert digest(PYTHONPATH=str(packed)) == plain()


def test_a_wrong_vector_fails_the_run(tmp_path):
    """The program sees a card that is otherwise than the vectors say."""
    wrong = tmp_path / "vectors.json"
    wrong.write_text(VECTORS.read_text(encoding="utf-8").replace("[62, 46, 34]", "[62, 46, 35]"), encoding="utf-8")
    done = subprocess.run([sys.executable, str(CONFORMANCE), str(wrong), "1"], capture_output=True, check=False)
    assert done.returncode
    assert b"AssertionError" in done.stderr
