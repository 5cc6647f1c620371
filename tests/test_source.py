"""Files of content before they mean anything: strict text, a plain stream, and nothing from outside.

The same tests run with PyYAML's C loader, where it is there, and with the pure one.
"""

from __future__ import annotations

import os
import pickle
import re
import threading
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from intimacy_tarot import _source
from intimacy_tarot._card_text import CardText
from intimacy_tarot._convert import convert
from intimacy_tarot._errors import ContentError, Place
from intimacy_tarot._source import MOST_BYTES, MOST_CHARACTERS, MOST_DEPTH, MOST_NODES, Event, Folder, Halt, Source
from intimacy_tarot._wording import CareFile

LOADERS = {"pure": yaml.SafeLoader} | ({"c": yaml.CSafeLoader} if hasattr(yaml, "CSafeLoader") else {})

UNFIT = [
    *range(0x09),
    0x0B,
    0x0C,
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    0x2028,
    0x2029,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
    0xFFFE,
    0xFFFF,
]
SURROGATES = [0xD800, 0xDBFF, 0xDC00, 0xDFFF]
PIECES = st.sampled_from(
    [
        *"[]{},:?-&*!|>'\"%@`#~ \n\t\\.=<abc019é界𝄞\r",
        ": ",
        "- ",
        "? ",
        "\n  ",
        "---\n",
        "...\n",
        "<<: ",
        "&a ",
        "*a",
        "!!str ",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "%Q\n",
        "footer: ",
        "notes:\n",
        " hard: ",
        '"\\U',
        '"\\u',
        "\\x",
        "FFFFFFFF",
        "D800",
        "00",
        '"',
        "\ufeff",
        "\u0085",
        "\u202e",
        "\x00",
        ">-\n",
        "|9\n",
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=30).map("".join)
BYTES = st.binary(max_size=60) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.fixture(params=LOADERS)
def loader(request, monkeypatch):
    """Read with one of PyYAML's two loaders."""
    monkeypatch.setattr(_source, "_LOADER", LOADERS[request.param])
    return request.param


def events(text: str) -> list[Event]:
    return list(Source("f.yaml", text).events())


MARK = yaml.Mark("f.yaml", 0, 2, 4, None, None)
MESSAGES = {
    "anchor": "found an anchor, expected none",
    "alias": "found an alias, expected the value itself",
    "tag": "found a tag, expected a plain value",
    "directive": "found a directive, expected none",
    "document": "found a second document, expected one",
    "tab": "found a tab, expected spaces",
    "empty-file": "found nothing, expected some content",
    "too-deep": f"found more than {MOST_DEPTH} levels, expected fewer",
    "too-many": f"found more than {MOST_NODES:,} values, expected fewer",
    "too-long": f"found over {MOST_CHARACTERS:,} characters, expected fewer",
    "unfit-character": r"found U\+[0-9A-F]{4}, expected printable text",
    "syntax": r"found YAML that cannot be read \(.+\), expected plain YAML",
    "too-large": f"found more than {MOST_BYTES:,} bytes, expected fewer",
    "not-utf-8": "found bytes that are not UTF-8, expected UTF-8",
}


def halted(text: str) -> tuple[str, int, int]:
    """Return the code and the place at which a text's reading ends."""
    with pytest.raises(Halt) as told:
        events(text)
    problem = told.value.problem
    assert str(told.value) == str(problem)
    assert (problem.place.file, problem.path, problem.severity) == ("f.yaml", "", "error")
    assert re.fullmatch(MESSAGES[problem.code], problem.message)
    return problem.code, problem.place.line, problem.place.column


def written(folder: Path, raw: bytes) -> Source:
    folder.joinpath("f.yaml").write_bytes(raw)
    return Folder.on_disk(folder).read("f.yaml")


def refused(folder: Path, raw: bytes) -> tuple[str, int, int]:
    """Return the code and the place for which a file is refused before it is parsed."""
    with pytest.raises(ContentError) as told:
        written(folder, raw)
    (problem,) = told.value.problems
    assert str(told.value) == str(problem)
    assert (problem.place.file, problem.path) == (f"{folder.resolve()}/f.yaml", "")
    assert re.fullmatch(MESSAGES[problem.code], problem.message)
    return problem.code, problem.place.line, problem.place.column


def outcome(raw: bytes, model: type) -> object:
    """Return the content that bytes hold, or the error by which they are refused."""
    try:
        return convert(Source("f", _source._clean("f", raw)), model)[0]
    except ContentError as error:
        return error


# The text of a file


def test_a_clean_file_is_read_as_it_is(tmp_path):
    """A file's text comes as it stands, and its name in messages is its whole path."""
    source = written(tmp_path, "a: é界𝄞\r\n\tb \n".encode())
    assert source == Source(f"{tmp_path.resolve()}/f.yaml", "a: é界𝄞\r\n\tb \n")


def test_one_leading_bom_is_left_out(tmp_path):
    """A byte order mark at the head is no part of the text."""
    assert written(tmp_path, b"\xef\xbb\xbfa: b\n").text == "a: b\n"


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"a: \xff", 1, 4),
        (b"a: b\nc: \xff", 2, 4),
        (b"a: b\r\nc: \xff", 2, 4),
        (b"a: b\rc: \xff", 2, 4),
        (b"a: b\n\xc3(\n", 2, 1),
        (b"a: b\nc: \xe2\x82", 2, 4),
        (b"\xed\xa0\x80", 1, 1),
        (b"\xf4\x90\x80\x80", 1, 1),
        (b"\xc0\xaf", 1, 1),
        ("é: ".encode() + b"\xff", 1, 4),
        ("a\n界界: ".encode() + b"\xff", 2, 5),
        (b"\xef\xbb\xbfa: \xff", 1, 4),
        (b"\xef\xbb\xbfa\n\xff", 2, 1),
        (b"\xef\xbb\xbfa: b\nc: \xff", 2, 4),
    ],
)
def test_bytes_that_are_not_utf_8_are_told_by_character(tmp_path, raw, line, column):
    """Bad UTF-8 is placed by line and character, with a byte order mark or without."""
    assert refused(tmp_path, raw) == ("not-utf-8", line, column)


