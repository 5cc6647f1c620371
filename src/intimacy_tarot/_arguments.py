"""The words of a call of the script, and what they stand for."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from intimacy_tarot._deck import DEFAULT_RATE
from intimacy_tarot._draw import DEFAULT_DECK
from intimacy_tarot._files import print_out
from intimacy_tarot._person import PRONOUNS
from intimacy_tarot._seed import MOST_DIGITS
from intimacy_tarot._version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_OPTION = re.compile(r"--[a-z][a-z-]{0,30}")


class _Parser(argparse.ArgumentParser):
    def __init__(self, *words: Any, **options: Any) -> None:
        # an option is given by its whole name: a part of one that fits two would be told with what was typed
        super().__init__(*words, **options | {"allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")

    def _print_message(self, message: str, file: object = None) -> None:  # noqa: ARG002  as every answer is printed
        print_out(message)


class UsageError(Exception):
    """The call's words are off."""


def seed_of(text: str) -> str | int:
    """Return the seed that a text stands for: an integer as one, anything else as text, "text:7" as the text 7.

    >>> seed_of("7"), seed_of("text:7"), seed_of("07")
    (7, '7', '07')
    """
    if not _INTEGER.fullmatch(text):
        return text.removeprefix("text:")
    if len(text.removeprefix("-")) > MOST_DIGITS:
        raise UsageError(f"found a seed of over {MOST_DIGITS:,} digits, expected fewer, or text: in front")
    return int(text)


def place_of(text: str) -> str | Path:
    """Return an id, or a path for what looks like one: with a slash, a dot in front, or `.yaml` behind.

    >>> place_of("emotional-block")
    'emotional-block'
    """
    looks = os.sep in text or "/" in text or text.startswith(".") or text.endswith(".yaml")
    return Path(text) if looks else text


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what the words of a call say; raises UsageError, which repeats nothing that somebody typed to be read."""
    options, rest = parser().parse_known_args(arguments)
    if rest:
        found = dict.fromkeys(option[0] for word in rest if (option := _OPTION.match(word)))
        named = f", {', '.join(found)} among them" if found else ""
        count = f"{len(rest)} words" if len(rest) > 1 else "one word"
        raise UsageError(f"found {count} too many{named}, expected any text in quotes; see intimacy-tarot --help")
    return options


def parser() -> argparse.ArgumentParser:
    """Return the reader of a call's words: `command` names what is to be done, the rest is how."""
    whole = _Parser("intimacy-tarot", description="Seeded tarot readings about emotional and sexual intimacy.")
    whole.add_argument("--version", action="version", version=f"intimacy-tarot {VERSION}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_read(commands)
    _add_draw(commands)
    _add_lay(commands)
    commands.add_parser("list", help="the decks and spreads there are")
    showing = commands.add_parser("show", help="a spread's positions, a deck's cards, or one card")
    showing.add_argument("what", metavar="ID_OR_CARD")
    _add_deck(showing)
    making = commands.add_parser("new", help="a folder of page templates to start from")
    making.add_argument("what", choices=("templates",))
    making.add_argument("folder", type=_path, metavar="FOLDER", help="made, and must not be there yet")
    verifying = commands.add_parser("verify", help="whether a saved reading is what its seed and options give")
    verifying.add_argument("file", type=_path, metavar="FILE", help="JSON, as --format json writes it")
    checking = commands.add_parser("check", help="every fault of a deck or a spread")
    checking.add_argument("what", metavar="ID_OR_PATH")
    return whole


def _add_deck(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deck", default=DEFAULT_DECK, metavar="ID_OR_PATH", help=f"default {DEFAULT_DECK}")


def _add_drawing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("spread", metavar="SPREAD", help="a spread's id, or the path of its file")
    parser.add_argument("--seed", help="an integer or any text; text:7 is the text 7; a fresh one if not given")
    _add_deck(parser)
    parser.add_argument("--reversal-rate", type=float, default=DEFAULT_RATE, help=f"0 to 1, default {DEFAULT_RATE}")


def _pronouns(text: str) -> str:
    if text not in PRONOUNS:
        raise argparse.ArgumentTypeError(f"found other pronouns, expected {', '.join(PRONOUNS)}")
    return text


def _path(text: str) -> Path:
    """Return a path, if it is one that the system can be asked for."""
    try:
        unfit = b"\0" in os.fsencode(text)
    except UnicodeEncodeError:
        unfit = True
    if unfit:
        raise argparse.ArgumentTypeError("found a path that no file can have, expected one")
    return Path(text)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--question", help="the reader's own question")
    parser.add_argument("--reader", help="the reader's name")
    parser.add_argument("--partner", help="the partner's name")
    choices = f"{{{','.join(PRONOUNS)}}}"
    parser.add_argument("--pronouns", type=_pronouns, metavar=choices, default="they", help="the partner's")
    parser.add_argument("--support-text", help="a line about help near the reader")
    parser.add_argument("--no-themes", action="store_true", help="leave out the themes at the end")
    parser.add_argument("--format", choices=("text", "markdown", "html", "svg", "json", "trace"), default="text")
    parser.add_argument("--style", default="quiet", help="of a page: quiet, night, print, or one of --templates")
    parser.add_argument("--palette", default="light", help="of a drawing: light or dark")
    parser.add_argument("--art", type=_path, metavar="FOLDER", help="pictures of cards, named by card id")
    parser.add_argument("--templates", type=_path, metavar="FOLDER", help="page templates that go before ours")
    parser.add_argument("--width", type=int, help="wrap lines of text, 20 and more")
    parser.add_argument("--output", type=_path, metavar="FILE", help="write a file instead of printing")


def _add_read(commands: Any) -> None:
    parser = commands.add_parser("read", help="draw cards for a spread and read them")
    _add_drawing(parser)
    _add_reading(parser)


def _add_draw(commands: Any) -> None:
    parser = commands.add_parser("draw", help="draw cards for a spread, without words")
    _add_drawing(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def _add_lay(commands: Any) -> None:
    parser = commands.add_parser("lay", help="read cards that were pulled by hand")
    parser.add_argument("spread", metavar="SPREAD")
    parser.add_argument("cards", nargs="+", metavar="CARD", help='"the hermit", "XIV rx", "queen of cups reversed"')
    _add_deck(parser)
    parser.add_argument("--seed", help="chooses among wordings")
    _add_reading(parser)
