"""Files of strangers that mean harm: each refused in one line, soon, the caller untouched."""

import base64
import gzip
import io
import os
import random
import resource
import time
import zipfile

import pytest
from PIL import Image, PngImagePlugin

from exam.services.interchange.asking import Limits
from exam.services.interchange.pictures import as_png
from exam.services.interchange.reports import read_file
from question_bank.interchange.qti_package import inside
from tests import workbooks
from tests.workbooks import package

XML = '<?xml version="1.0"?>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier">
<correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody>{body}<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>Кім?</prompt>
<simpleChoice identifier="A">Ол</simpleChoice><simpleChoice identifier="B">Мен</simpleChoice>
</choiceInteraction></itemBody></assessmentItem>"""
MANIFEST = '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="{href}"/></resources></manifest>'


def zipped(*entries, compression=zipfile.ZIP_DEFLATED):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", compression) as made:
        for name, content in entries:
            made.writestr(name, content)
    return kept.getvalue()


def qti(*more, href="a.xml", body=""):
    return zipped(("imsmanifest.xml", MANIFEST.format(href=href)), ("a.xml", ITEM.format(body=body)), *more)


def link():
    entry = zipfile.ZipInfo("link.xml")
    entry.external_attr = 0o120777 << 16
    return entry


def locked():
    content = bytearray(qti())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + place] |= 1
            start += 4
    return bytes(content)


def quiz(inner, doctype=""):
    return f"{XML}{doctype}<quiz>{inner}</quiz>".encode()


FILES = {
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \n\t\n", "empty"),
    "a page named .xml": (lambda: b"<!DOCTYPE html><html><body>x</body></html>", "web-page"),
    "a page that says it is XML": (lambda: XML.encode() + b"<html><body><p>x</p></body></html>", "web-page"),
    "a page after a mark": (lambda: b"\xef\xbb\xbf\n<HTML><head></head></HTML>", "web-page"),
    "a page in UTF-16": (lambda: "<html><body>x</body></html>".encode("utf-16"), "web-page"),
    "an entity from a file": (
        lambda: quiz("&f;", '<!DOCTYPE quiz [<!ENTITY f SYSTEM "file:///etc/hostname">]>'),
        "entities",
    ),
    "an entity from the network": (
        lambda: quiz("&f;", '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "entities",
    ),
    "a billion laughs": (lambda: quiz("&l9;", f'<!DOCTYPE quiz [<!ENTITY l0 "ha">{LAUGHS}]>'), "entities"),
    "elements nested 100,000 deep": (lambda: b"<quiz>" * 100_000 + b"</quiz>" * 100_000, "too-deep"),
    "a million elements": (lambda: quiz("<a/>" * 1_000_000), "too-many-elements"),
    "XML cut off": (lambda: b"<quiz><question type='essay'>", "xml"),
    "XML of something else": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "format"),
    "XML in no encoding": (lambda: b'<?xml version="1.0" encoding="martian"?><quiz/>', "encoding"),
    "bytes": (lambda: random.Random(7).randbytes(50_000), "encoding"),
    "a program": (lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 500, "encoding"),
    "a letter": (lambda: "Құрметті әріптес, сұрақтар кейін болады.".encode(), "format"),
    "more than 16 MB": (lambda: b"a" * (16 * 1024**2 + 1), "file-too-large"),
    "10 KB that unpack to 200 MB": (workbooks.overlapping, "entries-overlap"),
    "600,000 rows in 87 KB": (
        lambda: package("<row><c><v>1</v></c></row>" * 600_000),
        "packed-too-tightly",
    ),
    "rows without end": (
        lambda: package("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_001))),
        "sheet-too-many-rows",
    ),
    "a sheet that lies about its size": (
        lambda: package(workbooks.cell("A1", "x"), size="A1:XFD1048576"),
        "sheet-too-many-rows",
    ),
    "a sheet with entities": (
        lambda: package("", doctype='<!DOCTYPE x [<!ENTITY a "b">]>'),
        "sheet-with-entities",
    ),
    "a sheet with macros": (lambda: package("", **{"xl/vbaProject.bin": b"x"}), "sheet-with-macros"),
    "100 MB of zeros": (lambda: qti(("b.bin", b"\0" * 100 * 1024**2)), "packed-too-tightly"),
    "too many entries": (lambda: qti(*((f"{n}.txt", b"") for n in range(2_001))), "too-many-entries"),
    "a path up": (lambda: qti(("../../etc/cron.d/x", b"x")), "path"),
    "a path up with back strokes": (lambda: qti(("..\\..\\x", b"x")), "path"),
    "a path from the root": (lambda: qti(("/etc/passwd", b"x")), "path"),
    "a path of a drive": (lambda: qti(("C:/x", b"x")), "path"),
    "a link": (lambda: qti((link(), b"/etc/passwd")), "path"),
    "names that meet": (lambda: qti(("A.xml", b"x")), "names"),
    "a locked package": (locked, "package-locked"),
    "a package cut off": (lambda: qti()[:-40], "package-damaged"),
    "a zip of nothing we know": (lambda: zipped(("x.php", b"<?php")), "package-of-others"),
    "a manifest with entities": (
        lambda: zipped(("imsmanifest.xml", '<!DOCTYPE m [<!ENTITY a "b">]><manifest/>')),
        "entities",
    ),
    "entities in UTF-16": (
        lambda: quiz("&l9;", f'<!DOCTYPE quiz [<!ENTITY l0 "ha">{LAUGHS}]>').decode().encode("utf-16"),
        "entities",
    ),
    "entities in UTF-16 that says it is UTF-8": (
        lambda: (
            quiz("&l9;", f'<!DOCTYPE quiz [<!ENTITY l0 "ha">{LAUGHS}]>')
            .decode()
            .replace("?>", ' encoding="UTF-8"?>', 1)
            .encode("utf-16")
        ),
        "entities",
    ),
    "entities in Windows-1251": (
        lambda: (
            quiz("Кім &f;", '<!DOCTYPE quiz [<!ENTITY f SYSTEM "file:///etc/hostname">]>')
            .decode()
            .encode("cp1251", "replace")
        ),
        "entities",
    ),
    "QTI 1.2": (lambda: XML.encode() + b"<questestinterop><assessment/></questestinterop>", "qti-old"),
    "100 MB of zeros in a .gz": (lambda: gzip.compress(b"0" * 100 * 1024**2), "encoding"),
    "a package in a package": (lambda: qti(("b.zip", qti()), href="b.zip"), "xml"),
    "10 MB on one line": (lambda: b"q {=a ~b} " * 1_000_000, "braces"),
    "a zero in XML": (lambda: quiz("\0"), "encoding"),
    "a manifest that leads out": (lambda: qti(href="../../etc/passwd"), "href"),
    "a manifest that leads to the network": (lambda: qti(href="http://127.0.0.1:9/a.xml"), "href"),
}


@pytest.mark.parametrize(("made", "check"), FILES.values(), ids=FILES)
def test_a_hostile_file_is_refused_in_one_line_and_soon(made, check):
    content = made()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    report = read_file("items.xml", content)
    assert report.drafts == ()
    [problem] = report.problems
    assert problem.check == check
    assert "\n" not in problem.message
    assert len(problem.message) < 200
    assert time.monotonic() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_the_hostile_files_are_as_small_as_they_are_said_to_be():
    assert len(workbooks.overlapping()) < 12_000
    assert len(package("<row><c><v>1</v></c></row>" * 600_000)) < 90_000


def test_what_takes_too_long_is_ended_by_the_clock():
    began = time.monotonic()
    report = read_file("a.gift", b"a {=b ~c}\n\n" * 100_000, limits=Limits(seconds=1))
    assert report.problems[0].check in {"takes-too-long", "costs-too-much"}
    assert time.monotonic() - began < 5


def test_what_needs_too_much_memory_is_ended():
    report = read_file("a.gift", b"a {=b ~c}\n\n" * 15_000, limits=Limits(memory_bytes=64 * 1024**2))
    assert report.problems[0].check == "costs-too-much"


TANGLES = {
    "open spans": '<span lang="kk" class="multilang">' * 20_000,
    "half spans": "<span " * 100_000 + "multilang",
    "colons": "::" * 200_000,
    "shares": "a {" + "~%5" * 100_000 + "}",
    "braces": "{" * 200_000,
    "arrows": "a {=" + "->" * 100_000 + "}",
    "dots": "a {#" + ".." * 100_000 + "}",
    "blank lines": "\n" * 400_000 + "ANSWER",
    "blanks": "ANSWER:" + " " * 200_000 + "x\nA) a",
    "tags": "a {=<" + " " * 200_000 + " ~b}",
    "brackets": "// " + "[tag:" * 100_000,
    "entities": "a {=" + "&amp" * 100_000 + " ~<b>x</b>}",
}


def costs_of_children() -> float:
    """Seconds of processor time that the reading child processes took: a busy machine adds none."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


