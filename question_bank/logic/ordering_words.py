"""The scenes of the ordering puzzles in both languages."""

from dataclasses import dataclass

from question_bank.logic import russian
from question_bank.logic.values import Text


@dataclass(frozen=True, slots=True)
class Scene:
    """Where people are put in an order, and how each clue and question is said there.

    Names stand as ``{x}`` and ``{y}`` with their cases, a place as ``{place}``; Russian places take
    `place_ending`.
    """

    opening: Text
    clues: dict[str, Text]
    between: dict[int, Text]
    questions: dict[str, Text]
    place_ending: str

    def place(self, number: int) -> str:
        """третьем, первым, … as this scene says it in Russian."""
        return russian.ordinal(number, self.place_ending)

    def counted(self, number: int) -> str:
        """пять человек, четыре человека."""
        return f"{russian.COUNTS[number]} {russian.plural(number, 'человек', 'человека', 'человек')}"


QUEUE = Scene(
    opening=Text(
        "кезекте {number} адам бірінің артынан бірі тұр: {names}.",
        "в очереди друг за другом стоят {number}: {names}.",
    ),
    clues={
        "at": Text("{x} {place} орында тұр.", "{x} стоит на {place} месте."),
        "not_at": Text("{x} {place} орында тұрған жоқ.", "{x} стоит не на {place} месте."),
        "before": Text(
            "{x} {y.dat} қарағанда кезектің басына жақынырақ тұр.",
            "{x} стоит ближе к началу очереди, чем {y}.",
        ),
        "just_before": Text("{x} {y.gen} тура алдында тұр.", "{x} стоит непосредственно перед {y.ins}."),
        "adjacent": Text("{x.and_} {y} қатар тұр.", "{x} и {y} стоят рядом."),
        "apart": Text("{x.and_} {y} қатар тұрған жоқ.", "{x} и {y} не стоят рядом."),
    },
    between={
        1: Text(
            "{x.and_} {y.gen} арасында бір ғана адам тұр.",
            "Между {x.ins} и {y.ins} стоит ровно один человек.",
        ),
        2: Text(
            "{x.and_} {y.gen} арасында екі ғана адам тұр.",
            "Между {x.ins} и {y.ins} стоят ровно два человека.",
        ),
    },
    questions={
        "at": Text("{place} орында кім тұр?", "Кто стоит на {place} месте?"),
        "just_before": Text("{x.gen} тура алдында кім тұр?", "Кто стоит непосредственно перед {x.ins}?"),
        "just_after": Text("{x.gen} тура артында кім тұр?", "Кто стоит непосредственно за {x.ins}?"),
    },
    place_ending="ом",
)

RACE = Scene(
    opening=Text(
        "жүгіру жарысына {number} адам қатысты: {names}. Барлығы мәреге әртүрлі уақытта келді.",
        "в забеге участвовали {number}: {names}. Все пришли к финишу в разное время.",
    ),
    clues={
        "at": Text("{x} {place} орын алды.", "{x} занял{x.a} {place} место."),
        "not_at": Text("{x} {place} орын алған жоқ.", "{x} занял{x.a} не {place} место."),
        "before": Text("{x} мәреге {y.abl} бұрын келді.", "{x} финишировал{x.a} раньше {y.gen}."),
        "just_before": Text(
            "{x} мәреге {y.gen} тура алдында келді.", "{x} финишировал{x.a} непосредственно перед {y.ins}."
        ),
        "adjacent": Text(
            "{x.and_} {y} көрші орындарды алды.",
            "{x} и {y} заняли соседние места.",
        ),
        "apart": Text(
            "{x.and_} {y} алған орындар көрші емес.",
            "{x} и {y} заняли не соседние места.",
        ),
    },
    between={
        1: Text(
            "{x.and_} {y.gen} арасында мәреге бір ғана адам келді.",
            "Между {x.ins} и {y.ins} финишировал ровно один человек.",
        ),
        2: Text(
            "{x.and_} {y.gen} арасында мәреге екі ғана адам келді.",
            "Между {x.ins} и {y.ins} финишировали ровно два человека.",
        ),
    },
    questions={
        "at": Text("{place} орынды кім алды?", "Кто занял {place} место?"),
        "just_before": Text(
            "{x.gen} тура алдында мәреге кім келді?", "Кто финишировал непосредственно перед {x.ins}?"
        ),
        "just_after": Text(
            "{x.abl} кейін мәреге бірінші болып кім келді?", "Кто финишировал сразу после {x.gen}?"
        ),
    },
    place_ending="ое",
)

