"""The small part of Jinja2 that a passage may hold: what passes, what is refused and on which line, how it renders."""

from __future__ import annotations

import re
import subprocess
import sys
from types import SimpleNamespace

import jinja2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intimacy_tarot._errors import guess
from intimacy_tarot._template import MOST_TAG, MOST_TAGS, PERSON, PERSONS, cap_first, faults, render

NAMES = {"P": PERSON, "partner": PERSON, "floor": ("past", "handle"), "axis": ("lead", "one")}
FILLED = {
    name: SimpleNamespace(**{attribute: f"{name} {attribute}" for attribute in attributes})
    for name, attributes in NAMES.items()
}
PIECES = st.sampled_from(
    [
        *"{}%#|.-+_()[]'\"~ \n\\$:,=*/<>0a",
        "{{ ",
        " }}",
        "{{- ",
        " -}}",
        "{% ",
        " %}",
        "{%- ",
        "{# ",
        " #}",
        "P",
        "floor",
        "axis",
        ".subj",
        ".past",
        ".lead",
        ".upper",
        ".__class__",
        "{{ P.subj }}",
        "{{ floor.past | cap_first }}",
        "{% if P.subj %}",
        "{% elif axis.one %}",
        "{% else %}",
        "{% endif %}",
        "not ",
        " and ",
        " or ",
        " is ",
        " in ",
        " if ",
        " else ",
        " | cap_first",
        " | upper",
        "| cap_first.x",
        "true",
        "none",
        "self",
        "loop",
        "1",
        "1.5",
        "9e999",
        "raw",
        "endraw",
        "set x",
        "words ",
    ]
)
TEXTS = st.text(max_size=40) | st.lists(PIECES, max_size=16).map("".join)


def told(text: str, allowed=PERSONS) -> list[tuple[int, str]]:
    return [(line, message) for line, message, _ in faults(text, allowed)]


# What passes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain words, nothing more", "plain words, nothing more"),
        ("{{ P.subj }}", "P subj"),
        ("{{ P.subj | cap_first }} may rest.", "P subj may rest."),
        ("{{ floor.past | cap_first }}", "Floor past"),
        ("{{ floor.past|cap_first|cap_first }}", "Floor past"),
        ("{{ P .subj }} and {{  axis. lead  }}", "P subj and axis lead"),
        ("a {{- floor.past -}} b", "afloor pastb"),
        ("a\n{{ P.obj }}\nb", "a\nP obj\nb"),
        ("{% if P.subj %}yes{% endif %}", "yes"),
        ("{% if not P.subj %}yes{% else %}no{% endif %}", "no"),
        ("{% if not P.subj %}a{% elif axis.one %}b{% else %}c{% endif %}", "b"),
        ("{% if P.subj and axis.one or floor.past %}{{ axis.one }}{% endif %}", "axis one"),
        ("{%- if P.subj -%} a {%- endif -%} b", "ab"),
        ("{% if P.subj %}{% if axis.one %}deep{% endif %}{% endif %}", "deep"),
        ("{%\nif P.subj\n%}yes{%\nendif\n%}", "yes"),
    ],
)
def test_the_small_part_is_allowed_and_renders(text, expected):
    """Look-ups, cap_first and if, elif, else with not, and, or pass, and give what they say."""
    assert told(text, NAMES) == []
    assert render(text, FILLED) == expected


@given(st.text().filter(lambda text: not {"{", "}"} & set(text)))
def test_text_without_braces_is_itself(text):
    """A passage without braces has no faults and is returned as it is, the very same text."""
    assert told(text, {}) == []
    assert render(text, {}) is text


@given(st.text())
def test_cap_first_raises_only_the_first_letter(text):
    """The first letter becomes a capital, where that is a single letter, and the rest stays as it is."""
    assert cap_first(text)[:1] in {text[:1], text[:1].title()}
    assert cap_first(text)[:1] == text[:1].upper() or not text.isascii()
    assert cap_first(text).endswith(text[1:])


# What passes renders as its grammar says: texts made from a grammar, with a second reading of it

