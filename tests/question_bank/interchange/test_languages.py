"""The language of a question: told by itself, supposed by the others of its file, and then noted."""

import pytest

from question_bank.interchange.aiken import read_aiken
from question_bank.interchange.gift import read_gift
from question_bank.interchange.languages import language_of, looks_mixed, usual_language
from question_bank.interchange.moodle_xml import read_moodle
from question_bank.interchange.qti_package import read_package
from question_bank.items import Text
from question_bank.reading import shipped_bank
from tests.question_bank.interchange.test_qti import item

KAZAKH = ("Хаттаманы кім жүргізеді?", "хатшы", "орган")
RUSSIAN = ("Кто ведёт протокол?", "секретарь", "орган")
EITHER = ("Астана?", "министр", "прокурор")


def gift(questions):
    return read_gift("\n\n".join("{} {{={} ~{}}}".format(*each) for each in questions), "f")


def aiken(questions):
    return read_aiken("\n".join("{}\nA) {}\nB) {}\nANSWER: A\n".format(*each) for each in questions), "f")


def moodle(questions):
    asked = "".join(
        "<question type='multichoice'><questiontext format='html'><text>&lt;p&gt;{}&lt;/p&gt;</text>"
        "</questiontext><answer fraction='100'><text>{}</text></answer>"
        "<answer fraction='0'><text>{}</text></answer></question>".format(*each)
        for each in questions
    )
    return read_moodle(f"<quiz>{asked}</quiz>".encode(), "f")


def qti(questions):
    body = (
        "<choiceInteraction responseIdentifier='R' maxChoices='1'><prompt>{}</prompt>"
        "<simpleChoice identifier='A'>{}</simpleChoice><simpleChoice identifier='B'>{}</simpleChoice>"
        "</choiceInteraction>"
    )
    entries = {f"{n}.xml": item(body.format(*each), "A").encode() for n, each in enumerate(questions)}
    listed = "".join(f"<resource type='imsqti_item_xmlv2p1' href='{name}'/>" for name in entries)
    manifest = f"<manifest><resources>{listed}</resources></manifest>".encode()
    return read_package({"imsmanifest.xml": manifest, **entries}, "f")[1]


READERS = pytest.mark.parametrize("reader", [gift, aiken, moodle, qti])


@READERS
def test_one_kazakh_question_does_not_make_the_others_kazakh(reader):
    reading = reader([RUSSIAN, KAZAKH, (*RUSSIAN[:1], "да", "нет")])
    assert [draft.languages for draft in reading.drafts] == [("ru",), ("kk",), ("ru",)]
    assert not reading.notes


@READERS
def test_an_option_is_in_the_language_of_its_question(reader):
    reading = reader([KAZAKH, RUSSIAN])
    assert [draft.options[1].text for draft in reading.drafts] == [Text("орган", ""), Text("", "орган")]


@READERS
@pytest.mark.parametrize(("others", "language"), [(KAZAKH, "kk"), (RUSSIAN, "ru")])
def test_a_question_without_a_sign_is_in_the_language_of_the_others_and_it_is_noted(reader, others, language):
    reading = reader([others, EITHER, (*others[:1], "хатшы", "мүше")])
    assert reading.drafts[1].languages == (language,)
    assert [(note.check, note.place) for note in reading.notes if "nothing" in note.message] == [
        ("language-supposed", reading.drafts[1].place)
    ]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        (("Что значит «құқық»?", "объект", "право"), "kk"),
        (("Что означает слово «құқық», если его использует какой-либо закон?", "право", "долг"), "ru"),
    ],
)
def test_a_question_with_words_of_both_languages_is_noted(question, language):
    reading = gift([question])
    assert [draft.languages for draft in reading.drafts] == [(language,)]
    assert [note.check for note in reading.notes] == ["language-supposed"]


def test_texts_that_name_their_language_are_not_supposed():
    span = '<span lang\\="{}" class\\="multilang">{}</span>'
    spans = span.format("kk", "Кім?") + span.format("ru", "Кто?")
    assert not read_gift(f"[html]{spans} {{=1 ~2}}\n\n[markdown]{spans} {{#5\\:0}}", "f").notes


def test_a_qti_item_that_names_its_language_is_not_supposed():
    text = item(
        "<choiceInteraction responseIdentifier='R' maxChoices='1'><prompt>Астана?</prompt>"
        "<simpleChoice identifier='A'>министр</simpleChoice><simpleChoice identifier='B'>ол</simpleChoice>"
        "</choiceInteraction>",
        "A",
    ).replace("title=", "xml:lang='kk-KZ' title=")
    manifest = b"<manifest><resource type='imsqti_item_xmlv2p1' href='a.xml'/></manifest>"
    reading = read_package({"imsmanifest.xml": manifest, "a.xml": text.encode()}, "f")[1]
    assert (reading.drafts[0].languages, reading.notes) == (("kk",), ())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Кім", "kk"), ("Ә", "kk"), ("Какой срок?", "ru"), ("Обжалуется", "ru"), ("объект", "ru"),
        ("Астана", ""), ("", ""), ("Министр сый", ""), ("Қайсы? объект, субъект, актёр", "kk"),
        ("Какой орган ведёт учёт объектов «Қамал»?", "ru"),
    ],
)  # fmt: skip
def test_the_language_of_a_text(text, language):
    assert language_of(text) == language


def test_most_texts_tell_the_language_of_a_file():
    assert usual_language(["Кім?", "Кто?", "Не?", "Үш"]) == "kk"
    assert usual_language(["Кім?", "Кто?"]) == usual_language([]) == "ru"


def test_every_question_of_the_shipped_bank_is_told_apart():
    wrong = []
    of_words = [each for each in shipped_bank().items if each.area != "letter_series"]
    for each in of_words:
        texts = [each.version.stem, *(option.text for option in each.version.options)]
        kk, ru = ("\n".join(getattr(text, name) for text in texts) for name in ("kk", "ru"))
        told = (language_of(kk), language_of(ru), looks_mixed(kk))
        wrong += [] if told in {("kk", "ru", False), ("kk", "", False)} else [(each.code, told)]
    assert not wrong