@pytest.mark.parametrize("code", UNFIT, ids="{:04x}".format)
def test_a_character_that_cannot_be_seen_is_refused(tmp_path, code):
    """Controls, U+0085, line separators, bidi overrides and non-characters are told by their number and place."""
    assert refused(tmp_path, f"a: b\r\né: x{chr(code)}y\n".encode()) == ("unfit-character", 2, 5)
    with pytest.raises(ContentError, match=rf"found U\+{code:04X}, expected printable text"):
        Folder.on_disk(tmp_path).read("f.yaml")


@given(st.text(max_size=20))
def test_text_is_refused_for_its_first_unfit_character_alone(text):
    """Text is read unless it holds an unfit character, and then the first of them is placed."""
    first = next((at for at, char in enumerate(text) if ord(char) in UNFIT), None)
    raw = b"x" + text.encode()
    if first is None:
        assert _source._clean("f", raw) == f"x{text}"
    else:
        with pytest.raises(ContentError) as told:
            _source._clean("f", raw)
        before = "x" + text[:first]
        expected = Place("f", before.count("\n") + 1, len(before) - before.rfind("\n"))
        assert [(problem.code, problem.place) for problem in told.value.problems] == [("unfit-character", expected)]


def test_a_file_is_read_up_to_its_cap(tmp_path):
    """A file may have MOST_BYTES bytes and no more."""
    assert len(written(tmp_path, b"a" * MOST_BYTES).text) == MOST_BYTES
    assert refused(tmp_path, b"a" * (MOST_BYTES + 1)) == ("too-large", 1, 1)
    assert refused(tmp_path, "é".encode() * (MOST_BYTES // 2) + b"a") == ("too-large", 1, 1)


def test_a_file_that_may_be_cut_off_is_read_one_byte_over(tmp_path):
    """`raw` reads one byte more than the most, so that whoever asks sees that there is more, and no further."""
    (tmp_path / "f.yaml").write_bytes(b"0123456789")
    folder = Folder.on_disk(tmp_path)
    assert [folder.raw("f.yaml", most) for most in (3, 4, 9, 10)] == [b"0123", b"01234", *[b"0123456789"] * 2]


# The names of files, and where they lead


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../f.yaml",
        "in/../../f.yaml",
        "in/..",
        "/etc/passwd",
        "in//f.yaml",
        "in/",
        "/in",
        ".hidden",
        "in/.hidden",
        "-f.yaml",
        "F.yaml",
        "in\\f.yaml",
        "f.yaml\n",
        "f\0.yaml",
        "c:f.yaml",
        "~/f.yaml",
        "é.yaml",
        "f .yaml",
    ],
)
def test_a_name_that_is_no_plain_name_opens_nothing(tmp_path, name):
    """Names that climb, lead from the root, hide or hold odd characters are refused before anything is opened."""
    (tmp_path / "in").mkdir()
    (tmp_path / "f.yaml").write_text("a: b", "utf-8")
    for folder in (Folder.on_disk(tmp_path / "in"), Folder.packaged("intimacy_tarot.spreads")):
        with pytest.raises(ContentError) as told:
            folder.read(name)
        (problem,) = told.value.problems
        assert problem.code == "bad-name"
        assert problem.message == f"found the file name {name!r}, expected plain lower-case names"


