"""The script: every command and option, its exit status, its one line of complaint, and its bytes."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _arguments, _cli
from intimacy_tarot._seed import tag

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
COMMANDS = ("read", "draw", "lay", "list", "show", "new", "verify", "check")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files and pipes")


class Called(NamedTuple):
    """What a call of the script left behind."""

    status: int
    out: bytes
    err: bytes


Script = "Callable[..., Called]"


@pytest.fixture
def script(capsysbinary: pytest.CaptureFixture[bytes]) -> Script:
    """Return a function that calls the script in this process."""

    def call(*arguments: str) -> Called:
        capsysbinary.readouterr()
        status = _cli.main(arguments)
        return Called(status, *capsysbinary.readouterr())

    return call


def process(*arguments: str, **options: object) -> Called:
    """Call the script in a process of its own, as a user would."""
    command = [sys.executable, "-X", "dev", "-m", "intimacy_tarot", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    done = subprocess.run(command, check=False, timeout=60, **streams | options)
    return Called(done.returncode, done.stdout, done.stderr)


def complained(called: Called, status: int, *words: str) -> None:
    """Assert that a call printed nothing, and said what was wrong in one clear line."""
    said = called.err.decode()
    assert (called.status, called.out) == (status, b""), said
    assert re.fullmatch(r"intimacy-tarot: [^\x00-\x1f\x7f]+\n", said), said
    assert "Traceback" not in said
    for word in words:
        assert word in said


def names(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


# words of the call ----------------------------------------------------------------------------------------------------


@given(number=st.integers())
def test_an_integer_is_an_integer_seed(number: int):
    """A whole number in its plain spelling is that int, and no bool or text."""
    assert _arguments.seed_of(str(number)) == number
    assert type(_arguments.seed_of(str(number))) is int


@given(text=st.text())
@example("7")
@example("-0")
@example("text:7")
def test_every_text_can_be_given_as_a_seed(text: str):
    """With "text:" in front, any text is itself, one that looks like a number or begins with "text:" included."""
    assert _arguments.seed_of(f"text:{text}") == text
    assert type(_arguments.seed_of(f"text:{text}")) is str


@pytest.mark.parametrize(
    "text", ["07", "+7", " 7", "7 ", "7.0", "1_000", "0x7", "\u0667", "-", "--7", "-07", "", "7\n"]
)
def test_what_is_no_plain_integer_is_text(text: str):
    """Any other spelling of a number is a text."""
    assert _arguments.seed_of(text) == text


def test_minus_zero_is_zero():
    """The one integer with two plain spellings is one seed."""
    assert _arguments.seed_of("-0") == _arguments.seed_of("0") == 0


def test_an_integer_seed_has_at_most_4300_digits(script: Script):
    """The longest integer that the draw takes can be given, and a longer one is refused and not taken for a text."""
    longest = "9" * 4_300

    assert script("draw", "one-card", f"--seed={longest}", "--format=json").status == 0
    assert json.loads(script("draw", "one-card", f"--seed=-{longest}", "--format=json").out)["seed"] == {
        "int": f"-{longest}"
    }
    complained(script("draw", "one-card", f"--seed={longest}9"), 2, "4,300 digits")


@pytest.mark.parametrize("text", ["one-card", "the hermit", "XIV", "two of cups rx", "major_arcana.17", "yaml"])
def test_a_word_is_an_id(text: str):
    """What does not look like a path stays a text."""
    assert _arguments.place_of(text) == text
    assert isinstance(_arguments.place_of(text), str)


@pytest.mark.parametrize("text", ["./one-card", "a/b", "/a", ".", "..", "one.yaml", "/"])
def test_what_looks_like_a_path_is_one(text: str):
    """A slash, a dot in front or `.yaml` behind make a path."""
    assert _arguments.place_of(text) == Path(text)


# read, draw, lay ------------------------------------------------------------------------------------------------------

FORMS: dict[str, Callable[[tarot.Reading], str]] = {
    "text": tarot.Reading.to_text,
    "markdown": tarot.Reading.to_markdown,
    "json": tarot.Reading.to_json,
    "trace": tarot.Reading.trace,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_read_prints_a_reading(spread: str, form: str, script: Script):
    """`read` prints in each format what the library gives for the same words, in UTF-8 and with plain line ends."""
    called = script("read", spread, "--seed", "7", "--format", form)

    assert called == (0, FORMS[form](tarot.read(spread, seed=7)).encode(), b"")
    assert b"\r" not in called.out
    assert called.out.endswith(b"\n")


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ([], {}),
        (["--seed", "text:7"], {"seed": "7"}),
        (["--seed", "a quiet evening"], {"seed": "a quiet evening"}),
        (["--seed", "-7"], {"seed": -7}),
        (["--seed="], {"seed": ""}),
        (["--reversal-rate", "1"], {"reversal_rate": 1.0}),
        (["--reversal-rate", "0"], {"reversal_rate": 0.0}),
        (["--deck", "major-arcana"], {"deck": "major-arcana"}),
        (["--question", "Why so *quiet*?"], {"question": "Why so *quiet*?"}),
        (["--reader", "Zoë"], {"reader": "Zoë"}),
        (["--partner", "Robin"], {"partner": "Robin"}),
        (["--partner", "Robin", "--pronouns", "she"], {"partner": tarot.Person("Robin", "she")}),
        (["--partner", "Robin", "--pronouns", "he"], {"partner": tarot.Person("Robin", "he")}),
        (["--partner", "\u6708 🌙"], {"partner": "\u6708 🌙"}),
        (["--support-text", "There is a line to call."], {"support_text": "There is a line to call."}),
        (["--no-themes"], {"show_themes": False}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "-",
)
def test_an_option_of_read_is_one_of_the_library(options: list[str], wanted: dict[str, object], script: Script):
    """Each option of `read` does what the library's argument of that name does."""
    reading = tarot.read("partner-need", **{"seed": 7} | wanted)

    called = script("read", "partner-need", "--seed", "7", *options, "--format", "json")

    assert called == (0, reading.to_json().encode(), b"")