SHOWN = {
    "half images": "<img " * 16_000,
    "half pictures": "![" * 40_000,
    "quotes": '<img alt="' + "' " * 700 + ">",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_no_pattern_for_pictures_is_tangled(text):
    before = costs_of_children()
    report = read_file(
        "m.xml",
        quiz(
            f"""<question type="truefalse"><questiontext><text><![CDATA[{text}]]></text></questiontext>
            <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
            </question>"""
        ),
    )
    assert report.format == "moodle"
    assert costs_of_children() - before < 8


@pytest.mark.parametrize("text", TANGLES.values(), ids=TANGLES)
def test_no_pattern_is_tangled_by_a_long_text(text):
    before = costs_of_children()
    report = read_file("a.gift", text.encode())
    assert not {each.check for each in report.problems} & {"takes-too-long", "costs-too-much"}
    assert costs_of_children() - before < 8


MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate attributeName=href values=javascript:alert(1) /></svg>",
    '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    "<a href='javascript:alert(1)'>x</a>",
    "<p style='background:url(http://127.0.0.1/x)' onclick=alert(1)>x</p>",
    "<iframe src='http://127.0.0.1'></iframe>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<style>@import 'http://127.0.0.1/x'</style>",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_no_markup_of_strangers_survives_and_its_loss_is_noted(markup):
    moodle = quiz(
        f"""<question type="multichoice"><name><text>n</text></name><questiontext format="html">
        <text><![CDATA[Кім? {markup}]]></text></questiontext><single>true</single>
        <answer fraction="100" format="html"><text><![CDATA[Ол {markup}]]></text></answer>
        <answer fraction="0"><text>Мен</text></answer></question>"""
    )
    for name, content in {
        "q.xml": moodle,
        "q.gift": f"Кім? {_escaped(markup)} {{=Ол ~Мен}}".encode(),
    }.items():
        report = read_file(name, content)
        [draft] = report.drafts
        for text in (draft.stem, *(option.text for option in draft.options)):
            said = (text.kk + text.ru).lower()
            assert "<" not in said
            assert "alert" not in said or "javascript" not in said
        assert any(note.check in {"markup", "picture"} for note in report.notes) or "style" in markup


def _escaped(text):
    return "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)


def test_a_picture_is_painted_anew_without_what_was_hidden_in_it():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<?php system($_GET[0]); ?>")
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(kept, "PNG", pnginfo=told)
    content = kept.getvalue() + b"<script>alert(1)</script>"
    report = read_file("p.zip", qti(("i.png", content), body='<p><img src="i.png" alt="белгі"/></p>'))
    [png] = report.pictures.values()
    assert report.drafts[0].picture in report.pictures
    assert b"php" not in png
    assert b"script" not in png
    assert Image.open(io.BytesIO(png)).getpixel((3, 3)) == (0, 0, 128)


@pytest.mark.parametrize(
    "content",
    [b"<svg onload='x()'/>", b"GIF89a<?php", b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"%!PS-Adobe"],
)
def test_what_is_no_picture_is_not_kept_and_it_is_noted(content):
    report = read_file("p.zip", qti(("i.png", content), body='<p><img src="i.png"/></p>'))
    assert report.pictures == {}
    assert report.drafts[0].picture == ""
    assert "picture-unreadable" in {note.check for note in report.notes}


def test_a_flood_of_pixels_is_not_painted():
    kept = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(kept, "PNG")
    assert len(kept.getvalue()) < 200_000
    assert as_png(kept.getvalue()) is None


def test_a_picture_elsewhere_is_not_fetched():
    report = read_file("p.zip", qti(body='<p><img src="http://127.0.0.1:9/i.png"/></p>'))
    assert "picture-missing" in {note.check for note in report.notes}
    assert report.pictures == {}


@pytest.mark.parametrize(
    "href",
    ["../x", "/x", "a/../../x", "%2e%2e/x", "..\\x", "http://h/x", "//h/x", "file:///x", "C:/x", "", "x\0"],
)
def test_a_reference_never_leads_out_of_the_package(href):
    assert inside(href, "") is None


def test_the_child_learns_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("SYNAQ_SECRET", "x")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert read_file("a.gift", "Кім? {=Ол ~Мен}".encode()).format == "gift"
    assert os.environ["PYTHONPATH"] == "/nowhere"


def test_a_picture_inside_moodle_xml_is_painted_anew():
    kept = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(kept, "JPEG")
    packed = base64.b64encode(kept.getvalue()).decode()
    report = read_file(
        "m.xml",
        quiz(
            f"""<question type="truefalse"><name><text>n</text></name>
            <questiontext><text>Рас па?</text>
            <file name="../../x.php" encoding="base64">{packed}</file></questiontext>
            <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
            </question>"""
        ),
    )
    [(name, png)] = report.pictures.items()
    assert name.endswith(".png")
    assert "/" not in name
    assert png.startswith(b"\x89PNG")