@given(st.text(max_size=12) | st.text("a.-_/ 0", max_size=12))
def test_any_name_is_refused_or_stays_inside(name):
    """Whatever name is asked for, the answer is a file below the folder or an error of ours."""
    folder = Folder.on_disk(Path(__file__).parent / "content")
    with pytest.raises(ContentError) as told:
        folder.read(name)
    (problem,) = told.value.problems
    assert problem.code in ("bad-name", "no-file")


def test_a_path_that_no_folder_can_have_is_told():
    """A path with a null character is refused where the folder is named, and shown without what is not plain."""
    with pytest.raises(ContentError) as refused:
        Folder.on_disk("d\u00e9ck\0s")
    (problem,) = refused.value.problems
    assert problem.code == "no-file"
    assert problem.message == "found a path that no file can have, expected one"
    assert problem.place.file == "d\\xe9ck\x00s"


def test_a_folder_whose_name_is_too_long_is_not_there(tmp_path):
    """A name that the disk cannot hold is the name of no folder."""
    assert Folder.on_disk(tmp_path).is_there
    assert not Folder.on_disk(tmp_path / ("a" * 300)).is_there


@pytest.mark.parametrize("name", ["a" * 300 + ".yaml", "/".join(["a" * 200] * 30)])
def test_a_name_too_long_for_the_disk_is_told(tmp_path, name):
    """A name that no disk can hold is an error of ours, as a missing file is."""
    with pytest.raises(ContentError) as told:
        Folder.on_disk(tmp_path).read(name)
    (problem,) = told.value.problems
    assert problem.code in ("no-file", "unreadable")
    assert problem.place.file == f"{tmp_path.resolve()}/{name}"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="whoever runs this may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    """A file without the right to read it is an error of ours."""
    (tmp_path / "f.yaml").touch(mode=0)
    with pytest.raises(ContentError) as told:
        Folder.on_disk(tmp_path).read("f.yaml")
    assert [problem.place.file for problem in told.value.problems] == [f"{tmp_path.resolve()}/f.yaml"]


def test_a_missing_file_and_a_folder_are_no_files(tmp_path):
    """What is no file is told so, wherever the folder lies."""
    (tmp_path / "in").mkdir()
    for folder in (Folder.on_disk(tmp_path), Folder.packaged("intimacy_tarot", "wording"), Folder.on_disk("/nowhere")):
        for name in ("in", "en", "missing.yaml", "in/missing.yaml", "in/f.yaml/missing.yaml"):
            with pytest.raises(ContentError, match=r"found no such file, expected one$") as told:
                folder.read(name)
            assert [problem.code for problem in told.value.problems] == ["no-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes among its files")
def test_a_pipe_is_no_file(tmp_path):
    """A named pipe is refused, so that reading never waits for a writer."""
    os.mkfifo(tmp_path / "f.yaml")
    with pytest.raises(ContentError, match="found no such file"):
        Folder.on_disk(tmp_path).read("f.yaml")


@pytest.mark.parametrize("whole", [True, False], ids=["absolute", "relative"])
def test_a_link_that_leads_outside_is_refused(tmp_path, whole):
    """Neither a linked file nor a linked folder leads out of a folder of content."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "f.yaml").write_text("a: b", "utf-8")
    aim = outside if whole else Path("..") / "out"
    (inside / "f.yaml").symlink_to(aim / "f.yaml")
    (inside / "deep").symlink_to(aim)
    (inside / "dangling.yaml").symlink_to(aim / "missing.yaml")
    for name in ("f.yaml", "deep/f.yaml", "dangling.yaml", "deep/missing.yaml"):
        with pytest.raises(
            ContentError, match=r"found a link that leads outside its folder, expected a file in it$"
        ) as told:
            Folder.on_disk(inside).read(name)
        assert [(problem.code, problem.place.file) for problem in told.value.problems] == [
            ("outside", f"{inside.resolve()}/{name}")
        ]


