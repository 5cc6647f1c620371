"""The article behind the readings: every claim is carried somewhere, every theme is met, and no sentence is copied."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import intimacy_tarot as tarot
from intimacy_tarot._library import article, theme
from intimacy_tarot._models import Orientation, Polarity, ThemeId
from intimacy_tarot._wording import PracticesFile, QuestionsFile

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.at_length

ROOT = Path(__file__).parents[1]
TOPS = {"decks": ROOT, "spreads": ROOT, "docs": ROOT, "themes": ROOT / "src/intimacy_tarot"}
DOCS = sorted(ROOT.glob("docs/*.md"))
PACKAGED = sorted(path for top in ("decks", "spreads", "src/intimacy_tarot") for path in (ROOT / top).glob("**/*.yaml"))
HASHES: dict[str, Any] = json.loads((ROOT / "tests/data/article-8grams.json").read_text(encoding="utf-8"))
RUNS = frozenset(HASHES["runs"])

CLAIMS = {claim.id: claim for claim in article().claims}
CARRIERS = sorted({carrier for claim in CLAIMS.values() for carrier in claim.carried_by})
IN_YAML = [carrier for carrier in CARRIERS if not carrier.startswith("docs/")]
IN_DOCS = [carrier for carrier in CARRIERS if carrier.startswith("docs/")]


def _path(file: str) -> Path:
    return TOPS.get(file.partition("/")[0], ROOT / "src/intimacy_tarot") / file


@cache
def _yaml(file: str) -> Any:
    return yaml.safe_load(_path(file).read_text(encoding="utf-8"))


@cache
def _headings(file: str) -> tuple[str, ...]:
    """Return the titles of a page, those in fenced code left out."""
    prose = re.sub(r"^```.*?^```", "", _path(file).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return tuple(re.findall(r"^#{1,6} +(.+?) *$", prose, flags=re.MULTILINE))


def _slug(heading: str) -> str:
    """Return a heading's address: lower case, letters, digits, spaces and hyphens kept, spaces made hyphens."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    else:
        yield value


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))


def _hash(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield each run of eight words with its hash."""
    words = _words(text)
    for start in range(len(words) - HASHES["length"] + 1):
        run = words[start : start + HASHES["length"]]
        yield " ".join(run), _hash(run)


def test_there_are_claims_carried_by_words_and_by_pages():
    """The article's claims are found, and their carriers are of both kinds."""
    assert len(CLAIMS) >= 40
    assert IN_YAML
    assert IN_DOCS


@pytest.mark.parametrize("carrier", IN_YAML)
def test_a_carrier_in_yaml_leads_to_text(carrier: str):
    """The address of a wording leads through its file to a text, or to records that hold nothing but texts."""
    file, _, key = carrier.partition("#")
    value = _yaml(file)
    for part in key.split("."):
        assert isinstance(value, dict), f"{part} of {carrier}"
        assert part in value, f"{part} of {carrier}"
        value = value[part]

    texts = [leaf for leaf in _leaves(value) if isinstance(leaf, str)]

    assert texts
    assert all(text.strip() for text in texts)


@pytest.mark.parametrize("carrier", IN_DOCS)
def test_a_carrier_in_the_docs_leads_to_a_heading(carrier: str):
    """The address of a page leads to exactly one of its headings."""
    file, _, anchor = carrier.partition("#")

    assert _path(file) in DOCS
    assert [_slug(heading) for heading in _headings(file)].count(anchor) == 1


def test_every_claim_has_a_carrier_of_its_own():
    """Every claim names at least one carrier, and none twice."""
    for claim in CLAIMS.values():
        assert claim.carried_by, claim.id
        assert len(set(claim.carried_by)) == len(claim.carried_by), claim.id


def test_claims_follow_the_article():
    """The sentences that the claims were taken from come in their order, and none is claimed twice."""
    spans = []
    for claim in CLAIMS.values():
        assert re.fullmatch(r"[1-9][0-9]*(-[1-9][0-9]*)?", claim.sentences), claim.id
        first, _, last = claim.sentences.partition("-")
        spans.append((int(first), int(last or first)))

    assert all(first <= last for first, last in spans)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(spans))