FLOORS = Scene(
    opening=Text(
        "{number} қабатты үйдің әр қабатында бір адамнан тұрады: {names}.",
        "в {storeys} доме живут {number}, по одному на каждом этаже: {names}.",
    ),
    clues={
        "at": Text("{x} {place} қабатта тұрады.", "{x} живёт на {place} этаже."),
        "not_at": Text("{x} {place} қабатта тұрмайды.", "{x} живёт не на {place} этаже."),
        "before": Text("{x} {y.abl} төмен тұрады.", "{x} живёт ниже {y.gen}."),
        "just_before": Text(
            "{x} {y.abl} бір қабат төмен тұрады.", "{x} живёт ровно на один этаж ниже {y.gen}."
        ),
        "adjacent": Text("{x.and_} {y} көрші қабаттарда тұрады.", "{x} и {y} живут на соседних этажах."),
        "apart": Text("{x.and_} {y} тұратын қабаттар көрші емес.", "{x} и {y} живут не на соседних этажах."),
    },
    between={
        1: Text(
            "{x.and_} {y} тұратын қабаттардың арасында бір ғана қабат бар.",
            "Между этажами, где живут {x} и {y}, находится ровно один этаж.",
        ),
        2: Text(
            "{x.and_} {y} тұратын қабаттардың арасында екі ғана қабат бар.",
            "Между этажами, где живут {x} и {y}, находятся ровно два этажа.",
        ),
    },
    questions={
        "at": Text("{place} қабатта кім тұрады?", "Кто живёт на {place} этаже?"),
        "just_before": Text(
            "{x.abl} бір қабат төмен кім тұрады?", "Кто живёт ровно на один этаж ниже {x.gen}?"
        ),
        "just_after": Text(
            "{x.abl} бір қабат жоғары кім тұрады?", "Кто живёт ровно на один этаж выше {x.gen}?"
        ),
    },
    place_ending="ом",
)

REPORTS = Scene(
    opening=Text(
        "жиналыста {number} адам бірінен соң бірі баяндама жасайды: {names}.",
        "на совещании по очереди выступают {number}: {names}.",
    ),
    clues={
        "at": Text("{x} {place} болып сөйлейді.", "{x} выступает {place}."),
        "not_at": Text("{x} {place} болып сөйлемейді.", "{x} выступает не {place}."),
        "before": Text("{x} {y.abl} бұрын сөйлейді.", "{x} выступает раньше {y.gen}."),
        "just_before": Text(
            "{x} {y.gen} тура алдында сөйлейді.", "{x} выступает непосредственно перед {y.ins}."
        ),
        "adjacent": Text(
            "{x.and_} {y.gen} баяндамалары қатар келеді.",
            "Выступления {x.gen} и {y.gen} идут одно за другим.",
        ),
        "apart": Text(
            "{x.and_} {y.gen} баяндамалары қатар келмейді.",
            "Выступления {x.gen} и {y.gen} не идут одно за другим.",
        ),
    },
    between={
        1: Text(
            "{x.and_} {y.gen} арасында бір ғана адам сөйлейді.",
            "Между {x.ins} и {y.ins} выступает ровно один человек.",
        ),
        2: Text(
            "{x.and_} {y.gen} арасында екі ғана адам сөйлейді.",
            "Между {x.ins} и {y.ins} выступают ровно два человека.",
        ),
    },
    questions={
        "at": Text("{place} болып кім сөйлейді?", "Кто выступает {place}?"),
        "just_before": Text(
            "{x.gen} тура алдында кім сөйлейді?", "Кто выступает непосредственно перед {x.ins}?"
        ),
        "just_after": Text("{x.abl} кейін бірден кім сөйлейді?", "Кто выступает сразу после {x.gen}?"),
    },
    place_ending="ым",
)

SCENES = {"queue": QUEUE, "race": RACE, "floors": FLOORS, "reports": REPORTS}
