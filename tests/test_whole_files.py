"""Whatever the script writes is written whole or not at all: a full disk, no right to write, a pipe cut off, Ctrl-C."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import intimacy_tarot as tarot
from intimacy_tarot import _cli
from intimacy_tarot._page import starting_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files, pipes and signals")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, or name spaces of its own")
OLD = "what stood here before\n" * 3
READ = ("read", "emotional-block", "--seed", "7")
NEW = tarot.read("emotional-block", seed=7).to_text().encode()
UNMEASURED = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
"""The environment without what would have a process of ours measured, where that has no room or no time to."""

TEMPLATES = ["face.svg.j2", "page.css", "page.html.j2", "styles", "table.svg.j2"]


@pytest.fixture
def script(capsysbinary):
    """Return a function that calls the script in this process: its status, what it printed, what it complained."""

    def call(*words: str | Path) -> tuple[int, bytes, bytes]:
        capsysbinary.readouterr()
        status = _cli.main([str(word) for word in words])
        return status, *capsysbinary.readouterr()

    return call


def names(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


def refused(called: tuple[int, bytes, bytes], error: int, target: Path) -> None:
    """Assert that a call failed in one line that gives the system's reason and the name that was given."""
    assert called == (1, b"", f"intimacy-tarot: {os.strerror(error)}: {target}\n".encode())


# --- a file that is there already


def test_an_existing_file_is_replaced_at_once(tmp_path, script, monkeypatch):
    """Until the moment it is replaced the old file is there, whole, under its name; a moment later the new one is."""
    target = tmp_path / "a.txt"
    target.write_text(OLD, "utf-8")
    replace, seen = os.replace, []

    def watched(partial: Path, real: Path) -> None:
        seen.append(target.read_text("utf-8"))
        replace(partial, real)
        seen.append(target.read_bytes())

    monkeypatch.setattr(os, "replace", watched)
    assert script(*READ, "--output", target) == (0, b"", b"")
    assert seen == [OLD, NEW]
    assert names(tmp_path) == ["a.txt"]


@POSIX
@pytest.mark.parametrize("rights", [0o600, 0o644, 0o666, 0o660, 0o755])
def test_an_existing_file_keeps_its_rights(tmp_path, script, rights, monkeypatch):
    """A file that nobody else may read is never readable by others, not even before it has taken its place."""
    target = tmp_path / "a.txt"
    target.write_text(OLD, "utf-8")
    target.chmod(rights)
    fsync, seen = os.fsync, []
    monkeypatch.setattr(os, "fsync", lambda file: (seen.append(os.fstat(file).st_mode), fsync(file)))
    assert script(*READ, "--output", target)[0] == 0
    assert [stat.S_IMODE(mode) for mode in (*seen, target.stat().st_mode)] == [rights, rights]


@POSIX
@pytest.mark.parametrize("given", ["near", "whole", "chain", "nowhere-yet"])
def test_behind_a_link_it_is_the_file_that_is_replaced(tmp_path, script, given, monkeypatch):
    """A link stays a link, and the file it leads to, there already or not, holds the new text."""
    far = tmp_path / "far"
    far.mkdir()
    for name in ("a.txt", "b.txt"):
        (far / name).write_text(OLD, "utf-8")
    monkeypatch.chdir(tmp_path)
    links = {"near": "far/a.txt", "whole": far / "b.txt", "chain": "near", "nowhere-yet": "far/c.txt"}
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    assert script(*READ, "--output", given) == (0, b"", b"")
    assert Path(given).read_bytes() == NEW
    assert all(Path(name).is_symlink() for name in links)
    assert names(tmp_path) == sorted([*links, "far"])
    written = {"near": "a.txt", "whole": "b.txt", "chain": "a.txt", "nowhere-yet": "c.txt"}[given]
    assert (far / written).read_bytes() == NEW
    assert names(far) == ["a.txt", "b.txt", *(["c.txt"] if written == "c.txt" else [])]