LOOK_UPS = st.sampled_from([(name, attribute) for name, attributes in NAMES.items() for attribute in attributes])
WORDS = st.text("ab .,'é", min_size=1, max_size=8)
ATOMS = st.tuples(st.integers(0, 3), LOOK_UPS)
CONDITIONS = st.lists(st.lists(ATOMS, min_size=1, max_size=2), min_size=1, max_size=2)


def part(inner):
    branches = st.lists(st.tuples(CONDITIONS, inner), min_size=1, max_size=3)
    return st.lists(
        st.tuples(st.just("words"), WORDS)
        | st.tuples(st.just("look"), LOOK_UPS, st.integers(0, 2))
        | st.tuples(st.just("choice"), branches, st.none() | inner),
        max_size=3,
    )


PASSAGES = part(part(part(st.just([]))))


def condition_text(ors) -> str:
    return " or ".join(
        " and ".join("not " * nots + f"{name}.{attribute}" for nots, (name, attribute) in ands) for ands in ors
    )


def holds(ors, values) -> bool:
    return any(all(bool(values[look]) is (nots % 2 == 0) for nots, look in ands) for ands in ors)


def passage_text(passage) -> str:
    found = []
    for kind, *rest in passage:
        if kind == "words":
            found.append(rest[0])
        elif kind == "look":
            (name, attribute), filters = rest
            found.append(f"{{{{ {name}.{attribute}{' | cap_first' * filters} }}}}")
        else:
            branches, otherwise = rest
            for at, (condition, inner) in enumerate(branches):
                found.append(f"{{% {'elif' if at else 'if'} {condition_text(condition)} %}}{passage_text(inner)}")
            if otherwise is not None:
                found.append(f"{{% else %}}{passage_text(otherwise)}")
            found.append("{% endif %}")
    return "".join(found)


def passage_value(passage, values) -> str:
    found = []
    for kind, *rest in passage:
        if kind == "words":
            found.append(rest[0])
        elif kind == "look":
            value = values[rest[0]]
            found.append(value[:1].upper() + value[1:] if rest[1] else value)
        else:
            branches, otherwise = rest
            taken = [inner for condition, inner in branches if holds(condition, values)]
            found.append(passage_value((*taken, otherwise or [])[0], values))
    return "".join(found)


@given(PASSAGES, st.data())
def test_what_the_grammar_makes_passes_and_says_what_it_should(passage, data):
    """Any passage of look-ups, filters and nested choices within the caps has no fault, and renders by its meaning."""
    text = passage_text(passage)
    assume(len(re.findall(r"\{[{%]", text)) <= MOST_TAGS)
    pairs = [(name, attribute) for name, attributes in NAMES.items() for attribute in attributes]
    values = {pair: data.draw(st.sampled_from(["", "they", "the Moon", "{{ P.subj }}"])) for pair in pairs}
    filled = {
        name: SimpleNamespace(**{attribute: values[name, attribute] for attribute in attributes})
        for name, attributes in NAMES.items()
    }
    assert told(text, NAMES) == []
    assert render(text, filled) == passage_value(passage, values)


@given(PASSAGES, LOOK_UPS)
def test_a_name_that_is_not_offered_is_told_wherever_it_stands(passage, look):
    """With one name fewer to use, a passage has a fault just when it uses it."""
    text = passage_text(passage)
    assume(len(re.findall(r"\{[{%]", text)) <= MOST_TAGS)
    fewer = {name: attributes for name, attributes in NAMES.items() if name != look[0]}
    uses = len(re.findall(rf"\b{look[0]}\.", text))
    found = list(faults(text, fewer))
    assert [message for _, message, _ in found] == [
        f"found the name {look[0]!r}, expected one of {', '.join(fewer)}"
    ] * uses


# What is refused, and where