def test_a_folder_beside_with_a_longer_name_is_outside(tmp_path):
    """A link into a neighbor whose name begins like the folder's is outside too."""
    for name in ("in", "in-side"):
        (tmp_path / name).mkdir()
    (tmp_path / "in-side" / "f.yaml").write_text("a: b", "utf-8")
    (tmp_path / "in" / "f.yaml").symlink_to(tmp_path / "in-side" / "f.yaml")
    with pytest.raises(ContentError, match="leads outside"):
        Folder.on_disk(tmp_path / "in").read("f.yaml")


def test_a_link_inside_is_followed_and_a_loop_is_no_file(tmp_path):
    """Links within the folder work; a link to itself is no file; a folder may be reached by a link."""
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "real.yaml").write_text("a: b", "utf-8")
    (inside / "f.yaml").symlink_to("real.yaml")
    (inside / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "door").symlink_to(inside)
    for folder in (Folder.on_disk(inside), Folder.on_disk(tmp_path / "door")):
        assert folder.read("f.yaml").text == "a: b"
        assert folder.path == str(inside.resolve())
        with pytest.raises(ContentError, match="found no such file"):
            folder.read("loop.yaml")


def test_a_folder_tells_what_it_holds(tmp_path):
    """A folder on disk lists its names in order, and knows files from folders."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.yaml").write_text("a: b", "utf-8")
    (tmp_path / "a.yaml").write_text("a: b", "utf-8")
    folder = Folder.on_disk(tmp_path)
    assert folder.names() == ("a.yaml", "b")
    assert folder.names("b") == ("c.yaml",)
    assert folder.names("a.yaml") == folder.names("missing") == ()
    assert [folder.holds(name) for name in ("a.yaml", "b", "b/c.yaml", "c.yaml")] == [True, False, True, False]


def test_a_packaged_folder_tells_what_it_holds():
    """A folder of the package is found by its anchor, from any folder of its own."""
    decks = Folder.packaged("intimacy_tarot.decks")
    own = Folder.packaged("intimacy_tarot.decks", "rider-waite-smith")
    assert {"major-arcana", "rider-waite-smith"} <= set(decks.names())
    assert own.names() == decks.names("rider-waite-smith")
    assert own.names("major_arcana")[0] == "00.yaml"
    assert own.holds("deck.yaml")
    assert not own.holds("major_arcana")
    assert own.read("deck.yaml") == decks.read("rider-waite-smith/deck.yaml")
    assert own.names("missing") == ()
    assert Folder.packaged("intimacy_tarot", "wording/en").read("care.yaml").file == "wording/en/care.yaml"


def test_folders_and_sources_are_values():
    """Folders and sources compare and hash by what they hold, and cannot be changed."""
    for make, field in ((lambda: Folder("a", "b"), "path"), (lambda: Source("f", "text"), "text")):
        assert make() == make()
        assert hash(make()) == hash(make())
        with pytest.raises(AttributeError):
            setattr(make(), field, "other")


def test_the_c_loader_reads_where_it_is_there():
    """The quick loader is taken where PyYAML has it, and the pure one elsewhere."""
    assert LOADERS.get("c", yaml.SafeLoader) is _source._LOADER


@pytest.mark.parametrize(
    ("folder", "label", "recorded"),
    [
        (Folder.packaged("intimacy_tarot.decks", "own"), "decks/own", "decks/own/f.yaml"),
        (Folder.packaged("intimacy_tarot.spreads"), "spreads", "spreads/f.yaml"),
        (Folder.packaged("intimacy_tarot"), "", "f.yaml"),
        (Folder.packaged("intimacy_tarot.decks.own", "deep/er"), "decks/own/deep/er", "decks/own/deep/er/f.yaml"),
        (Folder("", "/some/where"), "/some/where", "f.yaml"),
        (Folder("", "/some/where", "mine"), "/some/where", "mine/f.yaml"),
    ],
)
def test_a_folder_is_called_by_its_place_and_recorded_without_it(folder, label, recorded):
    """Messages call a folder by where it lies; a reading's record never says where on disk that is."""
    assert folder.label == label
    assert folder.recorded("f.yaml") == recorded
    assert pickle.loads(pickle.dumps(folder)) == folder  # noqa: S301  our own


