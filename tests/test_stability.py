"""What `docs/stability.md` lists is what there is: names for templates, classes, styles, statuses, positions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import intimacy_tarot as tarot
from intimacy_tarot import _cli, _page
from intimacy_tarot._deck import DEFAULT_RATE
from intimacy_tarot._draw import DEFAULT_DECK
from intimacy_tarot._record import FORMAT
from intimacy_tarot._seed import ALGORITHM

PAGE = (Path(__file__).parents[1] / "docs" / "stability.md").read_text("utf-8")
READING = tarot.read("celtic-cross", seed=7, reader="Sam", question="Why so quiet?")
CARE = tarot.read("celtic-cross", seed=7, question="He hits me.")
SVG = _page._pictured(READING, None, {}) | {"reading": READING, "standalone": True}
NAMES = {
    "page.html.j2": {*_page._names(READING), *SVG, "css", "css_hash"},
    "table.svg.j2": {*SVG},
    "face.svg.j2": {"card", "colors"},
}

POSITIONS = {
    "after-argument": "flare my_under their_under holds repair",
    "celtic-cross": "heart crossing root behind crown ahead self partner hope_fear direction",
    "check-in": "fed thin ask tend",
    "emotional-block": "wall root guards my_side window first_stone",
    "foundation": "floor heart_wall body_wall crack keystone",
    "hard-conversation": "my_heart their_heart needs_saying closes_ears first_words",
    "one-card": "lamp",
    "partner-need": "arriving beneath offer hard mine opening",
    "reconnecting": "drift air miss ember pace",
    "relationship-cross": "you partner root challenge crown",
    "scales": "emotional physical tips asks steadies",
    "three-mirrors": "understood beyond seeking",
    "two-meanings": "mine theirs meet miss ask",
    "you-partner-us": "you partner us",
}


def listed(text: str) -> set[str]:
    """Return the words of a text that are set as code."""
    return set(re.findall(r"`([^`]+)`", text))


@pytest.mark.parametrize("template", NAMES)
def test_the_names_that_a_template_is_given_are_listed(template):
    """A host that replaces a template finds every name it may use, and no other, in the row of that template."""
    (row,) = re.findall(rf"^\| `{re.escape(template)}` \| (.*) \|$", PAGE, re.MULTILINE)
    assert listed(row) == NAMES[template]


def test_a_template_is_given_what_is_listed(tmp_path):
    """Templates of a host that use just the names listed for them are rendered."""
    for template, names in NAMES.items():
        used = "".join(f"{{% set _ = {name} %}}" for name in sorted(names))
        more = "{% for section in reading.sections if section.position %}{% set card = table.at[section.position] %}"
        more += '{% include "face.svg.j2" %}{% endfor %}{% include "table.svg.j2" %}'
        (tmp_path / template).write_text(f"{used}{template}{more if template.startswith('page') else ''}", "utf-8")
    assert READING.to_html(templates=tmp_path).count("face.svg.j2") == 10


def test_the_classes_of_a_page_are_listed():
    """Every class of a page and of a drawing is in one of the two lists, and each class of the lists is in a page."""
    (told,) = re.findall(r"^A style sheet may count on these classes(.*?)Of ours", PAGE, re.MULTILINE | re.DOTALL)
    attributes = re.findall(r'class="([^"]*)"', READING.to_html() + CARE.to_html() + READING.to_svg())
    for spread in ("one-card", "foundation", "three-mirrors"):
        attributes += re.findall(r'class="([^"]*)"', tarot.read(spread, seed=7).to_html())
    found = {name for attribute in attributes for name in attribute.split()}
    columns = {name for name in found if name.startswith("columns-")}
    assert columns
    assert listed(told) - {"columns-1", "columns-2"} == found - columns


@pytest.mark.parametrize("style", _page.STYLES)
def test_each_style_is_listed_and_sets_the_colors(style):
    """The styles are those of the page, and each sets the colors that are promised."""
    (colors,) = re.findall(r"^.*each style sets the colors (.*?)\.\n", PAGE, re.MULTILINE | re.DOTALL)
    sheet = _page.starting_templates()[f"styles/{style}.css"]
    assert listed(colors) == set(re.findall(r"(--[a-z]+):", sheet))
    assert f"`{style}`" in PAGE
    assert all(f"`{palette}`" in PAGE for palette in _page.PALETTES)


def test_the_statuses_are_listed():
    """The script's statuses are the rows of their table."""
    rows = {int(status) for status in re.findall(r"^\| ([0-9]+) \|", PAGE, re.MULTILINE)}
    assert rows == {_cli.OK, _cli.FAULTY, _cli.USAGE, _cli.INTERRUPTED}


def test_the_kinds_of_sections_are_listed():
    """Readings have the kinds of sections that are told, and end as is told."""
    (told,) = re.findall(r"Kinds of sections are (.*?)\. Every", PAGE, re.DOTALL)
    readings = [CARE, *(tarot.read(spread, seed=seed) for spread in tarot.spread_ids() for seed in range(6))]
    ends = {tuple(section.kind for section in reading.sections)[-2:] for reading in readings}
    assert {end[-1] for end in ends} <= {"footer", "themes"}
    assert all(end[0] == "footer" for end in ends if end[-1] == "themes")
    assert set(re.findall(r"[a-z]+", told)) - {"and"} == {
        section.kind for reading in readings for section in reading.sections
    }


def test_what_stays_for_ever_is_what_it_is_now():
    """The algorithm, the defaults and the format of a record are those that are told to stay."""
    assert (ALGORITHM, FORMAT) == ("intimacy-tarot/draw/1", "intimacy-tarot/reading/1")
    assert (DEFAULT_DECK, DEFAULT_RATE) == ("rider-waite-smith", 0.35)
    assert all(f"`{name}`" in PAGE for name in (ALGORITHM, FORMAT, DEFAULT_DECK))


def test_spreads_keep_their_positions():
    """Each packaged spread has the positions it was given, in their order, since others would be dealt other cards."""
    found = {name: " ".join(place.id for place in tarot.load_spread(name).positions) for name in tarot.spread_ids()}
    assert POSITIONS.items() <= found.items()
