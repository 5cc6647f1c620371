"""The script's door: `intimacy-tarot` and `python -m intimacy_tarot`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from intimacy_tarot import _record, _render
from intimacy_tarot._arguments import UsageError, parsed, place_of, seed_of
from intimacy_tarot._check import check
from intimacy_tarot._draw import Draw, draw, lay
from intimacy_tarot._errors import ContentError, RecordError, TarotError
from intimacy_tarot._files import encoded, make_whole, print_error, print_out, write_whole
from intimacy_tarot._interpret import interpret
from intimacy_tarot._library import deck_ids, load_deck, load_spread, spread_ids
from intimacy_tarot._page import starting_templates
from intimacy_tarot._person import UNFIT, Person
from intimacy_tarot._seed import tag
from intimacy_tarot._source import MOST_BYTES
from intimacy_tarot._verify import verify

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from intimacy_tarot._reading import Reading

OK, FAULTY, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script and return its exit status: 0; 1 for a fault of content; 2 for usage; 130 for Ctrl-C."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = parsed(arguments)
        return _COMMANDS[options.command](options)
    except UsageError as error:
        return _complain(str(error), USAGE)
    except (ContentError, RecordError) as error:
        return _complain(str(error), FAULTY)
    except TarotError as error:
        return _complain(str(error), USAGE)
    except BrokenPipeError:
        return OK
    except OSError as error:
        about = f": {error.filename}" if error.filename else ""
        return _complain(f"{error.strerror or error}{about}", FAULTY)


def _complain(message: str, status: int) -> int:
    lines = "\n".join(map(_printable, message.split("\n") if status == FAULTY else [message]))
    print_error(f"intimacy-tarot: {lines}\n")
    return status


def _printable(text: str) -> str:
    """Return a line with what could act on a terminal, or on the order of its letters, shown as Python writes it."""
    return UNFIT.sub(lambda found: repr(found[0])[1:-1], text)


def _tell(*lines: object) -> int:
    return _say("".join(f"{_printable(str(line))}\n" for line in lines))


def _say(text: str) -> int:
    print_out(text)
    return OK


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
    text = forms[options.format]()
    if options.output is None:
        return _say(text)
    write_whole(options.output, encoded(text))
    return OK


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
    if os.path.lexists(folder):
        raise UsageError(f"found {folder}, expected a folder that is not there yet")
    make_whole(folder, starting_templates())
    return _tell(f"{folder}: page templates to change; use them with --format html --templates {folder}")


def _verify(options: argparse.Namespace) -> int:
    with options.file.open("rb") as stream:
        raw = stream.read(4 * MOST_BYTES + 1)  # a record of more characters than that is refused unread
    found = verify(raw.decode("utf-8", "replace"))
    _tell(f"cards: {found.cards}", f"words: {found.words}", *found.differences)
    return FAULTY if found.altered else OK


def _check(options: argparse.Namespace) -> int:
    problems = check(place_of(options.what))
    errors = sum(problem.severity == "error" for problem in problems)
    count = f"{errors} faults, {len(problems) - errors} warnings" if problems else "nothing to mend"
    _tell(*(f"{problem} [{problem.code}]" for problem in problems), f"{options.what}: {count}")
    return FAULTY if errors else OK


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "read": _read,
    "draw": _draw,
    "lay": _lay,
    "list": _list,
    "show": _show,
    "new": _new,
    "verify": _verify,
    "check": _check,
}
