"""The small part of Jinja2 that a passage may hold, and how a passage is rendered.

A passage may name things of a fixed list, look up their attributes, use a few filters and choose
with if/else. Nothing else: no loops, macros, calls, assignments, arithmetic or includes. The
characters inside a tag are checked before Jinja2 sees them, so that no tag can be built which is
costly to parse or to free (a chain 1,815 attributes deep ends a thread with a 256 KB stack on
CPython 3.13.0).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intimacy_tarot._errors import guess

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

MOST_TAG = 400
MOST_TAGS = 24

PERSON = ("subj", "Subj", "obj", "Obj", "poss", "Poss")
PERSONS = {"P": PERSON, "partner": PERSON}

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[{%#].*", re.DOTALL)
_BODY = re.compile(r"\{[{%]-?\s+[\w\s.|]*-?[%}]\}", re.ASCII)
_SIMPLE = re.compile(r"\{\{ (\w+)\.([A-Za-z]\w*)( \| cap_first)? \}\}", re.ASCII)
_STATEMENT = re.compile(r"\{%-?\s+(\w+)")


def cap_first(text: str) -> str:
    """Return the text with its first letter as a capital.

    >>> cap_first("the Moon")
    'The Moon'
    """
    return text[:1].upper() + text[1:]


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters["cap_first"] = cap_first
    environment.tests.clear()
    return environment


_ENVIRONMENT = _environment()


def faults(text: str, allowed: Mapping[str, Collection[str]]) -> Iterator[tuple[int, str, str]]:
    """Yield (line in the passage, what is wrong, hint) for each fault of a passage's tags.

    `allowed` maps each name a passage may use to the attributes it may look up there.

    >>> list(faults("{{ P.Subj }} may rest.", PERSONS))
    []
    >>> list(faults("{{ Q.subj }}", PERSONS))[0][1]
    "found the name 'Q', expected one of P, partner"
    """
    if "{" not in text and "}" not in text:
        return
    rest = _SIMPLE.sub("", text)
    if "{" not in rest and "}" not in rest:
        for found in _SIMPLE.finditer(text):
            yield from _look_up_faults(found[1], found[2], text.count("\n", 0, found.start()) + 1, allowed)
        return
    odd = list(_odd_tags(text))
    yield from odd or _tree_faults(text, allowed)


def _odd_tags(text: str) -> Iterator[tuple[int, str, str]]:
    tags = list(_TAG.finditer(text))
    for tag in tags:
        line = text.count("\n", 0, tag.start()) + 1
        keyword = _STATEMENT.match(tag[0])
        if len(tag[0]) > MOST_TAG:
            yield line, f"found a tag of {len(tag[0])} characters, expected at most {MOST_TAG}", ""
        elif not _BODY.fullmatch(tag[0]):
            yield line, f"found the tag {tag[0][:60]!r}, expected names, attributes and filters", ""
        elif keyword and keyword[1] not in ("if", "elif", "else", "endif"):
            yield line, f"found {keyword[1]!r}, expected if, elif, else or endif", ""
    if len(tags) > MOST_TAGS:
        yield 1, f"found {len(tags)} tags, expected at most {MOST_TAGS}", ""
    rest = _TAG.sub("", text)
    if "{" in rest or "}" in rest:
        yield 1, "found a stray brace, expected whole tags", ""


def _tree_faults(text: str, allowed: Mapping[str, Collection[str]]) -> Iterator[tuple[int, str, str]]:
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateError as error:
        yield getattr(error, "lineno", 1), f"found a template that cannot be read ({error.message})", ""
        return
    looked_up = set()
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            looked_up.add(id(node.node))
            yield from _look_up_faults(node.node.name, node.attr, node.lineno, allowed)
        elif isinstance(node, nodes.Name) and id(node) not in looked_up:
            yield node.lineno, f"found the name {node.name!r} alone, expected an attribute of it", ""
        elif isinstance(node, nodes.Filter) and node.name != "cap_first":
            yield node.lineno, f"found the filter {node.name!r}, expected cap_first", ""
        elif not isinstance(node, _KNOWN):
            yield (
                node.lineno,
                f"found {type(node).__name__}, expected names, attributes, filters, if and else",
                "",
            )


_KNOWN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


def _look_up_faults(
    name: str, attribute: str, line: int, allowed: Mapping[str, Collection[str]]
) -> Iterator[tuple[int, str, str]]:
    if name not in allowed:
        yield line, f"found the name {name!r}, expected one of {', '.join(allowed)}", ""
    elif attribute not in allowed[name]:
        expected = ", ".join(allowed[name])
        yield (
            line,
            f"found {name}.{attribute}, expected {name} with {expected}",
            guess(attribute, allowed[name]),
        )


@lru_cache(maxsize=2048)
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


def render(text: str, names: Mapping[str, Any]) -> str:
    """Return the passage with its names filled in; a passage without braces is returned as it is.

    >>> render("plain", {})
    'plain'
    """
    return _compiled(text).render(names) if "{" in text else text
