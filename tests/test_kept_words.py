"""People's words stay where they belong: in the reading, and in no error, no log and no file."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import textwrap
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_words import REFUSED

import intimacy_tarot as tarot
from intimacy_tarot import _cli
from intimacy_tarot._record import PUBLIC

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.at_length

WORDS = {
    "question": "Does Xanthippe-Quill still write to me?",
    "reader": "Ysolde-Brack",
    "partner": "Xanthippe-Quill",
    "support_text": "Ring the Gorse-Lane clinic.",
}
TELLING = ("xanthippe", "quill", "ysolde", "brack", "gorse", "still write", "ring the")


def _says(error: BaseException | None) -> str:
    """Return everything that an error carries and that a log might print: its text, its parts, and its causes."""
    said: list[str] = []
    while error is not None:
        said += [str(error), repr(error), repr(error.args), repr(vars(error)), repr(getattr(error, "object", ""))]
        error = error.__cause__ or error.__context__
    return "\n".join(said).lower()


def _kept(error: BaseException) -> None:
    assert not [word for word in TELLING if word in _says(error)]


def _read(**options) -> tarot.Reading:
    return tarot.read("partner-need", seed=3, **WORDS | options)


@cache
def _whole() -> tarot.Reading:
    return _read()


# --- errors

WRONG = {
    "an unknown spread": lambda _: tarot.read("partner-ned", **WORDS),
    "a spread that is not there": lambda folder: tarot.read(folder / "none.yaml", **WORDS),
    "an unknown deck": lambda _: _read(deck="moons"),
    "a deck that is not there": lambda folder: _read(deck=folder),
    "a rate": lambda _: _read(reversal_rate=7),
    "a seed of another type": lambda _: _seeded([WORDS["question"]]),
    "a seed without bytes": lambda _: _seeded(f"{WORDS['question']}\ud800"),
    "a seed too deep": lambda _: _seeded((WORDS["partner"], ((((((((WORDS["partner"],),),),),),),),))),
    "a card": lambda _: tarot.interpret(tarot.lay("one-card", ["the sta"]), **WORDS),
    "too few cards": lambda _: tarot.interpret(tarot.lay("partner-need", ["the star"]), **WORDS),
    "other pronouns": lambda _: tarot.Person(WORDS["partner"], "xe"),
    "a name for pronouns": lambda _: tarot.Person("they", WORDS["partner"]),
    "a width": lambda _: _whole().to_text(3),
    "a style": lambda _: _whole().to_html(style="quite"),
    "a palette": lambda _: _whole().to_svg(palette="drak"),
    "a picture": lambda folder: _whole().to_svg(art=_drawn(folder)),
    "no JSON": lambda _: tarot.Reading.from_json(_whole().to_json()[:-9]),
    "no record": lambda _: tarot.Reading.from_json(json.dumps(WORDS)),
    "a public record": lambda _: tarot.Reading.from_json(_whole().to_json(private=False)),
    "a record too long": lambda _: tarot.Reading.from_json(_whole().to_json() * 200),
    "a record too deep": lambda _: tarot.Reading.from_json(json.dumps(WORDS) + "[" * 99_999),
    "no data": lambda _: tarot.verify({**_whole().to_dict(), "asked": object()}),
    "data without a number": lambda _: tarot.verify({**_whole().to_dict(), WORDS["reader"]: float("nan")}),
}


def _seeded(seed) -> tarot.Reading:
    return tarot.read("one-card", **WORDS | {"seed": seed})


def _drawn(folder: Path) -> Path:
    for card in _whole().draw.cards:
        (folder / f"{card.card.id}.png").write_bytes(b"no picture")
    return folder


@pytest.mark.parametrize("wrong", WRONG)
def test_an_error_about_anything_else_says_no_word_that_was_typed(wrong, tmp_path):
    """Whatever goes wrong where people's words are at hand, no error, nor what caused it, holds any of them."""
    with pytest.raises(tarot.TarotError) as caught:
        WRONG[wrong](tmp_path)
    _kept(caught.value)