@pytest.mark.parametrize("width", [20, 72])
def test_width_wraps_lines(width: int, script: Script):
    """`--width` wraps the lines of text as `to_text` does."""
    called = script("read", "one-card", "--seed", "7", "--width", str(width))

    assert called.out == tarot.read("one-card", seed=7).to_text(width).encode()
    assert called.out != tarot.read("one-card", seed=7).to_text().encode()


def test_a_fresh_seed_can_be_typed_back(script: Script):
    """Without `--seed` each draw has a seed of its own, which is printed, and gives the same cards again."""
    first, second = (script("draw", "emotional-block").out.decode() for _ in range(2))
    seed = first.splitlines()[0].removeprefix("seed: ")

    assert first.splitlines()[0] != second.splitlines()[0]
    assert re.fullmatch("[0-9a-z]{26}", seed)
    assert script("draw", "emotional-block", "--seed", seed).out.decode() == first


def test_a_reading_with_a_fresh_seed_can_be_had_again(script: Script):
    """The seed that a reading in JSON records gives the very same reading."""
    first = script("read", "one-card", "--format", "json").out
    seed = json.loads(first)["seed"]["str"]

    assert script("read", "one-card", "--format", "json", "--seed", seed).out == first


@pytest.mark.parametrize("seed", ["7", "text:7", "-7", "a quiet evening", "żółty"])
@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_draw_prints_cards_without_words(spread: str, seed: str, script: Script):
    """`draw` prints the seed as it can be given again, and a line for each position with its card."""
    drawn = tarot.draw(spread, seed=_arguments.seed_of(seed))

    assert script("draw", spread, "--seed", seed) == (0, f"seed: {seed}\n{drawn}\n".encode(), b"")


def test_draw_prints_json(script: Script):
    """`draw --format json` holds all that is needed to draw the cards again, anywhere."""
    called = script("draw", "three-mirrors", "--seed", "text:7", "--reversal-rate", "0.5", "--format", "json")
    drawn = tarot.draw("three-mirrors", seed="7", reversal_rate=0.5)

    assert (called.status, called.err) == (0, b"")
    assert json.loads(called.out) == {
        "algorithm": drawn.algorithm,
        "seed": tag("7"),
        "spread": "three-mirrors",
        "deck": "rider-waite-smith",
        "reversal_rate": 0.5,
        "cards": [
            {"position": place, "card": card.card.id, "reversed": card.reversed}
            for place, card in zip(drawn.positions, drawn.cards, strict=True)
        ],
    }


