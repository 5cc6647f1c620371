"""Seeds: their canonical bytes, the streams of words they give, and how they are recorded."""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import namedtuple
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from itertools import islice
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._seed import ALGORITHM, below, canon, fresh_seed, rank, tag, untag, words

LEAVES = st.text() | st.integers() | st.binary()
LABELS = st.lists(st.text(max_size=4), min_size=1, max_size=4)
NINES = 10**4300 - 1


def _nested(depth):
    return LEAVES if depth == 0 else LEAVES | st.lists(_nested(depth - 1), min_size=1, max_size=3).map(tuple)


SEEDS = _nested(8)


def deep(levels, leaf="x"):
    for _ in range(levels):
        leaf = (leaf,)
    return leaf


def length(part):
    return len(part).to_bytes(8, "big")


def decoded(data):
    """Return the seed of canonical bytes: where it exists, no two seeds can share them."""
    kind, rest = data[:1], data[1:]
    if kind == b"s":
        return rest.decode("utf-8")
    if kind == b"b":
        return rest
    if kind == b"i":
        return int(rest)
    assert kind == b"t"
    items = []
    while rest:
        size = int.from_bytes(rest[:8], "big")
        items.append(decoded(rest[8 : 8 + size]))
        rest = rest[8 + size :]
    return tuple(items)


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("", b"s"),
        ("42", b"s42"),
        ("é", b"s\xc3\xa9"),
        ("e\u0301", b"se\xcc\x81"),
        ("\U0001f0cf\x00\n", b"s\xf0\x9f\x83\x8f\x00\n"),
        (0, b"i0"),
        (42, b"i42"),
        (-1, b"i-1"),
        (2**64, b"i18446744073709551616"),
        (b"", b"b"),
        (b"\x00\xff", b"b\x00\xff"),
        (("a",), b"t" + bytes(7) + b"\x02sa"),
        ((1, ("b",)), b"t" + bytes(7) + b"\x02i1" + bytes(7) + b"\x0bt" + bytes(7) + b"\x02sb"),
    ],
)
def test_canonical_bytes_are_those_of_the_design(seed, expected):
    """A seed's canonical bytes are its kind's letter and its content, without normalization."""
    assert canon(seed) == expected


@given(SEEDS)
@example(deep(8))
def test_canonical_bytes_can_be_decoded(seed):
    """Canonical bytes decode to the seed, type and all, so no two seeds share them."""
    assert repr(decoded(canon(seed))) == repr(seed)


def test_seeds_that_look_alike_never_share_a_stream():
    """Seeds of different types, or with other bounds between their parts, have streams of their own."""
    alike = [
        *(1, "1", b"1", (1,), ("1",), (b"1",), ((1,),), (1, 1), -1, "-1", "i1", b"i1", "s1", 11),
        *(0, "0", "", b"", ("",), (b"",), ("", ""), "\x00", b"\x00"),
        *("ab", ("ab",), ("a", "b"), ("b", "a"), ("a", ("b",)), (("a",), "b"), (("a", "b"),), ("a", "b", "")),
        *("é", "e\u0301", "é".encode(), "é".encode("latin-1"), ("é",)),
    ]
    for purpose in ("cards", "reversed"):
        streams = {tuple(islice(words(seed, purpose), 4)) for seed in alike}
        assert len(streams) == len(alike)


@pytest.mark.parametrize(
    "seed",
    [
        *(True, False, 1.0, float("nan"), None, 1j, Decimal(1), Fraction(1), object()),
        *(date(2026, 1, 5), datetime(2026, 1, 5, tzinfo=UTC)),
        *([1], {"a": 1}, {1}, frozenset({1}), bytearray(b"1"), memoryview(b"1"), range(3)),
    ],
    ids=lambda seed: f"{type(seed).__name__}-{seed}"[:20],
)
def test_other_types_are_refused_with_advice(seed):
    """A seed of another type, bare or in a tuple, is a TypeError that says what to pass instead."""
    for wrapped in (seed, (seed,), ("a", (1, seed))):
        with pytest.raises(tarot.SeedTypeError) as caught:
            canon(wrapped)
        text = str(caught.value)
        assert f"of type {type(seed).__name__}," in text
        assert "pass a str, an int, bytes or a tuple of these; str(value)" in text
        assert isinstance(caught.value, TypeError)
        assert isinstance(caught.value, tarot.TarotError)