SPOILT = {"long": lambda text: text * 50, "empty": lambda _: " ", "bytes": str.encode, "list": lambda text: [text]}


@pytest.mark.parametrize("option", WORDS)
@pytest.mark.parametrize("how", SPOILT)
def test_an_error_about_what_was_typed_does_not_repeat_it(option, how):
    """A text too long, empty or no text at all is refused by its length or its type alone."""
    with pytest.raises(tarot.PersonError) as caught:
        _read(**{option: SPOILT[how](WORDS[option])})
    _kept(caught.value)


@given(st.sampled_from([*WORDS]), st.sampled_from(REFUSED), st.integers(1, 12))
def test_an_error_about_a_character_names_its_code_alone(option, wrong, at):
    """Of a text with a character that is refused, the error tells the code and nothing around it."""
    with pytest.raises(tarot.PersonError) as caught:
        _read(**{option: WORDS[option][:at] + wrong + WORDS[option][at:]})
    _kept(caught.value)


def _paths(data, path=()):
    yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from _paths(value, (*path, key))


PATHS = [path for path in _paths(_whole().to_dict()) if path and path[0] not in ("format", *PUBLIC)]
PUTS = (WORDS["partner"], [WORDS["question"]], {"name": WORDS["reader"]}, {}, [], None, 7, "", "a\x1b")


@given(st.sampled_from(PATHS), st.sampled_from(PUTS))
@settings(max_examples=400)
def test_an_error_about_a_record_says_no_word_that_is_in_it(path, put):
    """A saved reading with something wrong where words may stand is refused by the place and the kind of fault."""
    record = copy.deepcopy(_whole().to_dict())
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = put
    try:
        tarot.Reading.from_json(json.dumps(record))
    except tarot.RecordError as error:
        _kept(error)


CALL = ("read", "partner-need", "--seed", "3", "--question", WORDS["question"], "--reader", WORDS["reader"])
CALL += ("--partner", WORDS["partner"], "--support-text", WORDS["support_text"])


@pytest.mark.parametrize(
    "more",
    [
        ("--pronouns", WORDS["partner"]),
        ("--pronouns",),
        ("--style", "quite", "--format", "html"),
        ("--width", "3"),
        ("--width", "wide"),
        ("--output", "/nowhere/x"),
        ("--deck", "moons"),
        ("--re=" + WORDS["partner"],),
        ("--quest", WORDS["question"]),
        ("--question", *WORDS["question"].split()),
        ("--partner", WORDS["partner"] + "\x1b"),
        ("--partner", WORDS["partner"] * 9),
        ("--", WORDS["question"]),
    ],
)
def test_the_script_complains_without_a_word_that_was_typed(more, capsysbinary):
    """A call that goes wrong says why on stderr, and nothing of names, question or support text, quoted or not."""
    assert _cli.main([*CALL, *more]) in (1, 2)
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert err.startswith(b"intimacy-tarot: ")
    assert not [word for word in TELLING if word in err.decode().lower()]


@pytest.mark.parametrize("wrong", ["\x1b[2J\x07", "\x9b2J", "\u202egnp.", "a\u2028b"])
def test_the_script_shows_controls_of_its_arguments_and_does_not_obey_them(wrong, tmp_path, capsysbinary):
    """A seed, a path or a key of a record that acts on a terminal is printed as Python writes it."""
    record = _whole().to_dict(private=False)
    record["facts"][wrong] = 1
    saved = tmp_path / "saved.json"
    saved.write_text(json.dumps(record), "utf-8")
    for call in (("draw", "one-card", "--seed", wrong), ("check", f"./{wrong}"), ("verify", str(saved))):
        _cli.main(call)
        shown = b"".join(capsysbinary.readouterr()).decode()
        assert wrong not in shown
        assert repr(wrong)[1:-1] in shown
        assert not [c for c in shown if not c.isprintable() and c != "\n"]