def test_draw_takes_another_deck(script: Script):
    """`draw --deck` draws from that deck, by id or by path."""
    drawn = tarot.draw("partner-need", seed=7, deck="rider-waite-smith")
    path = str(ROOT / "decks" / "rider-waite-smith")

    for deck in ("rider-waite-smith", path):
        called = script("draw", "partner-need", "--seed", "7", "--deck", deck)
        assert called.out.decode() == f"seed: 7\n{drawn}\n"


def test_lay_reads_cards_pulled_by_hand(script: Script):
    """`lay` reads the cards it is told, in order, as the library does."""
    laid = tarot.lay("three-mirrors", ["the hermit", "XIV reversed", "Strength rx"])
    words = ("lay", "three-mirrors", "the hermit", "XIV reversed", "Strength rx", "--format", "json")

    assert script(*words) == (0, tarot.interpret(laid).to_json().encode(), b"")
    assert script(*words, "--seed", "7", "--partner", "Robin").out == (
        tarot.interpret(laid, seed=7, partner="Robin").to_json().encode()
    )


# list, show, check ----------------------------------------------------------------------------------------------------


def test_list_names_what_there_is(script: Script):
    """`list` has a line for each spread, with its cards and its question, and one for each deck."""
    called = script("list")
    lines = called.out.decode().splitlines()

    assert (called.status, called.err) == (0, b"")
    assert lines[0] == "spreads"
    assert [line.split()[0] for line in lines] == ["spreads", *tarot.spread_ids(), "decks", *tarot.deck_ids()]
    for spread in map(tarot.load_spread, tarot.spread_ids()):
        assert any(
            spread.id in line and f" {len(spread.positions)} cards " in line and line.endswith(spread.question)
            for line in lines
        )
    for deck in map(tarot.load_deck, tarot.deck_ids()):
        assert any(
            deck.id in line and f" {len(deck.cards)} cards " in line and line.endswith(deck.name) for line in lines
        )


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_show_tells_of_a_spread(spread: str, script: Script):
    """`show` prints a spread's question, and each position with what it asks, the same by id and by path."""
    loaded = tarot.load_spread(spread)
    called = script("show", spread)
    lines = called.out.decode().splitlines()

    assert (called.status, called.err) == (0, b"")
    assert lines[0] == f"{loaded.name}: {loaded.question}"
    assert len(lines) == 1 + len(loaded.positions)
    for number, (line, position) in enumerate(zip(lines[1:], loaded.positions, strict=True), 1):
        assert line.startswith(f"{number}. {position.name}")
        assert position.asks in line
    assert script("show", str(ROOT / "spreads" / f"{spread}.yaml")) == called


@pytest.mark.parametrize("deck", tarot.deck_ids())
def test_show_tells_of_a_deck(deck: str, script: Script):
    """`show` prints a line for each card of a deck, the same by id and by path."""
    called = script("show", deck)
    lines = called.out.decode().splitlines()

    assert (called.status, called.err) == (0, b"")
    assert [line.split(maxsplit=1) for line in lines] == [[card.id, card.name] for card in tarot.load_deck(deck).cards]
    assert script("show", str(ROOT / "decks" / deck)) == called


def test_show_tells_of_a_card(script: Script):
    """`show` prints a card's name, id, and what it stands for either way up, from the deck that is asked for."""
    called = script("show", "the star")
    star = tarot.load_deck("major-arcana").find("the star")
    lines = called.out.decode().splitlines()

    assert (called.status, called.err) == (0, b"")
    assert lines[0] == "The Star (major_arcana.17)"
    assert lines[1] == f"upright: {', '.join(star.upright.keywords)}. {star.upright.essence}"
    assert lines[2] == f"reversed: {', '.join(star.reversed.keywords)}. {star.reversed.essence}"
    assert script("show", "C2", "--deck", "rider-waite-smith").out.startswith(b"Two of Cups (minor_arcana.cups.two)\n")


@pytest.mark.parametrize("what", ["major-arcana", *tarot.spread_ids()])
def test_check_finds_nothing_to_mend(what: str, script: Script):
    """`check` says so of what is sound, and succeeds."""
    assert script("check", what) == (0, f"{what}: nothing to mend\n".encode(), b"")


def spoilt(folder: Path, *, found: str, put: str) -> Path:
    """Write a packaged spread with something changed to a folder."""
    text = (ROOT / "spreads" / "one-card.yaml").read_text(encoding="utf-8")
    assert found in text
    path = folder / "one-card.yaml"
    path.write_text(text.replace(found, put), encoding="utf-8")
    return path