@POSIX
@pytest.mark.parametrize("given", ["round", "folder", "to-a-folder", "file/x", "nowhere/x"])
def test_what_no_file_can_be_written_to_stays_as_it_is(tmp_path, script, given):
    """A link that leads round in a circle, a folder and what lies in no folder are refused by the name given."""
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "folder").mkdir()
    (tmp_path / "to-a-folder").symlink_to("folder")
    (tmp_path / "file").write_text(OLD, "utf-8")
    before = names(tmp_path)
    reasons = {"round": errno.ELOOP, "file/x": errno.ENOTDIR, "nowhere/x": errno.ENOENT}
    refused(script(*READ, "--output", tmp_path / given), reasons.get(given, errno.EISDIR), tmp_path / given)
    assert names(tmp_path) == before
    assert names(tmp_path / "folder") == []
    assert (tmp_path / "round").is_symlink()
    assert (tmp_path / "file").read_text("utf-8") == OLD


@POSIX
def test_a_device_is_written_to_and_stays(script):
    """The script never puts a file in the place of a device."""
    assert script(*READ, "--output", os.devnull) == (0, b"", b"")
    assert Path(os.devnull).is_char_device()


@LINUX
@pytest.mark.parametrize("kind", ["pipe", "deleted"])
def test_what_has_no_name_of_its_own_is_written_to(tmp_path, script, kind):
    """Behind `/dev/stdout` there may be a pipe, or a file that was deleted: either takes the text, nothing is made."""
    if kind == "pipe":
        reading, writing = os.pipe()
    else:
        writing = reading = os.open(tmp_path / "a.txt", os.O_CREAT | os.O_RDWR)
        (tmp_path / "a.txt").unlink()
    try:
        assert script(*READ, "--output", f"/proc/self/fd/{writing}") == (0, b"", b"")
        assert os.read(reading, 65_536) == NEW
    finally:
        for descriptor in {reading, writing}:
            os.close(descriptor)
    assert names(tmp_path) == []


@POSIX
def test_the_longest_name_can_be_written(tmp_path, script):
    """A name of as many characters as a file may have is written as any other, and so is a folder's."""
    longest = "n" * 255
    assert script(*READ, "--output", tmp_path / longest) == (0, b"", b"")
    assert (tmp_path / longest).read_bytes() == NEW
    assert script("new", "templates", tmp_path / ("f" * 255))[0] == 0
    refused(script(*READ, "--output", tmp_path / f"{longest}n"), errno.ENAMETOOLONG, tmp_path / f"{longest}n")
    assert names(tmp_path) == ["f" * 255, longest]


# --- a full disk


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow over a size: a write beyond it fails as it does on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@POSIX
@pytest.mark.parametrize("old", [None, OLD])
@pytest.mark.parametrize("size", [0, 1, 100, len(NEW) - 1, len(NEW)])
def test_a_disk_without_room_leaves_what_was_there(tmp_path, script, size, old):
    """However much of the text finds room, there is the whole of it or what was there before, and nothing besides."""
    target = tmp_path / "a.txt"
    if old:
        target.write_text(old, "utf-8")
    with room_for(size):
        called = script(*READ, "--output", target)
    if size == len(NEW):
        assert called == (0, b"", b"")
        assert target.read_bytes() == NEW
    else:
        refused(called, errno.EFBIG, target)
        assert names(tmp_path) == (["a.txt"] if old else [])
        assert not old or target.read_text("utf-8") == old


@POSIX
@pytest.mark.parametrize("size", [0, 600, max(len(text.encode()) for text in starting_templates().values()) - 1])
def test_templates_are_all_there_or_none_is(tmp_path, script, size):
    """A disk that has room for some of the templates and not for others is left without any."""
    with room_for(size):
        refused(script("new", "templates", tmp_path / "mine"), errno.EFBIG, tmp_path / "mine")
    assert names(tmp_path) == []
    with room_for(100_000):
        assert script("new", "templates", tmp_path / "mine")[0] == 0
    assert names(tmp_path / "mine") == TEMPLATES


