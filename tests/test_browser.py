"""Pages where they will be seen: in a browser, on a phone and on a desk, by day and by night, asked by axe-core.

Needs Playwright, the axe-core that its Python package carries, and a Chromium on this machine.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import intimacy_tarot as tarot

if TYPE_CHECKING:
    from pathlib import Path

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright on this machine")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core on this machine")

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
WIDTHS = (320, 390, 1280)
LOOKS = (("quiet", "light"), ("quiet", "dark"), ("night", "light"), ("print", "light"))
LONG = "Maximiliana Wilhelmina of the Northern Lights"

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('svg.table > g')]
    .map(g => [g.getAttribute('class'), g.getBoundingClientRect()]);
  const hit = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  let found = 0;
  boxes.forEach(([kind, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    if (hit(a, b) && (kind === 'caption' || other === 'caption')) found += 1;
  }));
  return found;
}"""
OUTSIDE = """() => [...document.querySelectorAll('svg.table > g')].filter(g => {
  const a = g.getBoundingClientRect(), b = g.ownerSVGElement.getBoundingClientRect();
  return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1;
}).length"""


@pytest.fixture(scope="module")
def chromium():
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


def _shown(chromium, page: Path, width: int, scheme: str = "light"):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, offline=True
    )
    tab = context.new_page()
    tab.goto(page.as_uri())
    return tab


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_a_page_fits_its_window_and_nothing_on_the_table_overlaps(chromium, tmp_path, spread):
    """On a small phone, a phone and a desk nothing sticks out, and no caption lies on a card or on another caption."""
    page = tmp_path / "page.html"
    page.write_text(tarot.read(spread, seed=11, partner=LONG, reader="Sam", reversal_rate=0.5).to_html(), "utf-8")
    for width in WIDTHS:
        tab = _shown(chromium, page, width)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(OVERLAPS) == 0
        assert tab.evaluate(OUTSIDE) == 0
        tab.context.close()


@pytest.mark.parametrize(("style", "scheme"), LOOKS)
@pytest.mark.parametrize("spread", ["celtic-cross", "foundation", "emotional-block"])
def test_axe_finds_nothing_to_mend(chromium, tmp_path, spread, style, scheme):
    """Headings, landmarks, alternative text and contrast pass axe-core in every style, by day and by night."""
    reading = tarot.read(spread, seed=3, partner="Robin", question="How do we begin?", support_text="Call a friend.")
    page = tmp_path / "page.html"
    page.write_text(reading.to_html(style=style), "utf-8")
    tab = _shown(chromium, page, 390, scheme)
    found = axe.Axe().run(tab).response["violations"]
    tab.context.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def test_a_strangers_drawing_does_nothing_in_a_page(chromium, tmp_path):
    """A script, an event or a reference in a picture of somebody else's neither runs nor fetches."""
    evil = """<svg xmlns="http://www.w3.org/2000/svg" onload="top.document.title='taken'" viewBox="0 0 216 348">
<script>top.document.title='taken'</script><image href="https://example.org/spy.png" width="9" height="9"/></svg>"""
    (tmp_path / "major_arcana").mkdir()
    (tmp_path / "major_arcana" / "09.svg").write_text(evil, "utf-8")
    page = tmp_path / "page.html"
    page.write_text(tarot.interpret(tarot.lay("one-card", ["the hermit"])).to_html(art=tmp_path), "utf-8")
    context = chromium.new_context()
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    assert tab.title() == "What might help us feel closer today?"
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    context.close()