def test_a_folder_on_disk_is_its_real_path(tmp_path, monkeypatch):
    """A relative path is settled when the folder is named, and what it is called is kept."""
    monkeypatch.chdir(tmp_path)
    assert Folder.on_disk("a/../b", "mine") == Folder("", str(tmp_path.resolve() / "b"), "mine")


# The stream of events


def test_a_plain_file_gives_its_events_in_order(loader):
    """Scalars come with their text and whether they are plain, and everything with its place."""
    text = "# head\na: b\n'c': [1, \"d\"]\ne:\n  - >-\n    f\n    g\n  - ~\nh: {}\n"
    found = [event for event in events(text) if event.kind != "end"]
    assert found == [
        Event("mapping", "", False, 2, 1),
        Event("scalar", "a", True, 2, 1),
        Event("scalar", "b", True, 2, 4),
        Event("scalar", "c", False, 3, 1),
        Event("sequence", "", False, 3, 6),
        Event("scalar", "1", True, 3, 7),
        Event("scalar", "d", False, 3, 10),
        Event("scalar", "e", True, 4, 1),
        Event("sequence", "", False, 5, 3),
        Event("scalar", "f g", False, 5, 5),
        Event("scalar", "~", True, 8, 5),
        Event("scalar", "h", True, 9, 1),
        Event("mapping", "", False, 9, 4),
    ]
    assert [event.kind for event in events(text)].count("end") == 4


def test_an_event_needs_only_its_kind():
    """An event is without text and at the file's head unless told."""
    assert Event("end") == Event("end", "", False, 1, 1)


def test_columns_count_characters(loader):
    """A column counts what a reader sees, not bytes."""
    assert [(event.value, event.column) for event in events("{é界𝄞: x, y: z}")][1:-1] == [
        ("é界𝄞", 2),
        ("x", 7),
        ("y", 10),
        ("z", 13),
    ]


@pytest.mark.parametrize("text", ["---\na: b\n", "a: b\n...\n", "--- # x\na: b\n...\n# end\n", "\n\na: b", "a: b\r\n"])
def test_the_marks_of_one_document_are_no_events(loader, text):
    """A document may be marked as such, and says the same."""
    assert [event.value for event in events(text)] == ["", "a", "b", ""]


@pytest.mark.parametrize("text", ["No", "12:30", "2024-01-01", "0o7", "1e3", "~", "null", "yes", ".inf", "=", "<<"])
def test_a_plain_scalar_is_its_own_text(loader, text):
    """No scalar turns into anything while it is read."""
    assert events(text) == [Event("scalar", text, True, 1, 1)]


