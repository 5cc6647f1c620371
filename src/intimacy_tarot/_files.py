"""What the script writes: files and folders whole or not at all, and the standard streams."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def encoded(text: str) -> bytes:
    r"""Return text as UTF-8; what cannot be encoded, as in a path of stray bytes, is escaped.

    >>> encoded("Zoë")
    b'Zo\xc3\xab'
    """
    return text.encode("utf-8", "backslashreplace")


def print_out(text: str) -> None:
    """Print text as UTF-8 with plain line ends; raises OSError where standard output is closed or fails."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    try:
        sys.stdout.buffer.write(encoded(text))
        sys.stdout.flush()
    except BrokenPipeError:
        with Path(os.devnull).open("wb") as nowhere:  # what is left in the buffer is not tried again at the end
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        raise


def print_error(text: str) -> None:
    """Print text on standard error; where that is closed or fails there is nobody left to tell."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.buffer.write(encoded(text))
            sys.stderr.flush()


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all: another is written beside it, and then takes its place at once.

    The file keeps the rights it had, and is refused where it may not be written to. Behind a link it is
    the file that is replaced, and the link stays. A pipe or a device is written to as it is.
    """
    real = Path(os.path.realpath(path))
    if path.exists() and not real.is_file():
        path.write_bytes(raw)  # where it is a folder, the system says so
        return
    partial = _beside(real)
    try:
        _fill(partial, raw, _rights(real))
        partial.replace(real)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def make_whole(folder: Path, texts: Mapping[str, str]) -> None:
    """Make a folder with files of text, by their names in it, whole or not at all."""
    partial = _beside(folder)
    try:
        partial.mkdir()
        for name, text in texts.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            _fill(partial / name, encoded(text), None)
        partial.replace(folder)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{secrets.token_hex(8)}.partial")  # however long a name is, this one is not too long


def _rights(path: Path) -> int | None:
    """Return the rights of a file, or None where there is none; raises OSError if it may not be written to."""
    try:
        opened = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return None
    try:
        return stat.S_IMODE(os.fstat(opened).st_mode) & 0o777
    finally:
        os.close(opened)


def _fill(path: Path, raw: bytes, rights: int | None) -> None:
    """Write a new file down to the disk, readable by nobody who may not read it later."""
    with path.open("xb") as stream:
        if rights is not None:
            path.chmod(rights)
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
