"""The script's door: `intimacy-tarot` and `python -m intimacy_tarot`."""

from __future__ import annotations

import argparse
import os
import re
import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from intimacy_tarot import _record, _render
from intimacy_tarot._check import check
from intimacy_tarot._deck import DEFAULT_RATE
from intimacy_tarot._draw import DEFAULT_DECK, Draw, draw, lay
from intimacy_tarot._errors import ContentError, RecordError, TarotError
from intimacy_tarot._library import deck_ids, load_deck, load_spread, spread_ids
from intimacy_tarot._page import starting_templates
from intimacy_tarot._person import PRONOUNS, UNFIT, Person
from intimacy_tarot._reading import Reading, interpret
from intimacy_tarot._seed import MOST_DIGITS, tag
from intimacy_tarot._verify import verify

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, FAULTY, USAGE = 0, 1, 2
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_OPTION = re.compile(r"--[a-z][a-z-]{0,30}")


class _Parser(argparse.ArgumentParser):
    def __init__(self, prog: str, **options: Any) -> None:
        # an option is given by its whole name: a part of one that fits two would be told with what was typed
        super().__init__(prog, **{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script and return its exit status: 0; 1 for a fault of content; 2 for usage."""
    try:
        options = _parsed(arguments)
        return int(options.run(options))
    except UsageError as error:
        return _complain(str(error), USAGE)
    except (ContentError, RecordError) as error:
        return _complain(str(error), FAULTY)
    except TarotError as error:
        return _complain(str(error), USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        about = f": {error.filename}" if error.filename else ""
        return _complain(f"{error.strerror or error}{about}", FAULTY)
    except KeyboardInterrupt:
        return 130


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    options, rest = _parser().parse_known_args(arguments)
    if rest:
        raise UsageError(_too_many(rest))
    return options


def _too_many(rest: Sequence[str]) -> str:
    """Return what is said of words too many: how many, and which options, but nothing of what somebody typed."""
    options = dict.fromkeys(found[0] for word in rest if (found := _OPTION.match(word)))
    named = f", {', '.join(options)} among them" if options else ""
    count = f"{len(rest)} words" if len(rest) > 1 else "one word"
    return f"found {count} too many{named}, expected any text in quotes; see intimacy-tarot --help"


def _complain(message: str, status: int) -> int:
    if sys.stderr is not None:
        lines = "\n".join(map(_printable, message.split("\n") if status == FAULTY else [message]))
        sys.stderr.buffer.write(f"intimacy-tarot: {lines}\n".encode("utf-8", "backslashreplace"))
        sys.stderr.flush()
    return status


def _printable(text: str) -> str:
    """Return a line with what could act on a terminal, or on the order of its letters, shown as Python writes it."""
    return UNFIT.sub(lambda found: repr(found[0])[1:-1], text)


def _tell(*lines: object) -> int:
    return _say("".join(f"{_printable(str(line))}\n" for line in lines))


def _say(text: str, output: str | None = None) -> int:
    """Print UTF-8 with plain line ends, or write a file whole: to a temporary one, then in its place."""
    raw = text.encode("utf-8", "backslashreplace")
    if output is not None:
        _write(Path(output), raw)
    elif sys.stdout is not None:
        sys.stdout.buffer.write(raw)
        sys.stdout.flush()
    return OK


def _write(path: Path, raw: bytes) -> None:
    if path.exists() and not path.is_file():  # a pipe or a device is written to; a folder cannot be
        path.write_bytes(raw)
        return
    partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with partial.open("xb") as stream:
            stream.write(raw)
        partial.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        partial.unlink(missing_ok=True)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("intimacy-tarot", description="Seeded tarot readings about emotional and sexual intimacy.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_read(commands)
    _add_draw(commands)
    _add_lay(commands)
    listing = commands.add_parser("list", help="the decks and spreads there are")
    listing.set_defaults(run=_list)
    showing = commands.add_parser("show", help="a spread's positions, a deck's cards, or one card")
    showing.add_argument("what", metavar="ID_OR_CARD")
    _add_deck(showing)
    showing.set_defaults(run=_show)
    making = commands.add_parser("new", help="a folder of page templates to start from")
    making.add_argument("what", choices=("templates",))
    making.add_argument("folder", type=Path, metavar="FOLDER", help="made, and must not be there yet")
    making.set_defaults(run=_new)
    verifying = commands.add_parser("verify", help="whether a saved reading is what its seed and options give")
    verifying.add_argument("file", type=Path, metavar="FILE", help="JSON, as --format json writes it")
    verifying.set_defaults(run=_verify)
    checking = commands.add_parser("check", help="every fault of a deck or a spread")
    checking.add_argument("what", metavar="ID_OR_PATH")
    checking.set_defaults(run=_check)
    return parser


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


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--question", help="the reader's own question")
    parser.add_argument("--reader", help="the reader's name")
    parser.add_argument("--partner", help="the partner's name")
    parser.add_argument(
        "--pronouns", type=_pronouns, metavar=f"{{{','.join(PRONOUNS)}}}", default="they", help="the partner's"
    )
    parser.add_argument("--support-text", help="a line about help near the reader")
    parser.add_argument("--no-themes", action="store_true", help="leave out the themes at the end")
    parser.add_argument("--format", choices=("text", "markdown", "html", "svg", "json", "trace"), default="text")
    parser.add_argument("--style", default="quiet", help="of a page: quiet, night, print, or one of --templates")
    parser.add_argument("--palette", default="light", help="of a drawing: light or dark")
    parser.add_argument("--art", type=Path, metavar="FOLDER", help="pictures of cards, named by card id")
    parser.add_argument("--templates", type=Path, metavar="FOLDER", help="page templates that go before ours")
    parser.add_argument("--width", type=int, help="wrap lines of text, 20 and more")
    parser.add_argument("--output", metavar="FILE", help="write a file instead of printing")


def _add_read(commands: Any) -> None:
    parser = commands.add_parser("read", help="draw cards for a spread and read them")
    _add_drawing(parser)
    _add_reading(parser)
    parser.set_defaults(run=_read)


def _add_draw(commands: Any) -> None:
    parser = commands.add_parser("draw", help="draw cards for a spread, without words")
    _add_drawing(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=_draw)


def _add_lay(commands: Any) -> None:
    parser = commands.add_parser("lay", help="read cards that were pulled by hand")
    parser.add_argument("spread", metavar="SPREAD")
    parser.add_argument("cards", nargs="+", metavar="CARD", help='"the hermit", "XIV rx", "queen of cups reversed"')
    _add_deck(parser)
    parser.add_argument("--seed", help="chooses among wordings")
    _add_reading(parser)
    parser.set_defaults(run=_lay)


def _drawn(options: argparse.Namespace) -> Draw:
    seed = None if options.seed is None else seed_of(options.seed)
    return draw(place_of(options.spread), seed=seed, deck=place_of(options.deck), reversal_rate=options.reversal_rate)


def _wanted(options: argparse.Namespace) -> dict[str, Any]:
    partner = None if options.partner is None else Person(options.partner, options.pronouns)
    return {
        "question": options.question,
        "reader": options.reader,
        "partner": partner,
        "support_text": options.support_text,
        "show_themes": not options.no_themes,
    }


def _read(options: argparse.Namespace) -> int:
    return _print(interpret(_drawn(options), **_wanted(options)), options)


def _lay(options: argparse.Namespace) -> int:
    laid = lay(place_of(options.spread), options.cards, deck=place_of(options.deck))
    seed = None if options.seed is None else seed_of(options.seed)
    return _print(interpret(laid, seed=seed, **_wanted(options)), options)


def _print(reading: Reading, options: argparse.Namespace) -> int:
    forms = {
        "text": lambda: _on_screen(reading, options),
        "markdown": reading.to_markdown,
        "html": lambda: reading.to_html(style=options.style, art=options.art, templates=options.templates),
        "svg": lambda: reading.to_svg(palette=options.palette, art=options.art),
        "json": reading.to_json,
        "trace": reading.trace,
    }
    return _say(forms[options.format](), options.output)


def _on_screen(reading: Reading, options: argparse.Namespace) -> str:
    """Return a reading as text, its headings set off where a person looks at a terminal."""
    if options.output is None and _shows_color():
        return _render.text(reading, options.width, strong=True)
    return reading.to_text(options.width)


def _shows_color() -> bool:
    """Whether standard output is a terminal, and nobody has asked for no color (no-color.org)."""
    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _draw(options: argparse.Namespace) -> int:
    drawn = _drawn(options)
    if options.format == "text":
        return _tell(f"seed: {options.seed or drawn.seed!s}", *str(drawn).splitlines())
    cards = [
        {"position": place, "card": card.card.id, "reversed": card.reversed}
        for place, card in zip(drawn.positions, drawn.cards, strict=True)
    ]
    data = {
        "algorithm": drawn.algorithm, "seed": tag(drawn.seed), "spread": drawn.spread, "deck": drawn.deck,
        "reversal_rate": drawn.reversal_rate, "cards": cards,
    }  # fmt: skip
    return _say(_record.dumps(data))


def _list(_: argparse.Namespace) -> int:
    spreads = [load_spread(spread) for spread in spread_ids()]
    decks = [load_deck(deck) for deck in deck_ids()]
    lines = ["spreads", *(f"  {s.id:16} {len(s.positions):2} cards  {s.name}: {s.question}" for s in spreads)]
    lines += ["decks", *(f"  {d.id:16} {len(d.cards):2} cards  {d.name}" for d in decks)]
    return _say("\n".join(lines) + "\n")


def _show(options: argparse.Namespace) -> int:
    what = place_of(options.what)
    if what in deck_ids() or (isinstance(what, Path) and what.is_dir()):
        return _say("".join(f"{card.id:28} {card.name}\n" for card in load_deck(what).cards))
    if what in spread_ids() or isinstance(what, Path):
        spread = load_spread(what)
        lines = [f"{spread.name}: {spread.question}"]
        lines += [f"{n}. {p.name}: {p.asks} ({p.role})" for n, p in enumerate(spread.positions, 1)]
        return _say("\n".join(lines) + "\n")
    card = load_deck(place_of(options.deck)).find(options.what)
    lines = [f"{card.name} ({card.id})"]
    for way, meaning in (("upright", card.upright), ("reversed", card.reversed)):
        lines.append(f"{way}: {', '.join(meaning.keywords)}. {meaning.essence}")
    return _say("\n".join(lines) + "\n")


def _new(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if folder.exists():
        raise UsageError(f"found {folder}, expected a folder that is not there yet")
    partial = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    try:
        for name, text in starting_templates().items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_text(text, "utf-8", newline="\n")
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return _tell(f"{folder}: page templates to change; use them with --format html --templates {folder}")


def _verify(options: argparse.Namespace) -> int:
    found = verify(options.file.read_text("utf-8", "replace"))
    _tell(f"cards: {found.cards}", f"words: {found.words}", *found.differences)
    return FAULTY if found.altered else OK


def _check(options: argparse.Namespace) -> int:
    problems = check(place_of(options.what))
    errors = sum(problem.severity == "error" for problem in problems)
    count = f"{errors} faults, {len(problems) - errors} warnings" if problems else "nothing to mend"
    _tell(*(f"{problem} [{problem.code}]" for problem in problems), f"{options.what}: {count}")
    return FAULTY if errors else OK