def test_check_lists_every_fault_and_fails(tmp_path: Path, script: Script):
    """`check` prints a line with place and code for each fault, then how many there are, and gives status 1."""
    path = spoilt(tmp_path, found="name: One Lamp", put="name: One Journey\nnmae: x")

    called = script("check", str(path))
    lines = called.out.decode().splitlines()

    assert (called.status, called.err) == (1, b"")
    assert len(lines) == len(tarot.check(path)) + 1
    assert re.fullmatch(re.escape(str(path)) + r":[0-9]+:[0-9]+: found .* \[[a-z0-9-]+\]", lines[0])
    assert {line.rpartition(" ")[2] for line in lines[:-1]} == {"[b9-cliche]", "[unknown-key]"}
    assert lines[-1] == f"{path}: 1 faults, 1 warnings"


def test_check_succeeds_with_warnings(tmp_path: Path, script: Script):
    """A warning is told, and is no failure."""
    path = spoilt(tmp_path, found="name: One Lamp", put="name: One Journey")

    called = script("check", str(path))

    assert called.status == 0
    assert called.out.decode().splitlines()[-1] == f"{path}: 0 faults, 1 warnings"


def test_check_of_a_path_that_no_text_can_name(script: Script):
    """A path with bytes that are no text is told of like any other."""
    called = script("check", "./\udcff.yaml")

    assert (called.status, called.err) == (1, b"")
    assert b"\\udcff.yaml" in called.out


# help -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], *([command, "--help"] for command in COMMANDS)], ids=" ".join)
def test_help_is_an_answer(words: list[str], capsysbinary: pytest.CaptureFixture[bytes]):
    """`--help` prints how to call the script, or one of its commands, and succeeds."""
    with pytest.raises(SystemExit) as left:
        _cli.main(words)
    out, err = capsysbinary.readouterr()

    assert left.value.code == 0
    assert out.startswith(f"usage: intimacy-tarot{' ' + words[0] if len(words) > 1 else ''}".encode())
    assert err == b""


def test_help_names_every_command(capsysbinary: pytest.CaptureFixture[bytes]):
    """The help of the script has a line for each command."""
    with pytest.raises(SystemExit):
        _cli.main(["--help"])
    out = capsysbinary.readouterr().out.decode()

    assert {line.split()[0] for line in out.splitlines() if re.match(r"    [a-z]", line)} == set(COMMANDS)


# what goes wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "COMMAND"),
        (["reed"], "'reed'"),
        (["read"], "SPREAD"),
        (["read", "one-card", "--colour=red"], "one word too many, --colour among them"),
        (["read", "one-card", "--partn", "Robin"], "2 words too many, --partn among them"),
        (["read", "one-card", "--seed"], "--seed"),
        (["read", "emotional-blok"], "did you mean 'emotional-block'?"),
        (["read", "one-card", "--deck", "moons"], "known: major-arcana, rider-waite-smith"),
        (["read", "one-card", "--format", "pdf"], "'pdf'"),
        (["read", "one-card", "--width", "wide"], "'wide'"),
        (["read", "one-card", "--width", "19"], "19"),
        (["read", "one-card", "--reversal-rate", "often"], "'often'"),
        (["read", "one-card", "--reversal-rate", "1.5"], "1.5"),
        (["read", "one-card", "--reversal-rate", "nan"], "nan"),
        (["read", "one-card", "--pronouns", "it"], "expected they, she, he"),
        (["read", "one-card", "--partner", "R" * 61], "61 characters"),
        (["read", "one-card", "--partner", ""], "a name"),
        (["read", "one-card", "--reader", " "], "a name"),
        (["read", "one-card", "--question", "two\nlines"], "U+000A"),
        (["read", "one-card", "--question", "\udcff"], "U+DCFF"),
        (["read", "one-card", "--support-text", "\x1b[2J"], "U+001B"),
        (["read", "one-card", "--seed", "\udcff"], "lone surrogate"),
        (["draw", "one-card", "--format", "text", "more"], "one word too many"),
        (["draw", "one-card", "--seed", "7", "8\n9", "10"], "2 words too many"),
        (["lay", "three-mirrors", "the star"], "expected 3"),
        (["lay", "one-card", "the star", "the sun"], "expected 1"),
        (["lay", "one-card", "the sta"], "did you mean 'The Star'?"),
        (["lay", "one-card", "\x1b[2J"], "expected a card"),
        (["lay", "three-mirrors", "XVII", "the star", "the sun"], "The Star twice"),
        (["list", "all\x1b[2J"], "one word too many"),
        (["show", "the st\u00e4r"], "expected a card"),
        (["show", "two of spoons"], "expected a card"),
        (["check", "emotional-blok"], "did you mean 'emotional-block'?"),
    ],
    ids=lambda value: ascii(" ".join(value)) if isinstance(value, list) else "-",
)
def test_wrong_words_are_said_in_one_line(words: list[str], said: str, script: Script):
    """A call that cannot be understood or followed prints nothing, says why in one line, and gives status 2."""
    complained(script(*words), 2, said)