def test_subclasses_count_as_what_they_are():
    """An enum member, a named tuple or a subclass is the text, the number or the tuple that it holds."""

    class Word(StrEnum):
        EVENING = "a quiet evening"

    class Number(IntEnum):
        SEVEN = 7

    pair = namedtuple("pair", "user day")  # noqa: PYI024  the untyped kind is a tuple as well
    assert canon(Word.EVENING) == canon("a quiet evening")
    assert canon(Number.SEVEN) == canon(7)
    assert canon(pair("robin", 3)) == canon(("robin", 3))
    assert json.loads(json.dumps(tag((Word.EVENING, Number.SEVEN)))) == tag(("a quiet evening", 7))


@given(st.text(max_size=5), st.integers(0xD800, 0xDFFF).map(chr), st.text(max_size=5))
def test_lone_surrogates_are_refused_with_their_place(before, surrogate, after):
    """Text that has no UTF-8 is refused, bare or in a tuple, and the message says where it stands."""
    for seed in (before + surrogate + after, (1, before + surrogate + after)):
        with pytest.raises(tarot.SeedValueError, match=rf"lone surrogate at {len(before)} in a seed") as caught:
            canon(seed)
        assert isinstance(caught.value, ValueError)


def test_two_surrogates_are_not_one_character():
    """A pair of surrogate code points is refused and never taken for the character they would encode."""
    with pytest.raises(tarot.SeedValueError, match="lone surrogate at 0"):
        canon("\ud83c\udccf")