REFUSED = {
    "a call": ("{{ P.subj() }}", "found the tag '{{ P.subj() }}', expected names, attributes and filters"),
    "a call in a choice": ("{% if P.subj() %}a{% endif %}", "found the tag '{% if P.subj() %}'"),
    "a filter with an argument": ("{{ P.subj | cap_first(1) }}", "found the tag"),
    "an index": ("{{ P['subj'] }}", "found the tag"),
    "a text": ("{{ 'words' }}", "found the tag"),
    "a text in double quotes": ('{{ "words" }}', "found the tag"),
    "a list": ("{{ [] }}", "found the tag"),
    "a mapping": ("{{ {} }}", "found the tag"),
    "a pair": ("{{ P.subj, P.obj }}", "found the tag"),
    "a sum": ("{{ P.subj + P.obj }}", "found the tag"),
    "a product": ("{{ P.subj * 9 }}", "found the tag"),
    "a power": ("{{ 9 ** 9 }}", "found the tag"),
    "a join": ("{{ P.subj ~ P.obj }}", "found the tag"),
    "a comparison": ("{% if P.subj == P.obj %}a{% endif %}", "found the tag"),
    "brackets": ("{{ (P.subj) }}", "found the tag"),
    "an assignment": ("{% set x = P.subj %}", "found the tag"),
    "an assignment in blocks": ("{% set x %}a{% endset %}", "found 'set', expected if, elif, else or endif"),
    "a loop": ("{% for x in P.subj %}a{% endfor %}", "found 'for', expected if, elif, else or endif"),
    "a macro": ("{% macro x() %}a{% endmacro %}", "found the tag"),
    "a call block": ("{% call x %}a{% endcall %}", "found 'call', expected"),
    "a filter block": ("{% filter cap_first %}a{% endfilter %}", "found 'filter', expected"),
    "raw text": ("{% raw %}{{ x }}{% endraw %}", "found 'raw', expected"),
    "an include": ("{% include 'x' %}", "found the tag"),
    "an include by name": ("{% include P.subj %}", "found 'include', expected"),
    "an import": ("{% import P.subj as x %}", "found 'import', expected"),
    "an inheritance": ("{% extends P.subj %}", "found 'extends', expected"),
    "a block": ("{% block x %}a{% endblock %}", "found 'block', expected"),
    "a scope": ("{% with %}a{% endwith %}", "found 'with', expected"),
    "a doing": ("{% do P.subj %}", "found 'do', expected"),
    "an escape": ("{% autoescape true %}a{% endautoescape %}", "found 'autoescape', expected"),
    "another filter": ("{{ P.subj | upper }}", "found the filter 'upper', expected cap_first"),
    "a dotted filter": ("{{ P.subj | cap_first.x }}", "found the filter 'cap_first.x', expected cap_first"),
    "a test": ("{% if P.subj is none %}a{% endif %}", "found Test, expected"),
    "a membership": ("{% if P.subj in P.obj %}a{% endif %}", "found Compare, expected"),
    "a choice in a tag": ("{{ P.subj if P.obj else P.poss }}", "found CondExpr, expected"),
    "a number": ("{{ 1 }}", "found Const, expected"),
    "a large number": ("{{ 9e999 }}", "found Const, expected"),
    "a truth": ("{% if true %}a{% endif %}", "found Const, expected"),
    "a nothing": ("{{ none }}", "found Const, expected"),
    "a number for an attribute": ("{{ P.0 }}", "found Getitem, expected"),
    "a name alone": ("{{ P }}", "found the name 'P' alone, expected an attribute of it"),
    "a name alone in a choice": ("{% if P %}a{% endif %}", "found the name 'P' alone"),
    "another name": ("{{ Q.subj }}", "found the name 'Q', expected one of P, other, partner"),
    "another name in a choice": (
        "{% if Q.subj %}a{% endif %}",
        "found the name 'Q', expected one of P, other, partner",
    ),
    "another attribute": ("{{ P.sub }}", "found P.sub, expected P with subj, Subj, obj, Obj, poss, Poss"),
    "another attribute in a choice": ("{% if not P.sub %}a{% endif %}", "found P.sub, expected P with"),
    "an underscore": ("{{ P._say }}", "found P._say, expected P with"),
    "a class": ("{{ P.__class__ }}", "found P.__class__, expected P with"),
    "a class through a filter": ("{{ P.__class__ | cap_first }}", "found P.__class__, expected P with"),
    "an attribute of an attribute": ("{{ P.subj.upper }}", "found "),
    "an attribute far down": ("{{ P.subj.a.b.c }}", "found "),
    "an attribute of an attribute in a choice": ("{% if P.subj.upper %}a{% endif %}", "found "),
    "an empty tag": ("{{ }}", "found a template that cannot be read ("),
    "an empty statement": ("{% %}", "found a template that cannot be read ("),
    "a filter alone": ("{{ | cap_first }}", "found a template that cannot be read ("),
    "two names": ("{{ P.subj P.obj }}", "found a template that cannot be read ("),
    "a choice without an end": ("{% if P.subj %}a", "found a template that cannot be read ("),
    "an end without a choice": ("a{% endif %}", "found a template that cannot be read ("),
    "an else without a choice": ("{% else %}a", "found a template that cannot be read ("),
    "two elses": ("{% if P.subj %}{% else %}{% else %}{% endif %}", "found a template that cannot be read ("),
    "a comment": ("{# words #}", "found the tag '{# words #}', expected"),
    "an open tag": ("{{ P.subj", "found the tag '{{ P.subj', expected"),
    "an open statement": ("{% if P.subj", "found the tag '{% if P.subj', expected"),
    "a tag in a tag": ("{{ {{ P.subj }} }}", "found the tag"),
    "a tag closed otherwise": ("{{ P.subj %}", "found a template that cannot be read ("),
    "a plus sign": ("{%+ if P.subj %}a{% endif %}", "found the tag"),
    "no space before": ("{{P.subj }}", "found the tag"),
    "a letter from elsewhere": ("{{ P.sub\u0237 }}", "found the tag"),
    "a digit from elsewhere": ("{{ P.subj\u0661 }}", "found the tag"),
    "a null": ("{{ P.subj\0 }}", "found the tag"),
    "a line statement": ("{{ P.subj\\ }}", "found the tag"),
    "an opening brace": ("a { b", "found a stray brace, expected whole tags"),
    "a closing brace": ("a } b", "found a stray brace, expected whole tags"),
    "two closing braces": ("a }} b", "found a stray brace, expected whole tags"),
    "a closing statement": ("a %} b }", "found a stray brace, expected whole tags"),
    "a third brace": ("{{{ P.subj }}}", "found the tag"),
}