# --- logs, files, and what else a library could touch

WATCHED = """
    import io, json, logging, os, sys, warnings

    seen = []
    ALARMS = ("socket.", "subprocess.", "os.putenv", "os.unsetenv", "os.chdir", "os.system", "os.exec", "os.spawn",
              "os.posix_spawn", "os.fork", "os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate",
              "os.rmdir", "os.chmod", "os.utime", "shutil.", "tempfile.", "sqlite3.", "urllib.", "syslog.", "ctypes.")

    def watch(event, args):
        if event == "open":
            writes = isinstance(args[1], str) and set(args[1]) & set("wax+")
            flags = args[2] if isinstance(args[2], int) else 0
            if writes or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                seen.append(f"write {args[0]}")
        elif event.startswith(ALARMS):
            seen.append(event)

    class Closed(dict):
        def _touched(self, *_):
            seen.append("the environment")
            return None
        get = __getitem__ = __contains__ = __iter__ = keys = items = _touched

    def nowhere():
        seen.append("the working directory")
        return "/"

    import intimacy_tarot as tarot
    words = json.loads(sys.argv[1])
    environ, getcwd, out, err = os.environ, os.getcwd, sys.stdout, sys.stderr
    logging.Logger.handle = lambda self, record: seen.append(f"log {record.getMessage()}")
    warnings.showwarning = lambda *told, **_: seen.append(f"warning {told[0]}")
    sys.addaudithook(watch)
    os.environ, os.getcwd, sys.stdout, sys.stderr = Closed(), nowhere, io.StringIO(), io.StringIO()
    if sys.argv[2] == "alarm":
        logging.getLogger("x").warning("x"), warnings.warn("x"), os.getcwd(), os.environ.get("x"), print("x")
        open(os.devnull, "w").close()
    for question in (words["question"], "Why am I scared of her?", "He hit me last night", None):
        reading = tarot.read("partner-need", seed=3, **words | {"question": question})
        for private in (True, False):
            tarot.verify(reading.to_json(private=private)), reading.to_dict(private=private)
        for style in ("quiet", "night", "print"):
            reading.to_html(style=style)
        reading.to_text(), reading.to_text(40), reading.to_markdown(), reading.to_svg(), reading.trace()
        reading._repr_html_(), reading._repr_markdown_(), repr(reading), str(reading.plan)
        assert tarot.Reading.from_json(reading.to_json()) == reading
        for wrong in ({"partner": "x" * 99}, {"deck": "moons"}):
            try:
                tarot.read("partner-need", seed=3, **words | wrong)
            except tarot.TarotError:
                pass
    printed = sys.stdout.getvalue() + sys.stderr.getvalue()
    os.environ, os.getcwd, sys.stdout, sys.stderr = environ, getcwd, out, err
    found = list(seen)
    print(json.dumps([found, printed]))
"""


def _watched(mode: str, folder: Path) -> tuple[list[str], str]:
    command = [sys.executable, "-B", "-W", "always", "-c", textwrap.dedent(WATCHED), json.dumps(WORDS), mode]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder, timeout=120)
    assert done.stderr == ""
    found, printed = json.loads(done.stdout)
    return found, printed


def test_a_reading_in_every_format_touches_nothing_outside_itself(tmp_path):
    """No log, warning, print, write, socket, process, environment or working directory, whatever was asked."""
    assert _watched("quiet", tmp_path) == ([], "")
    assert list(tmp_path.iterdir()) == []


def test_the_watch_would_see(tmp_path):
    """What the test before this one looks for it does find where it happens."""
    found, printed = _watched("alarm", tmp_path)
    kinds = {told.split()[0] for told in found}
    assert kinds >= {"log", "warning", "the", "write"}
    assert {"the environment", "the working directory"} <= set(found)
    assert printed == "x\n"
