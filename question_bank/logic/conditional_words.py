"""The simple sentences of the conditional puzzles: states that need no tense."""

from dataclasses import dataclass
from random import Random

from question_bank.logic.values import Text


@dataclass(frozen=True, slots=True)
class Atom:
    """A simple sentence: affirmed, denied, and as a Kazakh condition."""

    affirmed: Text
    denied: Text
    if_affirmed: str
    if_denied: str


def _state(subject: str, state: str, ru: str, ru_denied: str) -> Atom:
    """A state by adjective: қақпа ашық, ашық емес, ашық болса, ашық болмаса."""
    return Atom(
        Text(f"{subject} {state}", ru),
        Text(f"{subject} {state} емес", ru_denied),
        f"{subject} {state} болса",
        f"{subject} {state} болмаса",
    )


def _going_on(subject: str, verb: str, ru: str, ru_denied: str) -> Atom:
    """An act that goes on, by a verb with тұр: шам жанып тұр, жанып тұрған жоқ, жанып тұрса."""
    return Atom(
        Text(f"{subject} {verb} тұр", ru),
        Text(f"{subject} {verb} тұрған жоқ", ru_denied),
        f"{subject} {verb} тұрса",
        f"{subject} {verb} тұрмаса",
    )


def _done(subject: str, done: str, not_done: str, ru: str, ru_denied: str) -> Atom:
    """A state by participle: хаттама толтырылған, толтырылмаған."""
    return Atom(
        Text(f"{subject} {done}", ru),
        Text(f"{subject} {not_done}", ru_denied),
        f"{subject} {done} болса",
        f"{subject} {not_done} болса",
    )


_DEVICES = (
    _going_on("қызыл шам", "жанып", "красная лампа горит", "красная лампа не горит"),
    _going_on("жасыл шам", "жанып", "зелёная лампа горит", "зелёная лампа не горит"),
    _going_on("генератор", "жұмыс істеп", "генератор работает", "генератор не работает"),
    _going_on("желдеткіш", "айналып", "вентилятор вращается", "вентилятор не вращается"),
    _going_on("байланыс", "жұмыс істеп", "связь работает", "связь не работает"),
    _state("қақпа", "ашық", "ворота открыты", "ворота не открыты"),
    _state("дабыл", "қосулы", "сигнализация включена", "сигнализация не включена"),
    _state("бейнекамера", "қосулы", "видеокамера включена", "видеокамера не включена"),
    _state("сорғы", "қосулы", "насос включён", "насос не включён"),
    _state("сейф", "құлыптаулы", "сейф заперт", "сейф не заперт"),
    _state("терезе", "жабық", "окно закрыто", "окно не закрыто"),
    _done("тосқауыл", "көтерілген", "көтерілмеген", "шлагбаум поднят", "шлагбаум не поднят"),
)
_PAPERS = (
    _done(
        "өтініш", "тіркелген", "тіркелмеген", "заявление зарегистрировано", "заявление не зарегистрировано"
    ),
    _done("хаттама", "толтырылған", "толтырылмаған", "протокол заполнен", "протокол не заполнен"),
    _done("шартқа", "қол қойылған", "қол қойылмаған", "договор подписан", "договор не подписан"),
    _done("есеп", "тапсырылған", "тапсырылмаған", "отчёт сдан", "отчёт не сдан"),
    _done("тізім", "бекітілген", "бекітілмеген", "список утверждён", "список не утверждён"),
    _done("жиналыс", "аяқталған", "аяқталмаған", "совещание завершено", "совещание не завершено"),
    _done("мұрағат", "мөрленген", "мөрленбеген", "архив опечатан", "архив не опечатан"),
    _done("төлем", "жасалған", "жасалмаған", "оплата произведена", "оплата не произведена"),
    _done("анықтама", "дайындалған", "дайындалмаған", "справка подготовлена", "справка не подготовлена"),
    _done("хат", "жіберілген", "жіберілмеген", "письмо отправлено", "письмо не отправлено"),
    _done("бұйрық", "жарияланған", "жарияланбаған", "приказ объявлен", "приказ не объявлен"),
    _done("жоспар", "келісілген", "келісілмеген", "план согласован", "план не согласован"),
)
_THEMES = (_DEVICES, _PAPERS)
ATOMS = {atom.affirmed.ru: atom for theme in _THEMES for atom in theme}

OR = Text("{} немесе {} (екеуі де дұрыс болуы мүмкін).", "{} или {} (возможно, верно и то и другое).")

FRAMES = (
    Text(
        "Мыналар белгілі. {premises} Бұдан қандай қорытынды міндетті түрде шығады?",
        "Известно следующее. {premises} Что из этого обязательно следует?",
    ),
    Text(
        "Берілген пікірлер ақиқат. {premises} Қай қорытынды сөзсіз дұрыс?",
        "Даны верные утверждения. {premises} Какой вывод безусловно верен?",
    ),
    Text(
        "Төмендегілердің бәрі орындалады. {premises} Осыған сүйеніп, нені сенімді түрде айтуға болады?",
        "Всё перечисленное выполняется. {premises} Что можно утверждать с уверенностью?",
    ),
)


def draw_atoms(rng: Random, number: int) -> tuple[str, ...]:
    """Draw different simple sentences of one theme."""
    theme = rng.choice(_THEMES)
    return tuple(atom.affirmed.ru for atom in rng.sample(theme, number))