FORMS = [
    r"found the tag '.*', expected names, attributes and filters",
    r"found the tag \".*\", expected names, attributes and filters",
    r"found the tag '.*', expected one attribute of a name",
    r"found '\w+', expected if, elif, else or endif",
    r"found [A-Z]\w+, expected names, attributes, filters, if and else",
    r"found the filter '[\w.]+', expected cap_first",
    r"found the name '\w+' alone, expected an attribute of it",
    r"found the name '\w+', expected one of P, other, partner",
    r"found P\.\w+, expected P with subj, Subj, obj, Obj, poss, Poss",
    r"found a template that cannot be read \(.+\)",
    r"found a stray brace, expected whole tags",
]


@pytest.mark.parametrize("kind", REFUSED)
def test_everything_else_is_refused_on_its_line(kind):
    """Whatever is no part of the allowed is told, first among the faults, and on the line where it stands."""
    text, message = REFUSED[kind]
    for before in ("", "\n", "\r\n\ra ", "a\n\nb ", "{{ P.subj }}\n", "{% if P.subj %}\n\n{% endif %} "):
        line = len(re.findall(r"\r\n|\r|\n", before)) + 1
        found = list(faults(before + text, PERSONS))
        assert [found_line for found_line, _, _ in found] == [line] * len(found) != []
        assert found[0][1].startswith(message)
        for _, said, hint in found:
            assert any(re.fullmatch(form, said, re.DOTALL) for form in FORMS)
            assert hint == (
                guess(said.partition(".")[2].partition(",")[0], PERSON) if "expected P with" in said else ""
            )


