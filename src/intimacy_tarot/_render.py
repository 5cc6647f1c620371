"""A reading as plain text and as Markdown, through layout templates."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context

from intimacy_tarot._errors import PersonError

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from intimacy_tarot._reading import Reading

LEAST_WIDTH: Final = 20

_ACTIVE: Final = re.compile(r"[\\`*_\[\]<>|~&#{}$^=@]|://|(?<=www)\.|^(\d+)?[-+.)](?= )", re.MULTILINE | re.IGNORECASE)


def inert(text: object) -> str:
    r"""Return text in which Markdown finds nothing to act on.

    >>> inert("<b>*Sam*</b>")
    '\\<b\\>\\*Sam\\*\\</b\\>'
    """
    escaped = _ACTIVE.sub(lambda found: "".join(f"\\{c}" if not c.isalnum() else c for c in found[0]), str(text))
    return escaped.replace("\\@", "\\@\u2060")  # some renderers link an address even where its @ is escaped


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # The formats here are text and Markdown: there is no markup to escape into, and `inert` does the rest.
    environment = Environment(
        loader=PackageLoader("intimacy_tarot", "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # the package's own templates do not change under it
    )
    environment.filters["inert"] = inert
    environment.filters["wrapped"] = _wrapped
    environment.filters["strong"] = _strong
    return environment


def text(reading: Reading, width: int | None = None, *, strong: bool = False) -> str:
    """Return a reading as plain text; see Reading.to_text. With `strong`, a terminal shows its headings set off."""
    if width is not None and width < LEAST_WIDTH:
        raise PersonError(f"found the width {width!r}, expected None or {LEAST_WIDTH} and more")
    template = _environment().get_template("reading.txt.j2")
    rule = min(len(reading.question), width or len(reading.question))
    return template.render(_names(reading), width=width, rule=rule, strong=strong).strip("\n") + "\n"


def markdown(reading: Reading) -> str:
    """Return a reading as Markdown; see Reading.to_markdown."""
    return _environment().get_template("reading.md.j2").render(_names(reading)).strip("\n") + "\n"


def _names(reading: Reading) -> dict[str, object]:
    return {"reading": reading, "asked": reading.headings.asked, "reader": reading.headings.reader}


@pass_context
def _wrapped(context: Context, paragraph: str, indent: str = "") -> str:
    width: int | None = context["width"]
    if width is None:
        return indent + paragraph
    rest = " " * len(indent)
    return textwrap.fill(
        paragraph, width, initial_indent=indent, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


@pass_context
def _strong(context: Context, paragraph: str) -> str:
    """Return a heading as a terminal sets it off: bold, line by line, and as it was afterward."""
    if not context["strong"]:
        return paragraph
    return "\n".join(f"\x1b[1m{line}\x1b[0m" for line in paragraph.split("\n"))


def trace(reading: Reading) -> str:
    """Return where every passage of a reading comes from; see Reading.trace."""
    lines = []
    for passage in reading.passages:
        about = [str(part) for part in (passage.theme, passage.voice, passage.sign) if part]
        about += [f"claims {', '.join(passage.claims)}"] if passage.claims else []
        start = textwrap.shorten(passage.text, 48, placeholder=" ...")
        lines.append(f"{passage.kind}  {passage.id}  [{'; '.join(about) or '-'}]  {start}")
    return "\n".join(lines) + "\n"
