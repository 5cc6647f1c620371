"""What the script prints, and the files it writes: whole, or not at all."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def say(text: str, output: str | None = None) -> int:
    """Print UTF-8 with plain line ends, or write a file; return the script's status for success."""
    raw = text.encode("utf-8", "backslashreplace")
    if output is not None:
        write(Path(output), raw)
    elif sys.stdout is not None:
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
    return 0


def write(path: Path, raw: bytes) -> None:
    """Write a file whole: to a temporary one beside it, which then takes its place.

    A link stays a link, and the file that it leads to is replaced. A pipe or a device is written to. Raises OSError
    with the path that was given, and then whatever was there before is there still.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(raw)
        return
    real = Path(os.path.realpath(path))
    partial = real.with_name(f".{real.name}.{secrets.token_hex(8)}")
    try:
        with partial.open("xb") as stream:
            stream.write(raw)
        partial.replace(real)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        partial.unlink(missing_ok=True)
