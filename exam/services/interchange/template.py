"""The empty workbook that an author fills with questions: the columns, and what each of them takes."""

from collections.abc import Iterator
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font

from exam.rules.regimes import Names
from question_bank.interchange.xlsx_sheet import COLUMNS
from question_bank.interchange.xlsx_writing import write_workbook
from question_bank.items import Kind
from question_bank.legislation import shipped_acts

SHEET = Names("Түсіндірме", "Пояснения", "Notes")
HEADS = (Names("Баған", "Столбец", "Column"), Names("Не жазылады", "Что писать", "What to write"))
NOTES: dict[str, Names] = {
    "code": Names(
        "Тапсырманың коды; бос болса, жүйе өзі береді",
        "Код задания; если пусто, его даст система",
        "Code of the item; given by the service when empty",
    ),
    "kind": Names(
        f"Түрі: {', '.join(Kind)}",
        f"Вид: {', '.join(Kind)}",
        f"Kind: {', '.join(Kind)}",
    ),
    "stem_kk": Names("Сұрақ қазақша", "Вопрос на казахском", "Question in Kazakh"),
    "stem_ru": Names("Сұрақ орысша", "Вопрос на русском", "Question in Russian"),
    "option_A_kk": Names(
        "А нұсқасы қазақша; ordering түрінде нұсқалар дұрыс ретімен жазылады",
        "Вариант A на казахском; в ordering варианты пишутся в верном порядке",
        "Option A in Kazakh; for ordering the options stand in the right order",
    ),
    "option_A_ru": Names("А нұсқасы орысша", "Вариант A на русском", "Option A in Russian"),
    "key": Names(
        "Дұрыс нұсқаның әрпі (A) немесе бірнеше әріп (A, C); numeric түрінде сан",
        "Буква верного варианта (A) или несколько букв (A, C); в numeric – число",
        "Letter of the right option (A), or several (A, C); a number for numeric",
    ),
    "tolerance": Names(
        "numeric түрі үшін рұқсат етілген ауытқу",
        "Допустимое отклонение для numeric",
        "Tolerance, for numeric",
    ),
    "fixed": Names(
        "Орнында қалатын нұсқалардың әріптері",
        "Буквы вариантов, которые остаются на месте",
        "Letters of the options that keep their place",
    ),
    "rationale_kk": Names(
        "Жауаптың неге дұрыс екені, қазақша",
        "Почему ответ верен, на казахском",
        "Why the key is right, in Kazakh",
    ),
    "rationale_ru": Names(
        "Жауаптың неге дұрыс екені, орысша",
        "Почему ответ верен, на русском",
        "Why the key is right, in Russian",
    ),
    "topic": Names("Тақырып коды: T01–T22", "Код темы: T01–T22", "Code of the topic: T01–T22"),
    "level": Names("Деңгейі: 1, 2 немесе 3", "Уровень: 1, 2 или 3", "Level: 1, 2 or 3"),
    "act": Names("Актінің коды (төменде)", "Код акта (ниже)", "Code of the act (below)"),
    "article_kk": Names("Бап, қазақша", "Статья, на казахском", "Article, in Kazakh"),
    "article_ru": Names("Бап, орысша", "Статья, на русском", "Article, in Russian"),
    "left_A_kk": Names(
        "matching түрінде А нұсқасына сәйкес сол жақ, қазақша",
        "В matching левая часть для варианта A, на казахском",
        "For matching: the left side of option A, in Kazakh",
    ),
}
WIDTHS = {"A": 24, "B": 110}


def template(language: str) -> bytes:
    """Return the workbook with its notes in ``kk``, ``ru`` or ``en``; read back it holds no question."""
    book = load_workbook(BytesIO(write_workbook([])))
    notes = book.create_sheet(SHEET.of(language))
    for row in _rows(language):
        notes.append(row)
    for letter, width in WIDTHS.items():
        notes.column_dimensions[letter].width = width
    for name, words in notes.iter_rows():
        name.font, words.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _rows(language: str) -> Iterator[tuple[str, str]]:
    yield HEADS[0].of(language), HEADS[1].of(language)
    yield from ((column, NOTES[column].of(language)) for column in COLUMNS if column in NOTES)
    acts = sorted(shipped_acts().acts.items())
    yield from ((code, act.name.ru if language == "ru" else act.name.kk) for code, act in acts)
