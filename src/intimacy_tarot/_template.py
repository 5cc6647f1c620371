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

RESERVED = frozenset(("self", "not", "true", "false", "none", "True", "False", "None"))
"""Names that Jinja2 reads as its own."""

PERSON = ("subj", "Subj", "obj", "Obj", "poss", "Poss")
PERSONS = {"P": PERSON, "other": PERSON, "partner": PERSON}

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{%#].*", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_DEEP = re.compile(r"\.\s*\w+\s*\.")
_BODY = re.compile(r"\{[{%]-?\s+[\w\s.|]*-?[%}]\}", re.ASCII)
_SIMPLE = re.compile(r"\{\{ (\w+)\.([A-Za-z]\w*)( \| cap_first)? \}\}", re.ASCII)
_STATEMENT = re.compile(r"\{%-?\s+(\w+)")


def cap_first(text: str) -> str:
    """Return the text with its first letter as a capital, where that is one letter and begins a word so.

    >>> cap_first("the Moon"), cap_first("ნინო")
    ('The Moon', 'ნინო')
    """
    first = text[:1].title()
    return first + text[1:] if len(first) == 1 else text


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
    "found the name 'Q', expected one of P, other, partner"
    """
    if "{" not in text and "}" not in text:
        return
    odd = list(_odd_tags(text))
    if odd:
        yield from odd
    elif _BRACE.search(_SIMPLE.sub("", text)):
        yield from _tree_faults(text, allowed)
    else:
        for found in _SIMPLE.finditer(text):
            yield from _look_up_faults(found[1], found[2], _line(text, found.start()), allowed)


def _line(text: str, at: int) -> int:
    return len(_LINE_END.findall(text, 0, at)) + 1


def _odd_tags(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the tags before Jinja2 sees any: their number, length and characters."""
    tags = list(_TAG.finditer(text))
    if len(tags) > MOST_TAGS:
        yield 1, f"found {len(tags)} tags, expected at most {MOST_TAGS}", ""
        return
    for tag in tags:
        message = _odd_tag(tag[0])
        if message:
            yield _line(text, tag.start()), message, ""
    bare = _TAG.sub(lambda tag: " " * len(tag[0]), text)
    if stray := _BRACE.search(bare):
        yield _line(text, stray.start()), "found a stray brace, expected whole tags", ""


def _odd_tag(tag: str) -> str | None:
    keyword = _STATEMENT.match(tag)
    if len(tag) > MOST_TAG:
        return f"found a tag of {len(tag)} characters, expected at most {MOST_TAG}"
    if not _BODY.fullmatch(tag):
        return f"found the tag {tag[:60]!r}, expected names, attributes and filters"
    if keyword and keyword[1] not in ("if", "elif", "else", "endif"):
        return f"found {keyword[1]!r}, expected if, elif, else or endif"
    if _DEEP.search(tag):
        return f"found the tag {tag[:60]!r}, expected one attribute of a name"
    return None


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
    nodes.Operand,  # a part of a comparison, which is told itself
)


def _look_up_faults(
    name: str, attribute: str, line: int, allowed: Mapping[str, Collection[str]]
) -> Iterator[tuple[int, str, str]]:
    if name in RESERVED:
        yield line, f"found the name {name!r}, which templates keep for themselves, expected another", ""
    elif name not in allowed:
        expected = f"one of {', '.join(allowed)}" if allowed else "no name here"
        yield line, f"found the name {name!r}, expected {expected}", ""
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