REFUSED = {
    "a: &x b": ("anchor", 1, 4),
    "&x a: b": ("anchor", 1, 1),
    "a: &x\n  b: c": ("anchor", 1, 4),
    "a: &x [b]": ("anchor", 1, 4),
    "a: &x !!str b": ("anchor", 1, 4),
    "a: b\nc: &x d\ne: *x": ("anchor", 2, 4),
    "a: *x": ("alias", 1, 4),
    "*x : a": ("alias", 1, 1),
    "- a\n- *x": ("alias", 2, 3),
    "<<: *x": ("alias", 1, 5),
    "a: !!str b": ("tag", 1, 4),
    "a: ! b": ("tag", 1, 4),
    "a: !x b": ("tag", 1, 4),
    "a: !<x> b": ("tag", 1, 4),
    "!!map\na: b": ("tag", 1, 1),
    "a: !!python/object/apply:os.system [b]": ("tag", 1, 4),
    "a: b\nc: !!seq\n  - d": ("tag", 2, 4),
    "%YAML 1.2\n---\na: b": ("directive", 1, 1),
    "%YAML 1.1\n---\na: b": ("directive", 1, 1),
    "%TAG ! x:\n---\na: b": ("directive", 1, 1),
    "#a\n%YAML 1.1\n---\na: b": ("directive", 2, 1),
    "a: b\n---\nc: d": ("document", 2, 1),
    "---\n---\n": ("document", 2, 1),
    "a: b\n...\n---\nc: d": ("document", 3, 1),
    '"\\0"': ("unfit-character", 1, 1),
    'a: b\nc: "\\x1b[2J"': ("unfit-character", 2, 4),
    'a: "\\u202e"': ("unfit-character", 1, 4),
    'a: "\\N"': ("unfit-character", 1, 4),
    'a: "\\L"': ("unfit-character", 1, 4),
    '"\\e": a': ("unfit-character", 1, 1),
    "": ("empty-file", 1, 1),
    "# only words\n": ("empty-file", 1, 1),
    " \n\n": ("empty-file", 1, 1),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_plain_yaml_is_refused_at_its_place(loader, text):
    """Anchors, aliases, tags, directives, further documents, hidden characters and tabs end the reading there."""
    assert halted(text) == REFUSED[text]


@pytest.mark.parametrize("text", ["%FOO bar\n---\na: b", "%\n---\na: b"])
def test_an_unknown_directive_is_refused_too(loader, text):
    """Any directive is refused, not only those that YAML names."""
    assert halted(text)[:2] in {("directive", 1), ("syntax", 1)}


@pytest.mark.parametrize(
    "text",
    [
        "a: b\tc",
        "a\tb: c",
        "a:\tb",
        "a: b\t",
        "a: b\t# c",
        "[a,\tb]",
        "{a:\tb}",
        "-\ta",
        "\ta: b",
        "a:\n\tb",
        "a: b # c\td",
        "a: |\n  b\tc",
        "a: >-\n  b\tc\nd: e",
        "a: 'b\tc'\nd: e\tf",
        "a: b\n\t",
        "\t# a\nb: c",
        "\t\na: b",
        "# a\tb\na: b",
    ],
)
def test_a_tab_stands_only_in_quotes(loader, text):
    """A tab outside quoted text is refused where it stands, whichever loader reads it."""
    before = text[: text.rindex("\t")]
    assert halted(text)[0] in {"tab", "syntax"}
    assert halted(text)[1:] == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize("text", ['"a\tb"', "'a\tb'", '"a\\tb"', "a: 'b\tc'", '"a\tb": c'])
def test_a_tab_in_quotes_is_text(loader, text):
    """A tab inside quotes is read as it is."""
    assert any("\t" in event.value for event in events(text))


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: [b",
        "a: {b",
        "[,]",
        "a: b\n c: d",
        "{a: b} c",
        "a: b\n]",
        "'",
        '"',
        '"\\z"',
        '"\\x"',
        "@a",
        "`a",
        "a: |0\n b",
        "%YAML 9.9\n---\na",
        "- a\nb: c",
        f"%YAML 1.{'9' * 5000}\n---\na",
    ],
)
def test_broken_yaml_is_a_syntax_fault(loader, text):
    """What no YAML reader can follow is told as a fault of syntax, inside the file."""
    code, line, column = halted(text)
    assert code == "syntax"
    assert line <= text.count("\n") + 2
    assert column <= len(text) + 1


def test_a_syntax_fault_is_placed_where_reading_failed(loader):
    """The place of a syntax fault is the loader's own."""
    assert halted("a: b\nc: @d\n") == ("syntax", 2, 4)
    with pytest.raises(Halt, match=r"cannot be read \(found character .*that cannot start any token\), expected plain"):
        events("a: b\nc: @d\n")


@pytest.mark.parametrize("code", [0x110000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF], ids=hex)
def test_an_escape_beyond_unicode_is_a_fault(loader, code):
    """An escaped number that no character has is told, however large."""
    assert halted(f'a: "\\U{code:08X}"')[:2] == ("syntax", 1)


@pytest.mark.parametrize("code", SURROGATES, ids=hex)
def test_an_escaped_surrogate_is_a_fault(loader, code):
    """Half of a pair is no character, and is told by whoever meets it first."""
    assert halted(f'a: "\\u{code:04X}"')[:2] in {("unfit-character", 1), ("syntax", 1)}


