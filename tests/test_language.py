"""Spelling and grammar of the packaged text, as two programs see it: aspell, and Harper by its Python package.

Neither is the judge: what they are wrong about is listed in `tests/language`, and whatever else they say fails.
`words.txt` holds words that aspell does not know, `grammar.yaml` the rules of Harper that this prose may break, each
with its reason, and the single remarks that are let be.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaged_text import PACKAGED, ROOT, texts_of

pytestmark = pytest.mark.at_length

LANGUAGE = Path(__file__).parent / "language"
GRAMMAR = yaml.safe_load((LANGUAGE / "grammar.yaml").read_text(encoding="utf-8"))
PROSE = [path for path in PACKAGED if "lint" not in path.parts and path.name != "article.yaml"]
IDENTIFIERS = ("id", "language", "extends", "keep", "role", "owner", "lens", "shape", "when", "sign", "source")

_FILLS = (
    (re.compile(r"\{\{ *(?:P|partner)\.[Pp]oss.*?\}\}"), "Robin's"),
    (re.compile(r"\{\{ *(?:P|partner)\..*?\}\}"), "Robin"),
    (re.compile(r"\{\{ *\w+\.(?:move) *\}\}"), "wait"),
    (re.compile(r"(?<=may )\{\{ *\w+\.way *\}\}"), "wait"),
    (re.compile(r"\{\{ *\w+\.way \| cap_first *\}\}"), "A lamp burns low"),
    (re.compile(r"\{\{ *\w+\.way *\}\}"), "a lamp burns low"),
    (re.compile(r"\{\{.*?\| cap_first *\}\}"), "A lamp"),
    (re.compile(r"\{\{.*?\}\}"), "a lamp"),
)


def _filled(text: str) -> str:
    for tag, fill in _FILLS:
        text = tag.sub(fill, text)
    return text


def _sentences_only(texts: dict[str, str]) -> dict[str, str]:
    """Return the texts that are whole sentences, names filled in."""
    return {key: _filled(text) for key, text in texts.items() if re.search(r"[A-Z\"{].*[.!?][\"']?$", text)}


@cache
def _aspell() -> str:
    found = shutil.which("aspell")
    dictionaries = subprocess.run([found or "true", "dicts"], check=True, capture_output=True, text=True).stdout
    if found is None or "en_US" not in dictionaries.split():
        pytest.skip("aspell with its American dictionary is not on this machine")
    return found


def _unknown(text: str) -> set[str]:
    said = subprocess.run(
        [_aspell(), "--lang=en_US", "--encoding=utf-8", "list"], input=text, capture_output=True, text=True, check=True
    )
    return set(said.stdout.split())


def _words_let_be() -> list[str]:
    return (LANGUAGE / "words.txt").read_text(encoding="utf-8").split()


def test_every_word_is_spelled_as_aspell_spells_it():
    """Each word of the packaged text is in aspell's American dictionary or in the list beside it."""
    spoken = {
        _filled(text)
        for path in PROSE
        for key, text in texts_of(path).items()
        if key.rpartition(".")[2].partition("[")[0] not in IDENTIFIERS
    }

    assert sorted(_unknown("\n".join(spoken)) - set(_words_let_be())) == []


def test_the_list_of_words_is_short_and_in_order():
    """Every listed word is one that aspell does not know, is used, and stands once, in order."""
    listed = _words_let_be()
    everything = "\n".join(path.read_text(encoding="utf-8") for path in PROSE)

    assert listed == sorted(set(listed))
    assert sorted(set(listed) - _unknown("\n".join(listed))) == []
    assert [word for word in listed if not re.search(rf"\b{word}\b", everything)] == []


def _remarks() -> list[tuple[str, str, str]]:
    """Return every remark of Harper on the packaged prose: its rule, where it stands, and the words around it."""
    harper = pytest.importorskip("harper")
    linter = harper.Linter(harper.Dialect.AMERICAN)
    linter.set_lint_config(linter.get_lint_config() | dict.fromkeys(GRAMMAR["rules"], False))
    found = []
    for path in PROSE:
        for key, text in _sentences_only(texts_of(path)).items():
            for rule, lints in linter.organized_lints(text, language="plaintext").items():
                for lint in lints:
                    around = text[max(0, lint.span.start - 25) : lint.span.end + 25]
                    found.append((rule, f"{path.relative_to(ROOT).as_posix()}#{key}", around))
    return found


def test_harper_has_just_the_remarks_that_are_let_be():
    """Every rule that is on finds in the packaged prose the single remarks that are listed, and nothing else."""
    found, let_be = _remarks(), [(remark["rule"], remark["words"]) for remark in GRAMMAR["remarks"]]

    assert [it for it in found if not any(it[0] == rule and words in it[2] for rule, words in let_be)] == []
    assert [it for it in let_be if not any(rule == it[0] and it[1] in around for rule, _, around in found)] == []


def test_most_rules_are_on():
    """The rules that are off are few among those that Harper has on by default, and each of them exists."""
    harper = pytest.importorskip("harper")
    known = harper.get_default_lint_config()

    assert set(GRAMMAR["rules"]) <= set(known)
    assert len(GRAMMAR["rules"]) < sum(known.values()) / 10


def test_a_planted_error_is_found():
    """The programs do find what is wrong, so that their silence above says something."""
    harper = pytest.importorskip("harper")
    linter = harper.Linter(harper.Dialect.AMERICAN)
    linter.set_lint_config(linter.get_lint_config() | dict.fromkeys(GRAMMAR["rules"], False))

    assert linter.lint("Somebody left an lamp on the the sill.", language="plaintext")
    assert linter.lint("Somebody could of lit it.", language="plaintext")
    assert _unknown("Somebody recieved a lamp.") == {"recieved"}