@pytest.mark.parametrize("form", ["a", "é", b"b", "tuple"])
def test_a_seed_is_no_longer_than_is_told(form):
    """The canonical form of a seed may have 65,536 bytes, and not one more."""
    if form == "tuple":
        longest, longer = ("a" * 32_000, b"b" * 33_517), ("a" * 32_000, b"b" * 33_518)
    else:
        size = len(form.encode()) if isinstance(form, str) else 1
        longest, longer = form * (65_535 // size), form * (65_535 // size + 1)
    assert len(canon(longest)) in (65_535, 65_536)
    assert tarot.draw("one-card", seed=longest).seed == longest
    for refused in (longer, longer * 16):
        with pytest.raises(tarot.SeedValueError, match=r"^found a seed of over 65,536 bytes, expected fewer$"):
            tarot.draw("one-card", seed=refused)


@pytest.mark.parametrize("sign", [1, -1])
def test_ints_of_4300_digits_are_the_longest(sign):
    """An int may have 4,300 digits, whatever its sign, and not one more."""
    assert canon(sign * NINES) == b"i" + b"-" * (sign < 0) + b"9" * 4300
    for number in (NINES + 1, NINES * 10**6):
        with pytest.raises(tarot.SeedValueError, match=r"over 4,300 digits"):
            canon(sign * number)


@pytest.mark.parametrize("limit", [640, 5000, 0])
def test_long_ints_do_not_depend_on_the_interpreters_limit(limit):
    """What a long int gives does not depend on PYTHONINTMAXSTRDIGITS: same inputs, same cards, everywhere."""
    longest, before = canon(-NINES), sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(limit)
    try:
        again = canon(-NINES)
        with pytest.raises(tarot.SeedValueError):
            canon(NINES + 1)
        read = untag({"int": longest[1:].decode("ascii")})
    finally:
        sys.set_int_max_str_digits(before)
    assert again == longest
    assert read == -NINES


def test_tuples_may_be_8_deep():
    """A tuple may nest 8 deep and not one more, wherever in it the deep part stands."""
    assert decoded(canon(deep(8))) == deep(8)
    assert decoded(canon(("a", deep(7), 1))) == ("a", deep(7), 1)
    for seed in (deep(9), deep(10), ("a", deep(8), 1)):
        with pytest.raises(tarot.SeedValueError, match=r"tuples over 8 deep .* at most 8 deep"):
            canon(seed)


def test_very_deep_tuples_are_refused_at_once():
    """A tuple 50,000 deep is refused like any other that is too deep, without a RecursionError."""
    with pytest.raises(tarot.SeedValueError, match="tuples over 8 deep"):
        canon(deep(50_000))


@pytest.mark.parametrize("levels", range(8))
def test_empty_tuples_are_refused(levels):
    """An empty tuple is no seed, at whatever depth."""
    with pytest.raises(tarot.SeedValueError, match="an empty tuple as a seed"):
        canon(deep(levels, ()))


@given(SEEDS, st.text(), st.lists(st.text(), max_size=3))
def test_words_are_sha512_in_counter_mode(seed, purpose, labels):
    """Each 64-byte hash of counter and length-prefixed fields gives sixteen words, big end first."""
    fields = [b"intimacy-tarot/draw/1", purpose.encode(), canon(seed), *(label.encode() for label in labels)]
    message = b"".join(length(field) + field for field in fields)
    blocks = b"".join(hashlib.sha512(bytes([0, 0, 0, count]) + message).digest() for count in range(3))
    expected = [int(blocks[place : place + 4].hex(), 16) for place in range(0, len(blocks), 4)]
    assert list(islice(words(seed, purpose, *labels), 48)) == expected


def test_the_algorithm_has_its_name():
    """The name that is hashed into every stream is the one in the design."""
    assert ALGORITHM == "intimacy-tarot/draw/1"


@given(LABELS, LABELS)
@example(["a", "b"], ["ab"])
@example(["a", ""], ["a"])
@example(["", "a"], ["a", ""])
def test_purposes_and_labels_have_streams_of_their_own(one, other):
    """Two streams of a seed are the same exactly if purpose and labels are."""
    streams = [tuple(islice(words("seed", *names), 4)) for names in (one, other)]
    assert (streams[0] == streams[1]) == (one == other)


def test_labels_with_a_lone_surrogate_are_refused():
    """A purpose or a label is text like any other."""
    with pytest.raises(tarot.SeedValueError):
        next(words("seed", "pick", "\udfff"))


@given(st.integers(1, 2**32))
@example(1)
@example(2**31 + 1)
@example(2**32)
def test_below_takes_each_number_equally_often(bound):
    """The words that are taken are a whole number of rounds of 0 to bound - 1, and hardly any is passed over."""
    limit = 2**32 - 2**32 % bound
    assert below(iter([0]), bound) == 0
    assert below(iter([limit - 1]), bound) == bound - 1
    for word in {limit, 2**32 - 1} - {limit - 1, 2**32}:
        assert below(iter([word, word, bound // 2]), bound) == bound // 2
    assert limit > 2**31


@given(SEEDS, st.integers(2**30, 2**32))
def test_below_passes_over_words_at_the_end(seed, bound):
    """With a large bound, where many words are passed over, the numbers are the taken words' remainders in order."""
    rounds = 2**32 // bound
    taken = [word % bound for word in islice(words(seed, "cards"), 32) if word // bound < rounds]
    stream = words(seed, "cards")
    assert [below(stream, bound) for _ in taken] == taken


def test_rank_is_the_first_word_of_its_stream():
    """A variant's rank is the first word of the stream (seed, pick, slot, variant)."""
    assert rank(7, "opening", "a") == next(words(7, "pick", "opening", "a"))
    assert len({rank(7, slot, variant) for slot in ("opening", "closing") for variant in "abc"}) == 6


def test_a_new_variant_moves_only_its_share():
    """With a fifth variant, readings keep theirs or move to the new one, and about a fifth of them moves."""
    chosen = [
        tuple(max(names, key=lambda name, seed=seed: rank(seed, "opening", name)) for names in ("abcd", "abcde"))
        for seed in range(4000)
    ]
    assert all(after in (before, "e") for before, after in chosen)
    assert 700 < sum(after == "e" for _, after in chosen) < 900


def test_fresh_seeds_are_typed_and_new():
    """A fresh seed has 26 letters and digits without i, l, o and u, is never the same, and leaves `random` alone."""
    before = random.getstate()
    seeds = {fresh_seed() for _ in range(1000)}
    assert random.getstate() == before
    assert len(seeds) == 1000
    assert all(re.fullmatch("[0-7][0-9a-hjkmnp-tv-z]{25}", seed) for seed in seeds)
    assert {seed[0] for seed in seeds} == set("01234567")


@pytest.mark.parametrize("number", [0, 1, 31, 32, 2**125, 2**128 - 1, 0x0123456789ABCDEF0123456789ABCDEF])
def test_fresh_seeds_hold_all_128_bits(number):
    """The 128 random bits can be read from a fresh seed again: none is lost."""
    with patch("secrets.randbits", return_value=number) as randbits:
        seed = fresh_seed()
    randbits.assert_called_once_with(128)
    value = 0
    for letter in seed:
        value = value * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    assert value == number


@given(st.none() | SEEDS)
@example(deep(8))
def test_tagged_seeds_come_back_through_json(seed):
    """A seed recorded as JSON comes back with its type."""
    assert repr(untag(json.loads(json.dumps(tag(seed))))) == repr(seed)


@pytest.mark.parametrize(
    ("seed", "data"),
    [
        (None, None),
        ("42", {"str": "42"}),
        (-42, {"int": "-42"}),
        (b"\x00\xff", {"bytes": "00ff"}),
        (("a", (1, b"")), {"tuple": [{"str": "a"}, {"tuple": [{"int": "1"}, {"bytes": ""}]}]}),
        (NINES, {"int": "9" * 4300}),
    ],
)
def test_tagged_seeds_name_their_type(seed, data):
    """A recorded seed is one name, of its type, and a text; a tuple holds its items."""
    assert tag(seed) == data
    assert untag(data) == seed


@pytest.mark.parametrize(
    "data",
    [
        *("x", 1, True, 1.5, [], [{"str": "a"}], {}, {"str": "a", "int": "1"}, {"float": "1"}, {"Str": "a"}),
        *({"str": None}, {"str": 1}, {"int": 1}, {"int": True}, {"bytes": b"a"}, {"tuple": "ab"}, {"tuple": None}),
        *({"int": text} for text in ("", "-", "+1", "01", "-01", "1_0", " 1", "1 ", "1\n", "1.0", "0x1", "\u0661")),
        *({"bytes": text} for text in ("0", "zz", "0x00", "\u0660\u0660")),
        *({"tuple": items} for items in ([], [None], ["a"], [{"str": "a"}, None], [{"tuple": []}], [{}])),
        *({name: value} for name in ("a", "z") for value in ("00", "1", [{"str": "a"}])),
        *({"int": "1" * 4301}, {"int": "-" + "1" * 4301}, {"int": "1" * 4302}, {"str": "\ud800"}),
    ],
    ids=lambda data: f"{ascii(data)[:30]}-{len(str(data))}",
)
def test_records_that_hold_no_seed_are_refused(data):
    """Data that `tag` never makes, or that holds no valid seed, is a ValueError."""
    with pytest.raises(ValueError):
        untag(data)


def test_a_record_that_holds_no_seed_is_told_what_is_missing():
    """Each refusal names its own fault, and a number far too long is refused before any of its digits is read."""
    for data, message in (
        ({"date": "1"}, "found a seed without its type, expected one of str, int, bytes, tuple"),
        ({"int": "1" * 4302}, "found a seed without its type, expected one of str, int, bytes, tuple"),
        ({"tuple": [{"str": "a"}, None]}, "found nothing in a tuple, expected a seed"),
        ({"tuple": []}, "found an empty tuple as a seed, expected values in it, at most 8 deep"),
    ):
        with pytest.raises(ValueError) as caught:
            untag(data)
        assert str(caught.value) == message


@pytest.mark.parametrize("levels", [9, 30, 5000])
def test_records_that_are_too_deep_are_refused(levels):
    """A recorded tuple over 8 deep is a ValueError however deep it is, never a RecursionError."""
    data = {"str": "x"}
    for _ in range(levels):
        data = {"tuple": [data]}
    with pytest.raises(ValueError, match="8 deep"):
        untag(data)


@pytest.mark.parametrize(
    "seed",
    [
        *("", "null", "42", "true", "{}", " a  b\n", "\x00\u2028\u202e", 0, -1, NINES, -NINES, b"", b"\x00\xff"),
        *(("a", 1, b"b", ("c", (2,))), *(deep(levels) for levels in (1, 4, 5, 8))),
    ],
    ids=lambda seed: ascii(seed)[:24],
)
def test_a_reading_keeps_any_seed_through_json(seed):
    """A reading of any seed that can be drawn with can be saved and read back, and draws the same again."""
    reading = tarot.read("one-card", seed=seed)
    again = tarot.Reading.from_json(reading.to_json())
    assert repr(again.draw.seed) == repr(seed)
    assert again == reading
    assert tarot.draw("one-card", seed=again.draw.seed) == reading.draw