@pytest.mark.parametrize(("opener", "closer"), [("[", "]"), ("{a: ", "}"), ("- ", "")], ids=["[", "{", "-"])
def test_a_file_is_so_deep_and_no_deeper(loader, opener, closer):
    """MOST_DEPTH levels are read, and one more is refused where it begins."""
    assert len(events(opener * MOST_DEPTH + "a" + closer * MOST_DEPTH)) >= 2 * MOST_DEPTH + 1
    deeper = opener * (MOST_DEPTH + 1) + "a" + closer * (MOST_DEPTH + 1)
    assert halted(deeper) == ("too-deep", 1, len(opener) * MOST_DEPTH + 1)


def test_levels_that_are_closed_count_no_more(loader):
    """Depth is of what is open at one time."""
    assert len(events("[" + "[], " * 50 + "]")) == 102
    assert halted("[" + "[], " * 50 + "[" * MOST_DEPTH) == ("too-deep", 1, 1 + 200 + MOST_DEPTH)


def test_a_scalar_is_so_long_and_no_longer(loader):
    """MOST_CHARACTERS characters are read in one scalar, and one more is refused; so in a key."""
    assert events("é" * MOST_CHARACTERS)[0].value == "é" * MOST_CHARACTERS
    assert events('["\\\\", ' + "é" * MOST_CHARACTERS + "]")[2].value == "é" * MOST_CHARACTERS
    assert halted("a: b\nc: " + "é" * (MOST_CHARACTERS + 1)) == ("too-long", 2, 4)
    assert halted(f"? {'k' * (MOST_CHARACTERS + 1)}\n: a") == ("too-long", 1, 3)


def test_a_file_holds_so_many_values_and_no_more():
    """MOST_NODES events are read, and one more is refused where it stands."""
    most = MOST_NODES - 2
    assert len(events("- a\n" * most)) == MOST_NODES
    assert halted("- a\n" * (most + 2))[:2] == ("too-many", most + 2)


def test_too_many_values_at_the_last_level_are_too_many():
    """Where a file is as deep as it may be, and too long, it is told that it is too long."""
    assert halted("[" * MOST_DEPTH + "a," * MOST_NODES)[0] == "too-many"


HOSTILE = {
    "flow lists": "[" * 100_000,
    "closed flow lists": "[" * 100_000 + "]" * 100_000,
    "flow mappings": "{a: " * 100_000,
    "flow keys": "{" * 100_000,
    "explicit keys": "? " * 100_000,
    "block lists": "- " * 100_000,
    "block lists, line by line": "".join(" " * depth + "-\n" for depth in range(1500)),
    "block mappings": "".join(" " * depth + "a:\n" for depth in range(1500)),
    "lists in mappings": "[{a: " * 50_000,
    "empty pairs": "{[" * 50_000,
    "anchors": "&a [" * 50_000,
    "tags": "! " * 100_000,
    "quotes": "'" * 199_999,
    "brackets in quotes": '"' + "[" * 100_000,
    "a long line": "a" * 200_000,
    "colons": "a:" * 100_000,
    "commas": "[" + "," * 100_000,
    "hyphens": "-" * 200_000,
    "comments": "#" * 200_000,
    "spaces": " " * 200_000 + "a: b: c",
    "lines": "\n" * 200_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_ends_in_an_error_on_a_small_stack(loader, kind):
    """Nesting and repetition of any kind give content or one of our errors, from a thread with a 256 KB stack."""
    ended = []

    def read() -> None:
        try:
            events(HOSTILE[kind])
        except Halt as halt:
            ended.append(halt.problem.code)
        else:
            ended.append("content")

    before = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert len(ended) == 1
    if kind.startswith(("flow", "closed", "explicit", "block", "lists")):
        assert ended == ["too-deep"]


def test_a_parser_that_refuses_nesting_by_itself_is_heard_as_such(monkeypatch):
    """Where the parser looks ahead and stops at its own limit of levels, the fault is told like ours."""

    def parse(*_, **__):
        raise yaml.scanner.ScannerError("while increasing flow level", None, "exceeded maximum nesting depth", MARK)
        yield

    monkeypatch.setattr(yaml, "parse", parse)
    with pytest.raises(Halt) as told:
        events("[[")
    assert (told.value.problem.code, told.value.problem.place) == ("too-deep", Place("f.yaml", 3, 5))
    assert told.value.problem.message == MESSAGES["too-deep"]


@pytest.mark.parametrize("name", LOADERS)
@given(raw=BYTES)
@example(raw=b"footer: a\nnotes: {b: c}")
@example(raw=b'"\\UFFFFFFFF"')
@example(raw=b"%FOO bar\n---\na")
@example(raw=b"\xef\xbb\xbf\xef\xbb\xbfa")
def test_any_bytes_give_content_or_our_own_errors(name, raw):
    """Whatever a file holds, reading it gives content or ContentError with placed problems, and nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_source, "_LOADER", LOADERS[name])
        for model in (CareFile, CardText):
            found = outcome(raw, model)
            if isinstance(found, ContentError):
                assert found.problems
                assert all(problem.place.file == "f" and problem.place.line > 0 for problem in found.problems)
            else:
                assert isinstance(found, model)


def read_by(name: str, text: str) -> list[tuple[str, str, bool]] | None:
    """Return what one of the loaders reads, places left out, or None where it refuses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_source, "_LOADER", LOADERS[name])
        try:
            return [event[:3] for event in events(text)]
        except Halt:
            return None


