"""Seeds, and the stream of words that a seed and a purpose give: `intimacy-tarot/draw/1`.

The algorithm is fixed for ever; a change would be a new number. It is SHA-512 in counter mode over
length-prefixed fields, so that it can be written again in any language with a hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import struct
from typing import TYPE_CHECKING, Final, TypeAlias, Union

from intimacy_tarot._errors import SeedTypeError, SeedValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

Seed: TypeAlias = Union[str, int, bytes, tuple["Seed", ...]]  # noqa: UP007  a string inside needs Union

ALGORITHM: Final = "intimacy-tarot/draw/1"
SPAN: Final = 2**32
"""How many words there are, and so one more than the highest."""

MOST_DIGITS: Final = 4300
MOST_DEPTH: Final = 8
MOST_BYTES: Final = 65_536
"""How long a seed may be; the stream of every wording takes all of it in again."""

_LIMIT: Final = 10**MOST_DIGITS
_BLOCK: Final = struct.Struct(">16I")
_PIECE_DIGITS: Final = 600
_PIECE: Final = 10**_PIECE_DIGITS
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")


def fresh_seed() -> str:
    """Return a new seed of 128 random bits, as 26 letters and digits that can be typed back."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = secrets.randbits(128)
    return "".join(alphabet[number >> shift & 31] for shift in range(125, -1, -5))


def canon(seed: Seed) -> bytes:
    """Return a seed's canonical bytes: different seeds, and seeds of different types, never share them.

    Raises SeedTypeError for anything but str, int, bytes or a tuple of these (bool, float, None and
    dates among the refused), and SeedValueError for a lone surrogate, an empty tuple, a tuple nested
    over 8 deep, an int of over 4,300 digits, or more than 65,536 bytes in all.

    >>> canon("42"), canon(42)
    (b's42', b'i42')
    """
    found = _canon(seed, 1)
    if len(found) > MOST_BYTES:
        raise SeedValueError(f"found a seed of over {MOST_BYTES:,} bytes, expected fewer")
    return found


def _canon(seed: object, depth: int) -> bytes:
    if isinstance(seed, str):
        return b"s" + _utf8(seed)
    if isinstance(seed, bytes):
        return b"b" + seed
    if isinstance(seed, int) and not isinstance(seed, bool):
        if not -_LIMIT < seed < _LIMIT:
            raise SeedValueError(f"found a seed of over {MOST_DIGITS:,} digits, expected fewer")
        return b"i" + _decimal(seed).encode("ascii")
    if isinstance(seed, tuple):
        if not seed or depth > MOST_DEPTH:
            found = "an empty tuple" if not seed else f"tuples over {MOST_DEPTH} deep"
            raise SeedValueError(f"found {found} as a seed, expected values in it, at most {MOST_DEPTH} deep")
        return b"t" + b"".join(_framed(_canon(item, depth + 1)) for item in seed)
    advice = "pass a str, an int, bytes or a tuple of these; str(value) makes one of most things"
    raise SeedTypeError(f"found a seed of type {type(seed).__name__}, expected another: {advice}")


def _decimal(number: int) -> str:
    """Return a number's digits, in pieces: how many the interpreter writes at once is a setting of its own."""
    rest, pieces = abs(number), []
    while rest >= _PIECE:
        rest, piece = divmod(rest, _PIECE)
        pieces.append(f"{piece:0{_PIECE_DIGITS}}")
    return "-" * (number < 0) + "".join((f"{rest:d}", *reversed(pieces)))


def _number(digits: str) -> int:
    """Return the number that digits write, read in pieces as well."""
    number, bare = 0, digits.removeprefix("-")
    for start in range(0, len(bare), _PIECE_DIGITS):
        piece = bare[start : start + _PIECE_DIGITS]
        number = number * 10 ** len(piece) + int(piece)
    return number if bare == digits else -number


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        place = error.start
    # raised out here, since the error of the codec holds the whole text
    raise SeedValueError(f"found a lone surrogate at {place} in a seed, expected valid text")


def _framed(part: bytes) -> bytes:
    return len(part).to_bytes(8, "big") + part


def words(seed: Seed, purpose: str, *labels: str) -> Iterator[int]:
    """Yield 32-bit words without end: the stream of a seed for one purpose."""
    parts = (_utf8(ALGORITHM), _utf8(purpose), canon(seed), *map(_utf8, labels))
    message = b"".join(map(_framed, parts))
    counter = 0
    while True:
        yield from _BLOCK.unpack(hashlib.sha512(counter.to_bytes(4, "big") + message).digest())
        counter += 1


def below(stream: Iterator[int], bound: int, span: int = SPAN) -> int:
    """Return the stream's next number from 0 to bound - 1, each equally likely; words run from 0 to `span` - 1."""
    limit = span - span % bound
    while True:
        word = next(stream)
        if word < limit:
            return word % bound


def rank(seed: Seed, slot: str, variant: str) -> int:
    """Return how high a variant of wording stands in a slot, for this seed: the highest is taken.

    A new variant moves only its own share of readings, and a new slot moves no other.
    """
    return next(words(seed, "pick", slot, variant))


class Tagged:
    """Marks a field that holds a seed: it is recorded with its type."""


def tag(seed: Seed | None) -> object:
    """Return a seed as plain data that keeps its type; ints are written as text.

    >>> tag((42, "x"))
    {'tuple': [{'int': '42'}, {'str': 'x'}]}
    """
    if isinstance(seed, tuple):
        return {"tuple": [tag(item) for item in seed]}
    if isinstance(seed, bytes):
        return {"bytes": seed.hex()}
    if isinstance(seed, int):
        return {"int": canon(seed)[1:].decode("ascii")}
    return None if seed is None else {"str": seed}


def untag(data: object) -> Seed | None:
    """Return the seed that `tag` made data of; raises ValueError for anything else.

    >>> untag({"int": "42"})
    42
    """
    seed = _untag(data, 1)
    if seed is not None:
        canon(seed)
    return seed


def _untag(data: object, depth: int) -> Seed | None:
    if data is None:
        return None
    if isinstance(data, dict) and len(data) == 1:
        kind, value = next(iter(data.items()))
        if kind == "tuple" and isinstance(value, list):
            if depth > MOST_DEPTH:
                raise ValueError(f"found tuples over {MOST_DEPTH} deep as a seed, expected at most {MOST_DEPTH} deep")
            return tuple(_whole(item, depth + 1) for item in value)
        if isinstance(value, str):
            if kind == "str":
                return value
            if kind == "bytes":
                return bytes.fromhex(value)
            if kind == "int" and _INTEGER.fullmatch(value) and len(value) <= MOST_DIGITS + 1:
                return _number(value)
    raise ValueError("found a seed without its type, expected one of str, int, bytes, tuple")


def _whole(data: object, depth: int) -> Seed:
    seed = _untag(data, depth)
    if seed is None:
        raise ValueError("found nothing in a tuple, expected a seed")
    return seed