@pytest.mark.parametrize("words", [["read", "./nowhere.yaml"], ["show", "./nowhere.yaml"], ["draw", "./a/b.yaml"]])
def test_content_that_is_not_there_is_said_in_one_line(words: list[str], script: Script):
    """A path that leads nowhere prints nothing, says so in one line, and gives status 1."""
    complained(script(*words), 1, "found no such file")


def test_a_card_without_text_is_said_in_one_line(tmp_path: Path, script: Script):
    """A reading that a missing text keeps from being made is a fault of content: status 1."""
    manifest = (ROOT / "decks" / "rider-waite-smith" / "deck.yaml").read_text(encoding="utf-8")
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "deck.yaml").write_text(
        manifest.replace("id: rider-waite-smith", "id: bare"), encoding="utf-8"
    )
    complained(script("lay", "one-card", "two of cups", "--deck", f"{tmp_path}/bare"), 1, "no text for Two of Cups")


def test_faulty_content_is_said_line_by_line(tmp_path: Path, script: Script):
    """Every fault of a spread that cannot be used is on stderr, a line for each, and the status is 1."""
    path = spoilt(tmp_path, found="name: One Lamp", put="nmae: x")

    called = script("read", str(path))

    assert (called.status, called.out) == (1, b"")
    lines = called.err.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"intimacy-tarot: {path}:1:1: found")
    assert all(f"{path}:" in line for line in lines)


WORDS = [*COMMANDS, *tarot.spread_ids(), *tarot.deck_ids(), "./nowhere", "the star", "XIV", "7", "text:7", "--seed"]
WORDS += ["--deck", "--reversal-rate", "--question", "--reader", "--partner", "--pronouns", "--support-text", "she"]
WORDS += ["--no-themes", "--format", "json", "trace", "--width", "40", "--", "-1", "0.5", ""]
ODD = st.text(st.characters(exclude_characters="\0"), max_size=12).filter(lambda word: "-o" not in word)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS) | ODD, max_size=6))
@example(words=["check", "./\udcff"])
@example(words=["list", "\n"])
def test_no_words_end_in_a_traceback(words: list[str], script: Script):
    """Whatever the words, the script answers or complains by its rules: never an error of Python's, never two lines."""
    try:
        called = script(*words)
    except SystemExit as left:
        called = Called(int(str(left.code)), b"--help answers", b"")

    assert called.status in (0, 1, 2)
    if called.status == 0:
        assert called.err == b""
        assert called.out
    elif called.status == 2 or called.err:
        complained(called, called.status)


# --output -------------------------------------------------------------------------------------------------------------


def test_output_writes_a_file_and_prints_nothing(tmp_path: Path, script: Script):
    """`--output` writes the very bytes that would be printed, and leaves nothing else behind."""
    printed = script("read", "one-card", "--seed", "7", "--partner", "Zoë")

    assert script("read", "one-card", "--seed", "7", "--partner", "Zoë", "--output", str(tmp_path / "a.txt")) == (
        0,
        b"",
        b"",
    )
    assert (tmp_path / "a.txt").read_bytes() == printed.out
    assert names(tmp_path) == ["a.txt"]


def test_output_takes_the_place_of_a_file(tmp_path: Path, script: Script):
    """A file that is there is replaced, in the current folder too, and with each format."""
    (tmp_path / "a.md").write_text("old " * 10_000, encoding="utf-8")

    script("read", "one-card", "--seed", "7", "--format", "markdown", "--output", str(tmp_path / "a.md"))

    assert (tmp_path / "a.md").read_bytes() == tarot.read("one-card", seed=7).to_markdown().encode()
    assert names(tmp_path) == ["a.md"]


