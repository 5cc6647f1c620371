"""People's words: shown as they were typed, obeyed by nothing, and repeated nowhere that they were not asked for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import traceback
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import intimacy_tarot as tarot

pytestmark = pytest.mark.at_length

TESTS = Path(__file__).parent
MEAN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><svg onload=x>",
    "]]> --> <!-- &amp; &lt;",
    "{{ 7*7 }} {% raw %} {# x #}",
    "*bold* _it_ `code` [a](b) ![c](d) <e@f.gh>",
    "%s %(name)s {0} {name}",
    "$(id) `id` ; rm -rf",
    "\u05d9\u05e2\u05dc",  # Hebrew, from right to left
    "\u0644\u064a\u0644\u0649",  # Arabic
    "e\u0301\u0301\u0301\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ufffd \ue000 \u00ad",
)
"""Words that something might act on."""

TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60)
SEEN = "a word no card has: zyxwvut"


def _taken(text):
    """Return a text as the library takes it, or None where it is refused."""
    try:
        return tarot.Person(text).name
    except tarot.TarotError:
        return None


def _texts(document):
    return [" ".join(text.split()) for text in document.itertext()]


@given(TYPED)
@example(MEAN[0])
@example(MEAN[1])
@example(MEAN[2])
@example(MEAN[3])
@example(MEAN[4])
@example(MEAN[8])
def test_what_is_typed_is_only_text_in_every_format(text):
    """A name and a question are the text of what they stand in, whole, and make no element or attribute."""
    name = _taken(text)
    if name is None:
        return
    reading = tarot.read("one-card", seed=7, reader=name, question=name, support_text=name)
    plain = tarot.read("one-card", seed=7, reader="Sam", question="Sam", support_text="Sam")
    made, expected = (
        html5lib.parse(it.to_html(), treebuilder="etree", namespaceHTMLElements=False) for it in (reading, plain)
    )
    assert [element.tag for element in made.iter()] == [element.tag for element in expected.iter()]
    assert [sorted(element.keys()) for element in made.iter()] == [
        sorted(element.keys()) for element in expected.iter()
    ]
    shown = " ".join(name.split())
    assert sum(shown in said for said in _texts(made)) >= 3
    drawing = ET.fromstring(reading.to_svg())  # noqa: S314  it is our own
    assert len(list(drawing.iter())) == len(list(ET.fromstring(plain.to_svg()).iter()))  # noqa: S314
    assert reading.to_text().count(name) >= 3
    assert reading.to_text().count("\n") == plain.to_text().count("\n")
    assert tarot.Reading.from_json(reading.to_json()) == reading


@given(TYPED)
def test_nothing_of_what_is_typed_is_lost(text):
    """What is taken is what was typed, but for runs of spaces, and comes back so from a record."""
    name = _taken(text)
    if name is not None:
        assert name == " ".join(text.split())
        assert tarot.Reading.from_json(tarot.read("one-card", seed=1, partner=name).to_json()).partner.name == name


@pytest.mark.parametrize("name", [MEAN[8], MEAN[9], "Noa \u05e0\u05d5\u05e2\u05d4"])
def test_names_in_letters_from_right_to_left_are_kept(name):
    """Letters that run from right to left are letters like any other."""
    assert name in tarot.read("partner-need", seed=7, partner=name).to_text()


@pytest.mark.parametrize("mark", "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
@pytest.mark.parametrize("what", ["question", "reader", "partner", "support_text"])
def test_marks_of_direction_are_refused(mark, what):
    """No mark can reorder the line that a name or a question stands in."""
    with pytest.raises(tarot.TarotError) as caught:
        tarot.read("one-card", seed=7, **{what: f"Sam{mark}eno"})
    assert mark not in str(caught.value)


@pytest.mark.parametrize("control", ["\x1b[31m", "\x9b31m", "\x07", "\x7f", "\r", "\x00", "\x1b]0;x\x07"])
@pytest.mark.parametrize("what", ["question", "reader", "partner", "support_text"])
def test_controls_are_refused(control, what):
    """No terminal is given anything to obey."""
    with pytest.raises(tarot.TarotError) as caught:
        tarot.read("one-card", seed=7, **{what: f"Sam{control}x"})
    assert not any(unicodedata.category(letter) == "Cc" for letter in str(caught.value))


FAULTS = {
    "an unknown spread": lambda: tarot.read("no-such", seed=7, question=SEEN, partner=SEEN),
    "an unknown deck": lambda: tarot.read("one-card", seed=7, deck="no-such", reader=SEEN),
    "a rate": lambda: tarot.read("one-card", seed=7, reversal_rate=9, question=SEEN),
    "a seed": lambda: tarot.read("one-card", seed=1.5, question=SEEN),
    "a long name": lambda: tarot.read("one-card", seed=7, partner=SEEN * 9),
    "a long question": lambda: tarot.read("one-card", seed=7, question=SEEN * 99),
    "a control": lambda: tarot.read("one-card", seed=7, question=f"{SEEN}\x1b"),
    "a surrogate": lambda: tarot.read("one-card", seed=7, question=f"{SEEN}\ud800"),
    "a mark": lambda: tarot.read("one-card", seed=7, reader=f"{SEEN}\u202e"),
    "a long support text": lambda: tarot.read("one-card", seed=7, support_text=SEEN * 99),
    "pronouns": lambda: tarot.Person("Sam", SEEN),
    "a style": lambda: tarot.read("one-card", seed=7, question=SEEN).to_html(style="none"),
    "a palette": lambda: tarot.read("one-card", seed=7, question=SEEN).to_svg(palette="none"),
    "a width": lambda: tarot.read("one-card", seed=7, question=SEEN).to_text(width=3),
    "a folder of templates": lambda: tarot.read("one-card", seed=7, partner=SEEN).to_html(templates=Path("none")),
    "a record": lambda: tarot.Reading.from_json(_record(partner={"name": SEEN * 9, "pronouns": "they"})),
    "a record's pronouns": lambda: tarot.Reading.from_json(_record(partner={"name": SEEN, "pronouns": SEEN})),
    "a record's question": lambda: tarot.Reading.from_json(_record(asked=f"{SEEN}\x1b")),
    "a record cut short": lambda: tarot.Reading.from_json(_record(asked=SEEN)[:-9]),
    "a record of wrong types": lambda: tarot.Reading.from_json(_record(asked=[SEEN], partner=SEEN)),
}


def _record(**fields):
    return json.dumps(tarot.read("one-card", seed=7).to_dict() | fields)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_error_repeats_what_was_typed(fault):
    """Neither the message of an error nor that of one behind it holds a name, a question or a support text."""
    with pytest.raises(tarot.TarotError) as caught:
        FAULTS[fault]()
    error: BaseException | None = caught.value
    said = []
    while error is not None:
        said += [str(error), repr(error), *map(str, getattr(error, "problems", ()))]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert not [text for text in said if "zyxwvut" in text]
    last = traceback.format_exception_only(caught.value)
    assert "zyxwvut" not in "".join(last)


WATCHED = """
import sys
import intimacy_tarot as tarot
tarot.read("one-card", seed=1)
touched = []
WRONG = ("socket.", "subprocess.", "os.putenv", "os.unsetenv", "os.chdir", "os.system", "os.remove", "os.rename")
def watch(event, arguments):
    if event == "open" and arguments[1] and set(arguments[1]) & set("wax+"):
        touched.append((event, str(arguments[0])))
    elif event.startswith(WRONG):
        touched.append((event, str(arguments)))
sys.addaudithook(watch)
reading = tarot.read("emotional-block", question="He never listens", reader="Ida", partner="Robin", seed=None)
for made in (reading.to_text(), reading.to_markdown(), reading.to_html(), reading.to_svg(), reading.to_json()):
    assert made
assert tarot.verify(reading).words == "same"
assert not touched, touched
print("untouched")
"""


def test_a_reading_touches_nothing():
    """Making, printing and verifying a reading opens no file to write, no socket, no process, and logs nothing."""
    done = subprocess.run([sys.executable, "-B", "-c", WATCHED], capture_output=True, text=True, check=False, cwd=TESTS)
    assert (done.stdout, done.stderr) == ("untouched\n", "")


def test_every_test_that_the_threats_name_is_there():
    """The table of threats names test files and functions that exist."""
    table = (TESTS.parent / "docs" / "threats.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", table)
    assert len(named) > 20
    for file, function in named:
        assert f"\ndef {function}(" in (TESTS / file).read_text(encoding="utf-8"), (file, function)
