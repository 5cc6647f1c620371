"""The table of threats says for everybody what stops them; that the tests it names are there is shown elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

import intimacy_tarot as tarot

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "threats.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| who", "| ---"))
]


def test_every_row_says_what_stops_it_and_what_shows_that():
    """Each row has all its cells, and names a test unless it says plainly that nothing stops it."""
    assert len(ROWS) > 15
    for row in ROWS:
        assert len(row) == 5
        assert all(row[:4])
        assert re.search(r"`test_\w+\.py::test_\w+`", row[-1]) or row[3].startswith("nothing: ")


WHO = ("a deck or a spread", "writes a passage", "draws faces", "a visitor", "reads the log", "a public record")
WHO += ("a saved reading", "calls the script", "host application", "same device")


@pytest.mark.parametrize("who", WHO)
def test_the_table_names_everybody(who):
    """There is a row for each of those who could do harm."""
    assert any(who in row[0] for row in ROWS)


def test_the_readme_leads_to_what_is_promised():
    """SECURITY.md and the table are linked from the README, and each from the other."""
    readme, security, table = (
        (ROOT / name).read_text("utf-8") for name in ("README.md", "SECURITY.md", "docs/threats.md")
    )
    assert "(SECURITY.md)" in readme
    assert "(docs/threats.md)" in readme
    assert "(docs/threats.md)" in security
    assert "(../SECURITY.md)" in table


def test_a_hosts_template_escapes_and_misses_nothing_silently(tmp_path):
    """In a template of the host's own a name is escaped like anywhere, and a name that is not given is an error."""
    reading = tarot.read("one-card", seed=1, question="<b>What</b> now?")
    page = tmp_path / "page.html.j2"
    page.write_text("<p>{{ reading.asked }}</p>", "utf-8")
    assert reading.to_html(templates=tmp_path) == "<p>&lt;b&gt;What&lt;/b&gt; now?</p>\n"
    other = tmp_path / "other"
    other.mkdir()
    (other / "page.html.j2").write_text("<p>{{ reading.asekd }}</p>", "utf-8")
    with pytest.raises(jinja2.UndefinedError) as caught:
        reading.to_html(templates=other)
    assert "What" not in str(caught.value)