def test_output_may_be_a_bare_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: Script):
    """A name without a folder is a file in the current one; `lay` writes as well."""
    monkeypatch.chdir(tmp_path)

    assert script("lay", "one-card", "the star", "--output", "a.txt") == (0, b"", b"")
    assert names(tmp_path) == ["a.txt"]


@POSIX
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_output_has_the_rights_of_any_new_file(mask: int, tmp_path: Path, script: Script):
    """A file that is written may be read by whom the user's mask lets read new files."""
    before = os.umask(mask)
    try:
        script("read", "one-card", "--seed", "7", "--output", str(tmp_path / "a.txt"))
    finally:
        os.umask(before)

    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o666 & ~mask


def test_output_into_a_missing_folder_fails_in_one_line(tmp_path: Path, script: Script):
    """A folder that is not there is said by the name that was given, and nothing is made."""
    target = tmp_path / "nowhere" / "a.txt"

    complained(script("read", "one-card", "--output", str(target)), 1, f"No such file or directory: {target}\n")
    assert names(tmp_path) == []


def test_output_to_a_folder_fails_in_one_line(tmp_path: Path, script: Script):
    """A folder is not replaced, is said by the name that was given, and nothing is left beside it or in it."""
    (tmp_path / "folder").mkdir()

    complained(script("read", "one-card", "--output", str(tmp_path / "folder")), 1, f"{tmp_path / 'folder'}\n")
    assert names(tmp_path) == ["folder"]
    assert names(tmp_path / "folder") == []


def test_output_to_nothing_fails_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: Script):
    """An empty name is no file."""
    monkeypatch.chdir(tmp_path)
    called = script("read", "one-card", "--output", "")

    assert called.status in (1, 2)
    complained(called, called.status)
    assert names(tmp_path) == []


@POSIX
def test_output_to_a_pipe_goes_through_it(tmp_path: Path, script: Script):
    """What is no regular file, a pipe or a device, is written to and never replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        called = script("read", "one-card", "--seed", "7", "--output", str(pipe))

        assert called == (0, b"", b"")
        assert pipe.is_fifo()
        assert os.read(reader, 65_536) == tarot.read("one-card", seed=7).to_text().encode()
    finally:
        os.close(reader)
    assert names(tmp_path) == ["pipe"]


def test_a_failed_reading_writes_no_file(tmp_path: Path, script: Script):
    """A call that fails leaves the file that is there as it was, and makes none."""
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")

    complained(script("read", "one-card", "--width", "3", "--output", str(tmp_path / "a.txt")), 2)
    complained(script("read", "one-card", "--width", "3", "--output", str(tmp_path / "b.txt")), 2)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


# streams --------------------------------------------------------------------------------------------------------------


class _Fails(io.RawIOBase):
    """A stream that fails at the first write."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise self._error


class _Standard:
    """A standard stream over a raw one, without a buffer that would be flushed at its end."""

    def __init__(self, buffer: io.RawIOBase) -> None:
        self.buffer = buffer

    def flush(self) -> None:
        pass


def test_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch, script: Script):
    """An interrupt ends the script with the status that shells expect, 130, and without a word."""
    monkeypatch.setattr(sys, "stdout", _Standard(_Fails(KeyboardInterrupt())))

    assert _cli.main(["list"]) == 130


def test_ctrl_c_while_a_file_is_written_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An interrupt just before the file takes its place leaves the old one, and no half of a new one."""
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    monkeypatch.setattr(Path, "replace", interrupted)

    assert _cli.main(["read", "one-card", "--output", str(tmp_path / "a.txt")]) == 130
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


@POSIX
def test_a_broken_pipe_is_quiet_here(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    """A reader that has gone away is no fault: status 0 and not a word."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)

        assert _cli.main(["list"]) == 0
    assert capsysbinary.readouterr().err == b""


