"""A reading as a drawing of its table, and as one page whole in itself."""

from __future__ import annotations

import base64
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.exceptions import TemplateNotFound

from intimacy_tarot._errors import StyleError, nearest
from intimacy_tarot._library import theme, wording
from intimacy_tarot._models import ThemeId
from intimacy_tarot._planned import Kind
from intimacy_tarot._table import table_of
from intimacy_tarot._wording import HeadingsFile

if TYPE_CHECKING:
    from intimacy_tarot._reading import Reading

STYLES: Final = ("quiet", "night", "print")
FONT: Final = "'Iowan Old Style','Palatino Linotype',Palatino,'Book Antiqua',Georgia,serif"
PALETTES: Final = {
    "light": {"ground": "#f7f1e3", "ink": "#2c2b3c", "paper": "#fbf6ea", "edge": "#cdbf9f"},
    "dark": {"ground": "#1c1b29", "ink": "#f0e8d8", "paper": "#fbf6ea", "edge": "#4a4762"},
}
IN_PAGE: Final = PALETTES["light"] | {"ink": "currentColor"}
"""The colors of a drawing that stands in a page, which has a ground and an ink of its own."""


def svg(reading: Reading, palette: str, art: os.PathLike[str] | None) -> str:
    """Return the table of a reading as one SVG file; see Reading.to_svg."""
    if palette not in PALETTES:
        raise StyleError(f"found the palette {palette[:40]!r}, expected {nearest(palette, PALETTES)}")
    names = _pictured(reading, art, PALETTES[palette]) | {"reading": reading, "standalone": True}
    return _environment(None).get_template("table.svg.j2").render(names).strip() + "\n"


def html(reading: Reading, style: str, art: os.PathLike[str] | None, templates: os.PathLike[str] | None) -> str:
    """Return a reading as one HTML file; see Reading.to_html."""
    environment = _environment(None if templates is None else os.fspath(templates))
    css = _style(environment, style)
    names = _names(reading) | {"css": css, "css_hash": _hash(css), "standalone": False}
    names |= _pictured(reading, art, IN_PAGE)
    return environment.get_template("page.html.j2").render(names).strip() + "\n"


def starting_templates() -> dict[str, str]:
    """Return the templates that make a page, by their names, for a host that wants to change them.

    >>> sorted(starting_templates())[:2]
    ['face.svg.j2', 'page.css']
    """
    loader = PackageLoader("intimacy_tarot", "templates")
    names = ["page.html.j2", "page.css", "table.svg.j2", "face.svg.j2", *(f"styles/{style}.css" for style in STYLES)]
    environment = _environment(None)
    return {name: loader.get_source(environment, name)[0] for name in names}


def cell(reading: Reading) -> str:
    """Return a reading for a notebook: its page in a frame of its own, so that neither's style reaches the other."""
    return _environment(None).get_template("cell.html.j2").render(page=html(reading, "quiet", None, None))


def _names(reading: Reading) -> dict[str, Any]:
    _, deck = reading.draw.loaded()
    words = wording(deck.language, "headings", HeadingsFile).content
    return {
        "reading": reading,
        "asked": reading.headings.asked,
        "reader": reading.headings.reader,
        "language": deck.language,
        "title": words.care if reading.kind is Kind.CARE else reading.question,
        "words": words,
        "rows": _rows(reading),
    }


def _pictured(reading: Reading, art: os.PathLike[str] | None, colors: dict[str, str]) -> dict[str, Any]:
    return {"table": table_of(reading, art), "colors": colors, "font": FONT}


def _rows(reading: Reading) -> list[dict[str, Any]]:
    """Return each theme of the article with the numbers of the cards where it is strained and where it is at ease."""
    number = {place: count for count, place in enumerate(reading.draw.positions, 1)}
    found = {fact.theme: fact for fact in reading.facts.themes}
    return [
        {
            "name": theme(which).content.name,
            "strained": [number[place] for place in found[which].shadow] if which in found else [],
            "at_ease": [number[place] for place in found[which].light] if which in found else [],
        }
        for which in ThemeId
    ]


def _style(environment: Environment, style: str) -> str:
    try:
        return environment.get_template(f"styles/{style}.css").render()
    except TemplateNotFound:
        sheets = [name for name in environment.list_templates(["css"]) if name.startswith("styles/")]
        known = sorted({name.removeprefix("styles/").removesuffix(".css") for name in sheets})
        raise StyleError(f"found the style {style[:40]!r}, expected {nearest(style, known)}") from None


def _hash(css: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode('ascii')}"


@lru_cache(maxsize=8)
def _environment(templates: str | None) -> Environment:
    """Return the templates of the package, or first those of a folder of the host application's own."""
    loaders: list[BaseLoader] = [PackageLoader("intimacy_tarot", "templates")]
    if templates is not None:
        if not Path(templates).is_dir():
            raise StyleError(f"found no folder of templates at {templates!r}, expected one")
        loaders.insert(0, FileSystemLoader(templates))
    return Environment(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
