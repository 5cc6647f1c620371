"""Whatever the script writes is written whole or not at all, and nothing is left lying about."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intimacy_tarot._writing import write

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the test uses what POSIX offers")
READ = [sys.executable, "-m", "intimacy_tarot", "read", "celtic-cross", "--seed", "7"]
OLD = b"what was there before"


def test_a_link_stays_a_link(tmp_path: Path):
    """What a link leads to is replaced, and the link goes on leading there."""
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(OLD)
    link.symlink_to(real)
    write(link, b"new")
    assert link.is_symlink()
    assert (real.read_bytes(), link.read_bytes()) == (b"new", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]


def test_a_link_to_nothing_makes_the_file_it_leads_to(tmp_path: Path):
    """A link that waits for its file gets it."""
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real.txt")
    write(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


@pytest.mark.parametrize("refused", ["open", "replace"])
def test_what_was_there_stays_when_writing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str):
    """Without the right to write, or to replace, the old file is whole and no other is left."""
    old = tmp_path / "reading.txt"
    old.write_bytes(OLD)

    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, refused, refuse)
    with pytest.raises(PermissionError) as caught:
        write(old, b"new")
    monkeypatch.undo()
    assert caught.value.filename == str(old)
    assert old.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [old]


@POSIX
@pytest.mark.parametrize("there", [False, True], ids=["a new file", "an old file"])
@pytest.mark.parametrize("most", [0, 1, 4000])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, there: bool, most: int):
    """Where a file may hold only so many bytes, the script fails in one line and writes no part of it."""
    wanted = tmp_path / "reading.txt"
    if there:
        wanted.write_bytes(OLD)

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [*READ, "--output", str(wanted)], preexec_fn=limited, capture_output=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.startswith(b"intimacy-tarot: ")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([OLD] if there else [])


@POSIX
def test_ctrl_c_at_any_moment_leaves_a_whole_file_or_none(tmp_path: Path):
    """Broken off wherever it may be, the script says nothing, and the file is the old one or the new one."""
    wanted, chance = tmp_path / "reading.txt", random.Random(7)  # noqa: S311  any moments will do
    whole = subprocess.run([*READ], capture_output=True, check=True).stdout
    for _ in range(12):
        wanted.write_bytes(OLD)
        process = subprocess.Popen([*READ, "--output", str(wanted)], stderr=subprocess.PIPE, cwd=tmp_path)
        time.sleep(chance.uniform(0.2, 0.9))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode in (0, 130, -signal.SIGINT)
        if process.returncode != -signal.SIGINT:  # before our own code runs, Python itself is what is broken off
            assert said == b""
        assert wanted.read_bytes() in (OLD, whole)
        assert list(tmp_path.iterdir()) == [wanted]


@POSIX
@pytest.mark.parametrize("lines", [0, 1, 30])
@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_a_reader_that_goes_away_is_no_fault(form: str, lines: int):
    """However little of it is read, the script ends quietly."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    words = [*READ, "--format", form]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(lines):
            process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
