"""A picture travels inside a QTI package; without its bytes none is promised."""

import io
import zipfile
from dataclasses import replace

from question_bank.interchange.qti_package import read_package
from question_bank.interchange.qti_writing import write_package
from question_bank.interchange.writing import write_file
from question_bank.items import Text
from tests.question_bank.interchange.test_moodle_writing import DRAFT, PNG


def entries(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_without_its_bytes_no_entry_is_written():
    found = entries(write_package([DRAFT]))
    assert sorted(found) == ["imsmanifest.xml", "items/00001.xml"]
    assert b"<img" not in found["items/00001.xml"]


def test_a_picture_is_read_back_byte_for_byte_without_a_note():
    content = write_file([DRAFT], "qti21", pictures={"a.png": PNG})
    _form, reading = read_package(entries(content), "f.zip")
    assert [png for _, png in reading.pictures] == [PNG]
    assert not reading.notes
    assert not reading.problems


def test_the_manifest_names_the_picture():
    found = entries(write_package([DRAFT], pictures={"a.png": PNG}))
    assert b'href="pictures/a.png"' in found["imsmanifest.xml"]


def test_what_a_picture_shows_is_read_back_in_both_languages():
    details = (("image_alt_kk", "Төрт белгі"), ("image_alt_ru", "Четыре знака"))
    content = write_package([replace(DRAFT, details=details)], pictures={"a.png": PNG})
    assert 'alt="Төрт белгі / Четыре знака"' in entries(content)["items/00001.xml"].decode()
    _form, reading = read_package(entries(content), "f.zip")
    assert reading.drafts[0].details == details


def test_what_a_stranger_says_of_a_picture_is_kept():
    found = entries(write_package([DRAFT], pictures={"a.png": PNG}))
    found["items/00001.xml"] = found["items/00001.xml"].replace(b'alt=""', 'alt="Төрт белгі"'.encode())
    _form, reading = read_package(found, "f.zip")
    assert reading.drafts[0].described == Text("Төрт белгі", "")
    assert not reading.notes