@given(TEXTS)
@example("a: >-\n  b\n  c\nd: {e: 'f', \"g\": [h, ~]}\n")
def test_the_loaders_never_read_two_things(text):
    """What both loaders accept, they read the same, whatever it is."""
    found = [one for one in (read_by(name, text) for name in LOADERS) if one is not None]
    assert all(one == found[0] for one in found)


@given(st.text("abc é'\"#:{}[]-,|>&*!%@`?", min_size=1, max_size=30).filter(str.strip))
def test_both_loaders_read_what_authors_write(words):
    """In each style that authors use, both loaders read the same words at the same places."""
    plain = words.replace('"', "")
    written_as = [
        ("footer: '{0}'\nnotes:\n  hard-no: {{text: '{0}'}}\n", words.replace("'", "''"), words),
        ('footer: "{0}"\nnotes: {{"hard-no": "{0}"}}\n', plain, plain),
        ("footer: >-\n  {0}\nnotes:\n  hard-no: |-\n    {0}\n", f"x{words.strip()}", f"x{words.strip()}"),
    ]
    for form, inner, value in written_as:
        found = []
        for one in LOADERS.values():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(_source, "_LOADER", one)
                found.append([event for event in events(form.format(inner)) if event.kind != "end"])
        assert found[0] == found[-1]
        quoted = [event.value for event in found[0] if event.kind == "scalar" and not event.plain]
        assert quoted.count(value) == 2


# Figures that authors are told of


def test_the_limits_are_those_that_are_told():
    """A file has at most two million bytes, 100,000 values, twelve levels, and 20,000 characters in one value."""
    assert (MOST_BYTES, _source.MOST_NODES, _source.MOST_DEPTH, _source.MOST_CHARACTERS) == (
        2_000_000,
        100_000,
        12,
        20_000,
    )
    assert _source._size_fault(12)[0] == "too-many"
    assert _source._size_fault(13)[0] == "too-deep"


@pytest.mark.parametrize("most", [0, 9, 10, 11])
def test_a_file_is_read_no_further_than_it_must_be(tmp_path, most):
    """One byte more than is allowed is enough to know that there is more."""
    (tmp_path / "f.yaml").write_bytes(b"a" * 40)
    assert len(_source.Folder.on_disk(tmp_path).raw("f.yaml", most)) == most + 1


def test_folders_and_files_keep_nothing_beside_their_fields(tmp_path):
    """A folder and a file's text are values, and nothing can be hung on them."""
    for value in (_source.Folder.on_disk(tmp_path), _source.Source("f.yaml", "a: b")):
        assert not hasattr(value, "__dict__")


def test_a_name_that_is_too_long_for_the_disk_is_one_that_no_file_has(tmp_path):
    """A folder holds no such file, and says so without an error of the system's."""
    assert not Folder.on_disk(tmp_path).holds("x" * 5000)
    assert not Folder.on_disk(tmp_path).holds("folder/" + "x" * 5000 + ".yaml")
