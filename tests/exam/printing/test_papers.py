"""The papers: both languages, every fact, every Kazakh letter, the same facts the same bytes."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from exam.printing.papers import (
    Both,
    CasePaper,
    CharacteristicPaper,
    ProtocolPaper,
    SeatLine,
    SectionPaper,
    SheetPaper,
    Signatory,
    VotePaper,
)
from exam.printing.rendering import digest_of, facts_of, render

LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
ACT = Both("ҚР Президентінің 2024 жылғы 28 ақпандағы № 490 Жарлығы", "Указ Президента РК № 490")
CASE = CasePaper(
    number=1,
    officer="Әбдірахманов Нұржан",
    rank="подполковник",
    post="бөлім бастығы",
    unit="Полиция департаменті",
    category=Both("17-санат", "категория 17"),
    grounds=(Both("Логикалық ойлау: тапсырылған жоқ.", "Логическое мышление: не сдано."),),
    recording="AV-7",
    votes=(VotePaper("Үлгібаев Арман", 3), VotePaper("Үсенов Марат", None)),
    round=2,
    count=(Both("3-шешім көпшілік дауыс алды.", "Решение 3 набрало большинство."),),
    number_of_decision=3,
    decision=Both("лауазымын төмендету ұсынылады", "рекомендуется к понижению"),
    note=None,
)
PROTOCOL = ProtocolPaper(
    commission=Both("Өңірлік аттестаттау комиссиясы", "Региональная аттестационная комиссия"),
    campaign=Both("Кезектен тыс аттестаттау", "Внеочередная аттестация"),
    act=ACT,
    number=5,
    held_on="14.05.2024",
    place="Астана",
    schedule=Both("Кестені бекіткен: А. Үлгібаев", "График утвердил: А. Үлгібаев"),
    quorum=Both("Кворум бар: 10-нан 8", "Кворум есть: 8 из 10"),
    seats=(
        SeatLine(
            number=1,
            post=Both("министрдің орынбасары", "заместитель министра"),
            name="Үлгібаев Арман",
            office=Both("төраға", "председатель"),
            present=True,
        ),
    ),
    cases=(CASE,),
    signatories=(Signatory("Үлгібаев Арман", Both("Төраға", "Председатель")),),
    draft=False,
    sample=False,
    class_mark="",
)
SHEET = SheetPaper(
    full_name="Әбдірахманов Нұржан",
    birth_date="01.02.1980",
    education="жоғары",
    speciality="құқықтану",
    post="бөлім бастығы",
    rank="подполковник",
    number_of_decision=3,
    decision=CASE.decision,
    other=CASE.count,
    commission=PROTOCOL.commission,
    campaign=PROTOCOL.campaign,
    act=ACT,
    chair="Үлгібаев Арман",
    secretary="Нұрғалиева Айгүл",
    decided_on="14.05.2024",
    acquainted_on="",
    sample=False,
    class_mark="",
)
CHARACTERISTIC = CharacteristicPaper(
    full_name="Әбдірахманов Нұржан",
    post="бөлім бастығы",
    appointed_on="10.01.2020",
    rank="подполковник",
    sections=(
        SectionPaper(Both("1. Міндеттерін орындауы", "1. Исполнение обязанностей"), f"Жақсы {LETTERS}"),
    ),
    author_name="Жұмабаев Ерлан",
    author_post="департамент бастығы",
    author_rank="полковник",
    signed_on="10.04.2024",
    acquainted_on="11.04.2024",
    act=ACT,
    class_mark="",
)
PAPERS = [PROTOCOL, SHEET, CHARACTERISTIC]
HEADINGS = {
    ProtocolPaper: ("ХАТТАМА", "ПРОТОКОЛ", "Комиссияның шешімі", "Решение комиссии"),
    SheetPaper: ("АТТЕСТАТТАУ ПАРАҒЫ", "АТТЕСТАЦИОННЫЙ ЛИСТ", "Өзге де мәліметтер", "Иные сведения"),
    CharacteristicPaper: (
        "МІНЕЗДЕМЕСІ",
        "СЛУЖЕБНАЯ ХАРАКТЕРИСТИКА",
        "Басшының Т.А.Ә.",
        "Ф.И.О. руководителя",
    ),
}


def text_of(paper, folder: Path) -> str:
    """The words of a paper as any reader of its PDF finds them."""
    return text_in(render(paper), folder)


def text_in(pdf: bytes, folder: Path) -> str:
    """The words of a PDF."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.fail("no pdftotext on this machine: apt-get install poppler-utils")
    place = folder / "paper.pdf"
    place.write_bytes(pdf)
    told = subprocess.run([reader, "-layout", str(place), "-"], capture_output=True, check=True)
    return " ".join(told.stdout.decode("utf-8").split())


def words_in(text: str) -> set[str]:
    return {word.strip(".") for word in re.findall(r"[\w./-]+", text)}


def texts(facts: object) -> list[str]:
    """Every text among the facts of a paper, however deep."""
    if isinstance(facts, dict):
        facts = list(facts.values())
    if isinstance(facts, list):
        return [text for each in facts for text in texts(each)]
    return [facts] if isinstance(facts, str) else []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: type(paper).__name__)
def test_every_fact_stands_on_the_paper_in_both_languages(paper, tmp_path):
    found = words_in(text_of(paper, tmp_path))
    told = [*texts(json.loads(facts_of(paper))), *HEADINGS[type(paper)]]
    assert not {word for text in told for word in words_in(text)} - found


def test_every_kazakh_letter_is_read_back_from_the_paper(tmp_path):
    assert LETTERS in text_of(CHARACTERISTIC, tmp_path)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: type(paper).__name__)
def test_a_paper_bears_the_digest_of_its_facts_and_any_other_fact_another_digest(paper, tmp_path):
    assert digest_of(paper) in text_of(paper, tmp_path).replace(" ", "")
    assert digest_of(replace(paper, class_mark="x")) != digest_of(paper)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: type(paper).__name__)
def test_the_class_mark_is_printed_where_the_installation_has_one(paper, tmp_path):
    mark = "Қызмет бабында пайдалану үшін"
    assert mark in text_of(replace(paper, class_mark=mark), tmp_path)


@pytest.mark.parametrize(
    ("paper", "given", "mark"),
    [
        (PROTOCOL, "sample", "ҮЛГІ"),
        (PROTOCOL, "sample", "ОБРАЗЕЦ"),
        (SHEET, "sample", "ҮЛГІ"),
        (PROTOCOL, "draft", "ЖОБА / ПРОЕКТ"),
    ],
)
def test_a_sample_and_a_draft_say_so_and_nothing_else_does(paper, given, mark, tmp_path):
    assert mark not in text_of(paper, tmp_path)
    assert mark in text_of(replace(paper, **{given: True}), tmp_path)


def test_a_name_is_never_a_command(tmp_path):
    name = '#panic("x") *қою* $1$ \\ "]'
    assert " ".join(name.split()) in text_of(replace(SHEET, full_name=name), tmp_path)


def test_the_same_facts_give_the_same_bytes():
    assert render(SHEET) == render(SHEET)


def test_a_case_without_a_decision_says_why_and_shows_no_vote(tmp_path):
    note = Both("Кейінге қалдырылды: ауырып қалды", "Отложено: болезнь")
    open_case = replace(CASE, votes=(), count=(), number_of_decision=None, decision=None, note=note)
    text = text_of(replace(PROTOCOL, cases=(open_case,)), tmp_path)
    assert words_in(note.kk) | words_in(note.ru) <= words_in(text)
    assert "Комиссияның шешімі" not in text
    assert "Ашық дауыс беру" not in text