FULL = """
set -e
mount -t tmpfs -o size=8k tmpfs "$1"
cd "$1"
printf old > a.txt
for words in "read celtic-cross --seed 7 --format json --output a.txt" "new templates mine"; do
  status=0
  "$2" -m intimacy_tarot $words || status=$?
  echo "$status $(ls -A | tr '\\n' ' ')$(cat a.txt)"
done
"""


@LINUX
def test_a_disk_that_is_really_full_is_told(tmp_path):
    """On a file system of 8 kB the old file stays, nothing is left beside it, and the reason is said in one line."""
    apart = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if (
        not shutil.which("unshare")
        or subprocess.run(
            [*apart, f"mount -t tmpfs -o size=8k tmpfs {tmp_path}"], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("no file system can be mounted here")
    done = subprocess.run(
        [*apart, FULL, "full", tmp_path, sys.executable], check=True, capture_output=True, env=UNMEASURED, timeout=60
    )
    assert done.stdout == b"1 a.txt old\n1 a.txt old\n"
    assert done.stderr.splitlines() == [
        f"intimacy-tarot: {os.strerror(errno.ENOSPC)}: {name}".encode() for name in ("a.txt", "mine")
    ]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fails_at_the_last_moment_leaves_what_was_there(tmp_path, script, monkeypatch, error):
    """Text that was taken and cannot be put down is no file: the old one stays."""

    def fails(_: int) -> None:
        raise OSError(error, os.strerror(error))

    (tmp_path / "a.txt").write_text(OLD, "utf-8")
    monkeypatch.setattr(os, "fsync", fails)
    refused(script(*READ, "--output", tmp_path / "a.txt"), error, tmp_path / "a.txt")
    refused(script("new", "templates", tmp_path / "mine"), error, tmp_path / "mine")
    assert names(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_text("utf-8") == OLD


# --- no right to write


@pytest.fixture
def common() -> Iterator[Path]:
    """Give a folder that lies where everybody may go, and put it away."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextlib.contextmanager
def as_somebody(folder: Path, rights: int) -> Iterator[None]:
    """Act as the owner of a folder with some rights, and as no administrator, for whom rights do not count."""
    root = os.geteuid() == 0
    if root:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65_534, 65_534)
    folder.chmod(rights)
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@POSIX
@pytest.mark.parametrize("old", [None, OLD])
def test_a_folder_that_may_not_be_written_to_stays_as_it_is(common, script, old, monkeypatch):
    """Where no file may be made none is replaced either, and the name that was given is told."""
    if old:
        (common / "a.txt").write_text(old, "utf-8")
    script(*READ)  # so that nothing is left to be read when rights are gone, for the package may be among it
    templates = starting_templates()
    monkeypatch.setattr(_cli, "starting_templates", lambda: templates)
    script("new", "templates", common / "mine")
    with as_somebody(common, 0o555):
        refused(script(*READ, "--output", common / "a.txt"), errno.EACCES, common / "a.txt")
        refused(script("new", "templates", common / "other"), errno.EACCES, common / "other")
    assert names(common) == ["a.txt", "mine"][not old :]
    assert not old or (common / "a.txt").read_text("utf-8") == old


@POSIX
@pytest.mark.parametrize("rights", [0o444, 0o400, 0o000])
def test_a_file_that_may_not_be_written_to_is_not_replaced(common, script, rights):
    """Whoever protected a file from writing finds it as it was, even where its folder lets files be replaced."""
    target = common / "a.txt"
    target.write_text(OLD, "utf-8")
    script(*READ)
    with as_somebody(common, 0o755):
        target.chmod(rights)
        refused(script(*READ, "--output", target), errno.EACCES, target)
        target.chmod(0o600)
    assert target.read_text("utf-8") == OLD
    assert names(common) == ["a.txt"]


# --- a folder of templates


@POSIX
@pytest.mark.parametrize("there", ["empty", "full", "file", "link"])
def test_templates_are_put_into_nothing_that_is_there(tmp_path, script, there):
    """An empty folder, a full one, a file and a link that leads nowhere are left as they are, with status 2."""
    target = tmp_path / "mine"
    if there == "file":
        target.write_text(OLD, "utf-8")
    elif there == "link":
        target.symlink_to("nowhere")
    else:
        target.mkdir()
        if there == "full":
            (target / "page.css").write_text(OLD, "utf-8")
    status, printed, said = script("new", "templates", target)
    assert (status, printed, said.count(b"\n")) == (2, b"", 1)
    assert names(tmp_path) == ["mine"]
    assert there != "full" or (target / "page.css").read_text("utf-8") == OLD
    assert there not in ("empty", "full") or names(target) == ["page.css"][there == "empty" :]


def test_templates_make_no_folder_but_their_own(tmp_path, script):
    """The folder they go into lies in one that is there: no other is made on the way."""
    refused(script("new", "templates", tmp_path / "a" / "b"), errno.ENOENT, tmp_path / "a" / "b")
    assert names(tmp_path) == []


def test_a_folder_made_meanwhile_is_not_mixed_with_ours(tmp_path, script, monkeypatch):
    """Where somebody else makes the folder at the same moment, theirs stays, and nothing of ours is in it."""
    target, replace = tmp_path / "mine", os.replace

    def late(partial: Path, folder: Path) -> None:
        target.mkdir()
        (target / "theirs.css").write_text(OLD, "utf-8")
        replace(partial, folder)

    monkeypatch.setattr(os, "replace", late)
    status, _, said = script("new", "templates", target)
    assert (status, said.count(b"\n"), str(target).encode() in said) == (1, 1, True)
    assert names(tmp_path) == ["mine"]
    assert names(target) == ["theirs.css"]


# --- Ctrl-C


@pytest.mark.parametrize("words", [(*READ, "--output"), ("new", "templates")], ids=["file", "folder"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("module", "step"), [(os, "mkdir"), (io, "open"), (os, "open"), (os, "chmod"), (os, "fsync"), (os, "replace")]
)
def test_an_interrupt_at_any_step_leaves_the_old_or_the_new(tmp_path, monkeypatch, words, when, module, step):
    """Ctrl-C just before or just after any step of writing gives status 130, and nothing half and nothing left over."""
    target, kept = tmp_path / "target", getattr(module, step)
    fresh = words[0] == "new"
    if not fresh:
        target.write_text(OLD, "utf-8")

    def interrupted(path: object, *rest: object, **options: object) -> object:
        ours = isinstance(path, int) or str(path).startswith(str(tmp_path))
        if ours and when == "before":
            raise KeyboardInterrupt
        found = kept(path, *rest, **options)
        if ours:
            if module is io:
                found.close()
            elif step == "open":
                os.close(found)
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(module, step, interrupted)
    status = _cli.main([*words, str(target)])
    monkeypatch.undo()
    taken = {"file": {"open", "chmod", "fsync", "replace"}, "folder": {"mkdir", "open", "fsync", "replace"}}
    expected = step in taken["folder" if fresh else "file"] and not (fresh and module is os and step == "open")
    assert status == (130 if expected else 0)
    written = not expected or (step, when) == ("replace", "after")
    if fresh:
        assert names(tmp_path) == (["target"] if written else [])
        assert not written or names(target) == TEMPLATES
    else:
        assert names(tmp_path) == ["target"]
        assert target.read_bytes() == (NEW if written else OLD.encode())


MOMENTS = """
import json, os, random, signal, sys, time
from pathlib import Path
from intimacy_tarot import _cli

words, target, old, new = json.loads(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]).read_bytes()
parsed, fsync, chance = _cli.parsed, os.fsync, random.Random(7)


def run(moment):
    reading, writing = os.pipe()
    errors = os.open(sys.argv[5], os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    child = os.fork()
    if not child:
        os.dup2(errors, 2)

        def begun(arguments):
            os.write(writing, b".")
            return parsed(arguments)

        def slow(file):
            time.sleep(0.1)
            fsync(file)

        _cli.parsed, os.fsync = begun, slow
        os._exit(_cli.main([*words, str(target)]))
    os.read(reading, 1)
    begin = time.monotonic()
    if moment is not None:
        time.sleep(moment)
        os.kill(child, signal.SIGINT)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = os.pread(errors, 9999, 0).decode()
    for descriptor in (reading, writing, errors):
        os.close(descriptor)
    return time.monotonic() - begin, status, said


def state():
    raw = target.read_bytes()
    return "old" if raw == old.encode() else "new" if raw == new else "half"


whole = run(None)[0]
for _ in range(20):
    target.write_text(old, "utf-8")
    _, status, said = run(chance.random() * whole)
    print(json.dumps([status, said, state(), sorted(os.listdir(target.parent))]))
"""


@POSIX
def test_an_interrupt_at_any_moment_leaves_the_old_or_the_new(tmp_path):
    """A process that is interrupted at any of 20 moments ends with 130, or has ended well, and leaves a whole file."""
    (tmp_path / "in").mkdir()
    page = tarot.read("celtic-cross", seed=7).to_html()
    (tmp_path / "page.html").write_bytes(page.encode())
    words = ["read", "celtic-cross", "--seed", "7", "--format", "html", "--output"]
    target, told = tmp_path / "in" / "target", tmp_path / "errors"
    given = [json.dumps(words), target, OLD, tmp_path / "page.html", told]
    done = subprocess.run(
        [sys.executable, "-c", MOMENTS, *given], capture_output=True, check=True, env=UNMEASURED, timeout=120
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 20
    for status, said, state, left in found:
        assert (said, left) == ("", ["target"])
        assert (status, state) in ((130, "old"), (130, "new"), (0, "new"))


def waiting(*words: str, **options: object) -> subprocess.Popen[bytes]:
    """Start the script, which will wait for somebody to read what it writes."""
    return subprocess.Popen([sys.executable, "-m", "intimacy_tarot", *words], stderr=subprocess.PIPE, **options)


def until(done: Callable[[], bool]) -> None:
    """Wait until something has come about, for a minute at most."""
    last = time.monotonic() + 60
    while not done():
        assert time.monotonic() < last
        time.sleep(0.02)


@LINUX
def test_an_interrupt_ends_what_waits_for_a_reader():
    """A script whose output nobody takes ends at the first Ctrl-C, with 130 and in silence, and does not try again."""
    import fcntl
    import struct
    import termios

    reading, writing = os.pipe()
    room = fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4_096)
    with waiting(*READ, stdout=writing) as process:
        os.close(writing)
        try:
            until(lambda: struct.unpack("i", fcntl.ioctl(reading, termios.FIONREAD, b"\0" * 4))[0] >= room)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 130
        finally:
            process.kill()  # or a failure here would wait for it for ever
        assert process.stderr is not None
        assert process.stderr.read() == b""
    os.close(reading)


# --- pipes and streams that are cut off

SIZES = {
    "short": ("read", "one-card", "--seed", "7"),
    "some thousands": ("read", "celtic-cross", "--seed", "7"),
    "more than a pipe holds": ("read", "celtic-cross", "--seed", "7", "--format", "html"),
    "many lines": ("read", "celtic-cross", "--seed", "7", "--format", "json"),
    "a deck": ("show", "rider-waite-smith"),
    "help": ("--help",),
}


@POSIX
@pytest.mark.parametrize("words", SIZES.values(), ids=SIZES)
def test_a_reader_who_takes_one_line_is_enough(words):
    """`| head -1` ends the script with 0 and without a word, whatever its length."""
    with waiting(*words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().endswith(b"\n")
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""


def shell(line: str) -> tuple[int, bytes, bytes]:
    """Run a line of the shell, in which `$TAROT` is the script."""
    done = subprocess.run(
        ["sh", "-c", line.replace("$TAROT", f"'{sys.executable}' -m intimacy_tarot")],
        check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@POSIX
@pytest.mark.parametrize("words", ["list", "--help", "read one-card --seed 7"])
def test_an_output_that_is_closed_is_told(words):
    """A call with nowhere to print to has not done what it was asked, and says so: status 1, one line."""
    reason = f"intimacy-tarot: {os.strerror(errno.EBADF)}: standard output\n".encode()
    assert shell(f"$TAROT {words} >&-") == (1, b"", reason)
    assert shell(f"$TAROT {words} >&- 2>&-") == (1, b"", b"")


@POSIX
def test_a_file_is_written_where_streams_are_closed(tmp_path):
    """`--output` needs no stream."""
    assert shell(f"$TAROT read emotional-block --seed 7 --output '{tmp_path}/a.txt' <&- >&- 2>&-") == (0, b"", b"")
    assert (tmp_path / "a.txt").read_bytes() == NEW


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("words", ["--help", "--version", "list", "read celtic-cross --seed 7 --format html"])
def test_a_full_output_is_told(words):
    """Whatever was to be printed, help included: status 1 and one line."""
    reason = f"intimacy-tarot: {os.strerror(errno.ENOSPC)}\n".encode()
    assert shell(f"$TAROT {words} > /dev/full") == (1, b"", reason)


@POSIX
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "2>/dev/null"])
def test_a_complaint_that_nobody_hears_keeps_its_status(where):
    """Where standard error is closed or full the status still tells what went wrong."""
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("needs a device that is full")
    assert shell(f"$TAROT reed {where}") == (2, b"", b"")
    assert shell(f"$TAROT read ./nowhere.yaml {where}") == (1, b"", b"")


@POSIX
def test_a_complaint_to_a_reader_who_is_gone_keeps_its_status():
    """A broken pipe on standard error is no traceback and no other status."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "intimacy_tarot", "reed"], check=False, stderr=writing, timeout=60)
    os.close(writing)
    assert done.returncode == 2


@POSIX
def test_a_pipe_that_breaks_while_a_file_is_written_to_it_is_quiet(tmp_path, script, monkeypatch):
    """A named pipe whose reader is gone is as quiet as any other pipe."""

    def broken(*_: object) -> int:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(Path, "write_bytes", broken)
    assert script(*READ, "--output", tmp_path / "pipe") == (0, b"", b"")
    assert names(tmp_path) == ["pipe"]


# --- bytes


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    "words",
    [
        ("read", "one-card", "--seed", "żółty 🌙", "--partner", "Zoë"),
        ("draw", "one-card", "--seed", "żółty 🌙"),
        ("list",),
        ("check", "one-card"),
        ("read", "żółty 🌙"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_streams_of_any_encoding_and_line_end_get_the_same_bytes(monkeypatch, words, encoding):
    """Where the system's own text would be in another encoding, with other line ends, ours is UTF-8 and plain."""

    def printed(encoding: str, newline: str) -> tuple[bytes, ...]:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline=newline) for _ in range(2)]
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        with contextlib.suppress(SystemExit):
            _cli.main(words)
        return tuple(stream.buffer.getvalue() for stream in streams)

    raw = printed(encoding, "\r\n")
    assert raw == printed("utf-8", "\n")
    assert b"\r" not in b"".join(raw)
    assert any(raw)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "svg", "json", "trace"])
def test_a_file_holds_the_very_bytes_that_are_printed(tmp_path, script, form):
    """Each format is UTF-8 with plain line ends, ends with one, and is the same in a file as on the screen."""
    words = ("read", "one-card", "--seed", "żółty", "--partner", "Zoë 🌙", "--format", form)
    _, printed, _ = script(*words)
    assert script(*words, "--output", tmp_path / "a") == (0, b"", b"")
    assert (tmp_path / "a").read_bytes() == printed
    assert printed.endswith(b"\n")
    assert b"\r" not in printed


def test_templates_have_plain_line_ends(tmp_path, script, monkeypatch):
    """Templates are written with the line ends they have here, on every system."""
    monkeypatch.setattr(os, "linesep", "\r\n")
    assert script("new", "templates", tmp_path / "mine")[0] == 0
    files = [path for path in (tmp_path / "mine").rglob("*") if path.is_file()]
    assert files
    assert not any(b"\r" in path.read_bytes() for path in files)
