"""The letters of a file: bytes that are no text are refused, the rest is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.interchange.encodings import UnknownLettersError, decode

KAZAKH = "Хаттаманы кім жүргізеді? {=хатшы ~төраға}\n"
RUSSIAN = "Кто ведёт протокол? {=секретарь ~председатель}\n"


@pytest.mark.parametrize(
    "content", [b"\x7fELF\0\0\1\2\3", KAZAKH.encode("utf-32"), b"\xef\xbb\xbf\xff", b"\xff\xfea"]
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(UnknownLettersError):
        decode(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_kazakh_text_is_read_in_every_encoding_that_has_its_letters(encoding):
    assert decode(KAZAKH.encode(encoding)).text == KAZAKH


def test_an_old_russian_file_is_read_and_named():
    letters = decode(RUSSIAN.encode("cp1251"))
    assert (letters.text, letters.encoding) == (RUSSIAN, "cp1251")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_refused(content):
    try:
        read = decode(content)
    except UnknownLettersError:
        return
    assert "\x00" not in read.text
    assert read.encoding in {"utf-8", "utf-16-le", "utf-16-be", "cp1251"}