@POSIX
@pytest.mark.parametrize(
    "words", [["list"], ["read", "emotional-block"], ["show", "rider-waite-smith"], ["--help"]], ids=" ".join
)
def test_a_broken_pipe_is_quiet(words: list[str]):
    """A reader that has gone away is no fault of a whole process either, not even as it ends."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        called = process(*words, stdout=writing)
    finally:
        os.close(writing)

    assert (called.status, called.err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_said_in_one_line():
    """What cannot be printed is a failure, said in one line that names no thing there is not."""
    with Path("/dev/full").open("wb") as full:
        called = process("list", stdout=full)

    assert called.status == 1
    assert called.err == b"intimacy-tarot: No space left on device\n"


def test_an_error_of_the_system_without_words_is_said(monkeypatch: pytest.MonkeyPatch, capsysbinary):
    """An error of the system that names no file, or gives no reason, is still one clear line."""
    for error in (OSError(errno.EIO, "Input/output error"), OSError("it is gone")):
        monkeypatch.setattr(sys, "stdout", _Standard(_Fails(error)))
        status = _cli.main(["list"])
        said = capsysbinary.readouterr().err

        complained(Called(status, b"", said), 1)
        assert b"None" not in said


def test_a_process_without_streams_ends_well(monkeypatch: pytest.MonkeyPatch):
    """With nowhere to print to, or to complain to, the script still ends by its rules."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert _cli.main(["list"]) in (0, 1)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        assert _cli.main(["reed"]) == 2


@POSIX
def test_a_closed_stdout_is_no_traceback():
    """A shell that closed the output gets a status, and no traceback."""
    command = f'exec "{sys.executable}" -m intimacy_tarot list >&-'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)

    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LANG": ""}],
    ids=" ".join,
)
def test_bytes_do_not_depend_on_the_environment(environment: dict[str, str]):
    """Under any locale and encoding a process prints the same UTF-8."""
    words = ("read", "one-card", "--seed", "żółty 🌙", "--partner", "Zoë")
    reading = tarot.read("one-card", seed="żółty 🌙", partner="Zoë")

    called = process(*words, env=os.environ | environment | {"PYTHONHASHSEED": "7"})

    assert called == (0, reading.to_text().encode(), b"")


# the two ways in ------------------------------------------------------------------------------------------------------


def test_a_process_gives_the_statuses(tmp_path: Path):
    """`python -m intimacy_tarot` gives 0 for an answer, 1 for faulty content, 2 for wrong words."""
    answer = process("draw", "one-card", "--seed", "7")
    assert answer == (0, f"seed: 7\n{tarot.draw('one-card', seed=7)}\n".encode(), b"")

    complained(process("read", str(tmp_path / "nowhere.yaml")), 1)
    complained(process("reed"), 2)
    complained(process(), 2)


def test_the_module_is_the_script(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    """Run as a module, the package takes the words of the process and leaves with the script's status."""
    monkeypatch.setattr(sys, "argv", ["intimacy_tarot", "draw", "one-card", "--seed", "7"])

    with pytest.raises(SystemExit) as left:
        runpy.run_module("intimacy_tarot", run_name="__main__")

    assert left.value.code == 0
    assert capsysbinary.readouterr().out == f"seed: 7\n{tarot.draw('one-card', seed=7)}\n".encode()


def test_importing_the_module_runs_nothing(capsysbinary: pytest.CaptureFixture[bytes]):
    """Importing `intimacy_tarot.__main__` does not call the script."""
    found = runpy.run_module("intimacy_tarot.__main__", run_name="elsewhere")

    assert found["main"] is _cli.main
    assert capsysbinary.readouterr() == (b"", b"")


# --- pictures and pages


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!doctype html>"), ("svg", b"<svg ")])
def test_a_reading_is_written_as_a_page_or_a_drawing(script, tmp_path, form, begins):
    """`--format html` and `--format svg` give what the library gives, with the style or the palette that was asked."""
    called = script("read", "one-card", "--seed", "7", "--format", form, "--style", "night", "--palette", "dark")
    reading = tarot.read("one-card", seed=7)
    expected = reading.to_html(style="night") if form == "html" else reading.to_svg(palette="dark")
    assert called == Called(0, expected.encode(), b"")
    assert called.out.startswith(begins)


def test_a_style_or_a_picture_that_is_none_is_told_in_one_line(script, tmp_path):
    """An unknown style is a matter of usage, a bad picture one of content."""
    called = script("read", "one-card", "--seed", "7", "--format", "html", "--style", "loud")
    assert (called.status, called.err.count(b"\n")) == (2, 1)
    lamp = tarot.read("one-card", seed=7).draw.cards[0].card.id.replace(".", "/")
    (tmp_path / lamp).parent.mkdir(parents=True)
    (tmp_path / f"{lamp}.png").write_bytes(b"no picture")
    called = script("read", "one-card", "--seed", "7", "--format", "svg", "--art", str(tmp_path))
    assert (called.status, called.err.count(b"\n")) == (1, 1)
    assert b"found a file that is no png picture" in called.err


def test_new_templates_make_the_page_that_is_made_without_them(script, tmp_path):
    """The starting set is the built-in one, so that a host changes from what it knows."""
    folder = tmp_path / "mine"
    called = script("new", "templates", str(folder))
    assert called.status == 0
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "face.svg.j2", "page.css", "page.html.j2", "styles/night.css", "styles/print.css", "styles/quiet.css",
        "table.svg.j2",
    ]  # fmt: skip
    reading = tarot.read("foundation", seed=7)
    assert reading.to_html(templates=folder) == reading.to_html()
    assert list(tmp_path.iterdir()) == [folder]


