"""What a careful reader would object to is found; what is well worded is left in peace."""

from dataclasses import replace

import pytest

from question_bank.checks.wording import check_wording, numbers
from question_bank.items import Item, Text
from tests.question_bank.builders import OF_EACH_KIND, law_item, options, single


def found(item: Item) -> list[str]:
    return [problem.check for problem in check_wording(item)]


def worded(kk: str, ru: str) -> Item:
    return law_item(version=single(stem=Text(kk, ru)))


def with_options(*words: tuple[str, str], key: int = 1) -> Item:
    return law_item(version=single(options=options(*words), key=key))


@pytest.mark.parametrize("version", OF_EACH_KIND, ids=lambda version: version.kind)
def test_a_well_worded_item_is_left_in_peace(version):
    assert found(law_item(version=version)) == []


@pytest.mark.parametrize(
    "word",
    ["cот", "полиция қызметкерi", "Cынақ", "тeст", "ƏКІМШІЛІК", "ко\u0438\u0306a"],
    ids=["c", "i", "capital", "e", "schwa", "letter in two code points"],
)
def test_a_latin_letter_inside_a_cyrillic_word_is_found(word):
    item = worded(f"{word} деген не?", "Что это?")
    assert "mixed-letters" in found(item)


@pytest.mark.parametrize(
    "text", ["QR-код деген не?", "№ 380-IV Заң", "IV тарау", "WhatsApp арқылы", "5G желісі"]
)
def test_latin_words_beside_cyrillic_ones_are_left_in_peace(text):
    assert "mixed-letters" not in found(worded(text, text))


def test_mixed_letters_are_found_in_options_and_rationale_too():
    assert found(with_options(("бip", "один"), ("екі", "два"))) == ["mixed-letters"]
    rationale = Text("3-бaп.", "Статья 3.")
    assert found(law_item(version=single(rationale=rationale))) == ["mixed-letters"]


@pytest.mark.parametrize(
    ("kk", "ru", "agree"),
    [
        ("15 тәулік", "15 суток", True),
        ("15 тәулік", "10 суток", False),
        ("15 тәулік", "пятнадцать суток", False),
        ("5 пен 5", "5", False),
        ("1 000 теңге", "1000 тенге", True),
        ("20\u00a0000 теңге", "20\u202f000 тенге", True),
        ("2024 жылғы 28 ақпан", "28 февраля 2024 года", True),
        ("35–39-баптар", "статьи 35–39", True),
        ("12,5 %", "12.5 %", True),
        ("3 100 жаттығу", "3 и 100 упражнений", False),
    ],
)
def test_the_languages_must_agree_in_numbers(kk, ru, agree):
    assert ("numbers-disagree" not in found(worded(kk, ru))) is agree


def test_a_thousand_with_a_space_is_one_number():
    assert dict(numbers("1 000 000 теңге және 12 ай")) == {"1000000": 1, "12": 1}


@pytest.mark.parametrize(
    "option",
    [
        ("аталғандардың барлығы", "все перечисленное"),
        ("жоғарыда көрсетілгендердің бәрі", "всё вышеперечисленное"),
        ("барлық жауап дұрыс", "все ответы верны"),
        ("дұрыс жауап жоқ", "нет правильного ответа"),
        ("ешқайсысы дұрыс емес", "ни один из перечисленных"),
    ],
)
def test_an_option_that_covers_the_others_is_found_in_either_language(option):
    kk, ru = option
    assert "all-of-the-above" in found(with_options((kk, "что-то"), ("екі", "два"), ("үш", "три")))
    assert "all-of-the-above" in found(with_options(("бірдеңе", ru), ("екі", "два"), ("үш", "три")))


@pytest.mark.parametrize("words", [("барлық қызметкерлер", "все сотрудники"), ("баршасы", "все граждане")])
def test_a_word_like_all_is_no_catch_all(words):
    assert "all-of-the-above" not in found(with_options(words, ("екі", "два")))


def test_an_absolute_word_in_some_options_is_found():
    assert found(with_options(("әрқашан болады", "бывает"), ("болмайды", "не бывает"))) == ["absolute-words"]
    assert found(with_options(("болады", "бывает всегда"), ("болмайды", "не бывает"))) == ["absolute-words"]


def test_an_absolute_word_in_all_options_gives_nothing_away():
    both = (("әрқашан иә", "всегда да"), ("әрқашан жоқ", "всегда нет"))
    assert "absolute-words" not in found(with_options(*both))


SHORT = (("иә", "да"), ("жоқ", "нет"), ("бәлкім", "может"))
LONG = ("а" * 30, "б" * 30)


@pytest.mark.parametrize(
    ("key", "length", "outstanding"),
    [(1, 26, True), (1, 25, False), (0, 26, False)],
    ids=["far", "near", "not the key"],
)
def test_a_key_that_is_much_longer_is_found(key, length, outstanding):
    """The longest wrong option has 6 letters: 25 are 19 more, 26 are 20 more."""
    words = [SHORT[0], ("а" * length, "нет"), SHORT[2]]
    item = with_options(*words, key=key)
    assert ("key-by-length" in found(item)) is outstanding


def test_a_long_key_among_long_options_is_left_in_peace():
    """59 letters against 40 are 19 more; 70 against 45 are less than 1.6 times as many."""
    assert "key-by-length" not in found(with_options(("а" * 45, "б" * 45), ("в" * 70, "г" * 70)))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_key_that_is_much_shorter_is_found_in_either_language(language):
    short = ("иә", "б" * 30) if language == "kk" else ("а" * 30, "да")
    assert "key-by-length" in found(with_options(LONG, short, LONG))


def test_options_that_say_the_same_are_found():
    assert found(with_options(("Бір", "один"), ("бір ", "два"), ("үш", "три"))) == ["options-alike"]


@pytest.mark.parametrize("markup", ["<b>кім</b>", "<svg/onload=x>", "<!-- x", "&nbsp;", "&#8470;"])
def test_raw_markup_is_found(markup):
    assert "raw-markup" in found(worded(markup, "Кто?"))


@pytest.mark.parametrize("text", ["3 < 5 және 7 > 2", "А & Б"])
def test_signs_of_comparison_are_no_markup(text):
    assert "raw-markup" not in found(worded(text, text))


def test_a_missing_language_is_found():
    assert found(worded("Кім?", "")) == ["language-missing"]
    [problem] = check_wording(law_item(version=single(rationale=Text("бар", ""))))
    assert problem.message == "the rationale is missing in Kazakh or in Russian"


def test_a_finding_names_its_item():
    [problem] = check_wording(replace(worded("Кім?", ""), code="L-9"))
    assert problem.item == "L-9"


def test_a_picture_that_nothing_says_in_words_is_found():
    assert found(law_item(version=single(image="a.png"))) == ["picture-undescribed"]


@pytest.mark.parametrize("said", [{"image_alt": Text("Төрт белгі", "Четыре знака")}, {"certificate": "x"}])
def test_a_described_picture_and_one_that_was_drawn_from_its_stem_are_left_in_peace(said):
    assert found(law_item(version=single(image="a.png", **said))) == []


def test_a_picture_described_in_one_language_is_not_bilingual():
    item = law_item(version=single(image="a.png", image_alt=Text("Төрт белгі", "")))
    assert found(item) == ["language-missing"]