def test_every_claim_is_met_in_a_reading_or_in_the_docs():
    """Every claim that no page carries is carried by a passage, or shown as a sign, in readings of a few seeds."""
    claims: set[str] = set()
    signs: set[str | None] = set()
    for spread in tarot.spread_ids():
        for seed in range(60):
            passages = tarot.read(spread, seed=seed).passages
            claims |= {claim for passage in passages for claim in passage.claims}
            signs |= {passage.sign for passage in passages}
    shown = {
        claim.id
        for claim in CLAIMS.values()
        for carrier in claim.carried_by
        if carrier.startswith("docs/") or carrier.partition("#signs.")[2] in signs
    }

    assert set(CLAIMS) - claims - shown == set()


@pytest.mark.parametrize("which", ThemeId)
def test_a_theme_has_its_part_of_the_docs(which: ThemeId):
    """A theme's name heads a part of the page on the article, which names its signs, its question and its remedy."""
    content = theme(which).content
    page = _path("docs/article.md").read_text(encoding="utf-8")

    assert _headings("docs/article.md").count(content.name) == 1
    part = page.partition(f"\n## {content.name}\n")[2].partition("\n## ")[0]
    for name in (*(sign.id for sign in content.signs), content.reflection, content.remedy):
        assert f"`{name}`" in part, name


@pytest.mark.parametrize("which", ThemeId)
def test_a_theme_leads_to_a_question_a_remedy_and_the_article(which: ThemeId):
    """A theme's question and its remedy are ones there is wording for, and its section is a heading of the article."""
    content = theme(which).content

    assert content.reflection in QuestionsFile.__dataclass_fields__
    assert content.remedy in PracticesFile.__dataclass_fields__
    assert _hash(_words(content.section)) in HASHES["headings"]


def _meanings() -> Iterator[tuple[str, Any]]:
    for card in tarot.load_deck("rider-waite-smith").cards:
        for way in Orientation:
            yield f"{card.name} {way}", card.meaning(way)


@pytest.mark.parametrize("voice", [Polarity.LIGHT, Polarity.SHADOW])
@pytest.mark.parametrize("which", ThemeId)
def test_a_theme_is_primary_often_enough_in_each_voice(which: ThemeId, voice: Polarity):
    """At least eight of the deck's 156 entries have the theme first in each voice, mixed entries left out."""
    primary = Counter((meaning.theme, meaning.polarity) for _, meaning in _meanings())

    assert primary[which, voice] >= 8


def test_every_sign_belongs_to_the_theme_of_its_entry():
    """An entry names a sign of its own primary theme, and every entry in shadow names one."""
    for name, meaning in _meanings():
        signs = {sign.id for sign in theme(meaning.theme).content.signs}
        assert meaning.sign in signs or (meaning.sign is None and meaning.polarity is not Polarity.SHADOW), name


def test_every_sign_is_shown_by_an_entry():
    """Each of the signs under the themes is what some entry of the deck shows."""
    signs = [sign.id for which in ThemeId for sign in theme(which).content.signs]

    assert len(set(signs)) == len(signs) == 11
    assert set(signs) - {meaning.sign for _, meaning in _meanings()} == set()


def test_runs_of_words_are_compared_as_they_were_hashed():
    """The probe, whose hash was written with the article's, is found; its words in another order are not."""
    probe = HASHES["probe"]

    assert [found for _, found in _runs(probe["text"])] == probe["runs"]
    assert [found for _, found in _runs(" ".join(reversed(probe["text"].split())))] != probe["runs"]
    assert len(HASHES["runs"]) == len(set(HASHES["runs"])) > 1000


@pytest.mark.parametrize("path", [*PACKAGED, *DOCS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_run_of_eight_words_is_copied(path: Path):
    """No packaged file and no page holds eight words as they follow each other in the article, its questions aside."""
    text = path.read_text(encoding="utf-8")
    texts = [text] if path.suffix == ".md" else [text, *map(str, _leaves(yaml.safe_load(text)))]
    asked = re.compile("|".join(re.escape(tarot.load_spread(spread).question) for spread in tarot.spread_ids()))
    copied = {run for leaf in texts for run, found in _runs(asked.sub("(a question)", leaf)) if found in RUNS}

    assert copied == set()