def test_a_near_attribute_is_guessed():
    """A misspelt attribute comes with the nearest of those that are there."""
    assert list(faults("{{ P.sub }}", PERSONS)) == [
        (1, "found P.sub, expected P with subj, Subj, obj, Obj, poss, Poss", guess("sub", PERSON))
    ]
    assert guess("sub", PERSON) == "did you mean 'subj'?"


@pytest.mark.parametrize("name", ["self", "not", "true", "false", "none", "True", "False", "None"])
@pytest.mark.parametrize(
    "form", ["{{{{ {0}.past }}}}", "{{{{ {0}.past | cap_first }}}}", "{{% if {0}.past %}}a{{% endif %}}"]
)
def test_a_name_that_jinja_keeps_for_itself_is_refused(name, form):
    """A position may be called self or none; a passage cannot look it up, and is told so when it is read."""
    found = told(form.format(name), {name: ("past",)})
    assert found
    if name == "self" or form.startswith("{{{{ {0}.past }}"):
        assert found == [(1, f"found the name {name!r}, which templates keep for themselves, expected another")]


@pytest.mark.parametrize("name", ["if", "else", "is", "in", "and", "or", "loop", "super", "class", "range", "context"])
def test_a_name_that_only_sounds_reserved_works(name):
    """Other words of Jinja and Python are names like any."""
    text = f"{{{{ {name}.past }}}}"
    assert told(text, {name: ("past",)}) == []
    assert render(text, {name: SimpleNamespace(past="gone by")}) == "gone by"


@pytest.mark.parametrize("text", ["{{ P.subj }}", "{{- P.subj }}", "{% if P.subj %}a{% endif %}"])
def test_where_no_names_are_offered_none_are_expected(text):
    """A passage that may use no names says so."""
    assert told(text, {}) == [(1, "found the name 'P', expected no name here")]


@pytest.mark.parametrize("tag", ["{{ " + "+" * 80 + " }}", "{{ P" + ".a" * 40 + " }}"])
def test_a_long_tag_is_shortened_in_messages(tag):
    """A message quotes at most 60 characters of a tag."""
    ((line, message),) = told(f"a\n{tag}")
    assert line == 2
    assert message.startswith(f"found the tag {tag[:60]!r}, expected ")


@pytest.mark.parametrize(
    "text",
    ["{{ range }}", "{{ dict.x }}", "{{ P.subj | upper }}", "{% if P.subj is defined %}a{% endif %}", "{{ lipsum() }}"],
)
def test_nothing_of_jinja_itself_can_be_used(text):
    """Even a text that nobody checked finds no globals, no tests and no filter but cap_first."""
    with pytest.raises(jinja2.TemplateError):
        render(text, FILLED)


def test_all_faults_are_told_in_one_run():
    """Several bad tags are each told, each on its own line."""
    assert [line for line, _ in told("{{ P() }}\n{{ P.subj }}\n{% set x %}\n\n{{ [] }} {# a #}")] == [1, 3, 5, 5]
    assert told("{{ Q.a }}\n{{ P.a }} {{ P.subj | upper }}\n{% if P %}{% endif %}") == [
        (1, "found the name 'Q', expected one of P, other, partner"),
        (2, "found P.a, expected P with subj, Subj, obj, Obj, poss, Poss"),
        (2, "found the filter 'upper', expected cap_first"),
        (3, "found the name 'P' alone, expected an attribute of it"),
    ]
    assert told("{{ Q.a }}\n{{ P.a }}") == [
        (1, "found the name 'Q', expected one of P, other, partner"),
        (2, "found P.a, expected P with subj, Subj, obj, Obj, poss, Poss"),
    ]


def test_a_tag_is_so_long_and_no_longer():
    """A tag has at most MOST_TAG characters, counted with its braces."""
    fitting = "{{ P.subj" + " " * (MOST_TAG - 11) + "}}"
    assert len(fitting) == MOST_TAG
    assert told(fitting) == []
    assert told(f"a\n{fitting.replace('}', ' }', 1)}") == [
        (2, f"found a tag of {MOST_TAG + 1} characters, expected at most {MOST_TAG}")
    ]