def test_new_templates_touch_nothing_that_is_there(script, tmp_path):
    """A folder that exists is left alone, and a failure on the way leaves nothing behind."""
    called = script("new", "templates", str(tmp_path))
    assert (called.status, called.out) == (2, b"")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("here", "utf-8")
    called = script("new", "templates", str(tmp_path / "file" / "folder"))
    assert (called.status, called.err.count(b"\n")) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@POSIX
@pytest.mark.parametrize(("no_color", "bold"), [("", True), ("1", False)])
def test_headings_are_bold_on_a_terminal_alone(no_color, bold):
    """On a terminal headings are set off, unless NO_COLOR says otherwise; in a pipe there is nothing but text."""
    import pty

    main, side = pty.openpty()
    command = [sys.executable, "-m", "intimacy_tarot", "read", "one-card", "--seed", "7"]
    with subprocess.Popen(command, stdout=side, env=os.environ | {"NO_COLOR": no_color}) as running:
        os.close(side)
        shown = b""
        try:
            while part := os.read(main, 65536):
                shown += part
        except OSError:
            pass  # the terminal is gone with the process
        assert running.wait() == 0
    os.close(main)
    assert (b"\x1b[1m" in shown) == bold
    plain = re.sub(rb"\x1b\[[01]m", b"", shown).replace(b"\r\n", b"\n")
    assert plain == tarot.read("one-card", seed=7).to_text().encode()
    assert b"\x1b" not in process(*command[3:]).out


def test_headings_are_bold_where_output_is_a_terminal(monkeypatch, script):
    """The script asks the stream it prints to, in this process too."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(_cli, "_shows_color", lambda: True)
    assert script("read", "one-card", "--seed", "7").out.startswith(b"\x1b[1m")
    assert not script("read", "one-card", "--seed", "7", "--width", "30").out.startswith(b"What")


# --- verifying


def test_verify_says_what_it_found(script, tmp_path):
    """A saved reading that is what it says ends with 0, an altered one with 1, and no reading with its fault."""
    saved = tmp_path / "saved.json"
    script("read", "one-card", "--seed", "7", "--format", "json", "--output", str(saved))
    assert script("verify", str(saved)) == Called(0, b"cards: same\nwords: same\n", b"")
    record = json.loads(saved.read_text("utf-8"))
    record["draw"]["cards"][0]["reversed"] ^= True
    saved.write_text(json.dumps(record), "utf-8")
    called = script("verify", str(saved))
    assert (called.status, called.out.splitlines()[0]) == (1, b"cards: changed")
    saved.write_bytes(b"\xff no reading")
    called = script("verify", str(saved))
    assert (called.status, called.err.count(b"\n")) == (1, 1)
    called = script("verify", str(tmp_path / "missing.json"))
    assert (called.status, called.err.count(b"\n")) == (1, 1)


OPTIONS = ("art", "templates", "output")
TAKE_A_PATH = ("verify", "new templates", *(f"read one-card --format svg --{name}" for name in OPTIONS))


@pytest.mark.parametrize("unfit", ["a\0b", "\ud800"], ids=["null", "surrogate"])
@pytest.mark.parametrize("words", TAKE_A_PATH)
def test_a_path_that_no_file_can_have_is_refused(capsys, words, unfit):
    """Wherever a path may be given, one that the system cannot be asked for is a fault of the call, in one line."""
    assert _cli.main([*words.split(), unfit]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "found a path that no file can have, expected one" in printed.err