@pytest.mark.parametrize("tag", ["{{ P.subj }}", "{{  P.subj }}"])
def test_a_passage_holds_so_many_tags_and_no_more(tag):
    """A passage has at most MOST_TAGS tags, however plain they are."""
    assert told(tag * MOST_TAGS) == []
    assert told(tag * (MOST_TAGS + 1)) == [(1, f"found {MOST_TAGS + 1} tags, expected at most {MOST_TAGS}")]


# Nothing else happens


@given(TEXTS, st.dictionaries(st.sampled_from([*NAMES, "self", "true", "not"]), st.just(("subj", "past", "one"))))
def test_faults_never_raise_and_what_passes_renders(text, allowed):
    """Any text gives faults inside it; what has none renders with just the names that were allowed, to some text."""
    found = list(faults(text, allowed))
    lines = len(re.split(r"\r\n|\r|\n", text))
    assert all(1 <= line <= lines and message.startswith("found ") for line, message, _ in found)
    if not found:
        holders = {name: SimpleNamespace(**dict.fromkeys(attributes, "x")) for name, attributes in allowed.items()}
        said = render(text, holders)
        assert render(text, holders) == said
        assert said.count("<") <= text.count("<"), "something that is no text was looked up"


def test_a_name_that_is_missing_is_an_error_when_rendered():
    """Nothing missing turns into silence: a name or an attribute that is not there raises."""
    for names in ({}, {"P": SimpleNamespace()}):
        with pytest.raises(jinja2.UndefinedError):
            render("{{ P.subj }}", names)
        with pytest.raises(jinja2.UndefinedError):
            render("{% if P.subj %}a{% endif %}", names)


@given(st.text())
def test_what_is_filled_in_is_data(value):
    """A value is put in as it is, whatever braces or markup it holds, and is never read as a template."""
    assert render("a {{ P.subj }} b", {"P": SimpleNamespace(subj=value)}) == f"a {value} b"


HEAVY = {
    "not": ("{{ " + "not " * 94 + "P.subj }}", "True"),
    "and": ("{{ " + "P.subj and " * 34 + "P.subj }}", "x"),
    "filters": ("{{ P.subj" + "|cap_first" * 38 + " }}", "X"),
    "attributes": ("{{ P.subj" + ".a" * 193 + " }}", "faults"),
    "other attributes": ("{{ P" + ".a" * 196 + " }}", "faults"),
    "choices": (("{% if " + "not " * 94 + "P.subj %}") * 12 + "deep" + "{% endif %}" * 12, "deep"),
    "open choices": (("{% if " + "not " * 94 + "P.subj %}") * 24, "faults"),
    "open braces": ("{{ " * 6_000, "faults"),
    "closed braces": ("}} " * 6_000, "faults"),
    "open statements": ("{% if " * 3_000, "faults"),
    "comments": ("{# " * 6_000, "faults"),
    "plain tags": ("{{ P.subj }}" * 1_600, "faults"),
    "names": ("{{ " + "a " * 190 + "}}", "faults"),
    "dots": ("{{ " + "." * 390 + " }}", "faults"),
    "bars": ("{{ P.subj " + "|" * 380 + " }}", "faults"),
}
ON_A_SMALL_STACK = """
import sys, threading
from types import SimpleNamespace
from intimacy_tarot._template import PERSON, PERSONS, faults, render

def read():
    text = sys.stdin.read()
    found = list(faults(text, PERSONS))
    print("faults" if found else render(text, {"P": SimpleNamespace(**dict.fromkeys(PERSON, "x"))}))

threading.stack_size(256 * 1024)
thread = threading.Thread(target=read)
thread.start()
thread.join()
"""


@pytest.mark.parametrize("kind", HEAVY)
def test_the_heaviest_tags_are_read_on_a_small_stack(kind):
    """The costliest tags within the caps are read, rendered and freed by a thread with a 256 KB stack."""
    text, expected = HEAVY[kind]
    command = [sys.executable, "-c", ON_A_SMALL_STACK]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", expected)
