"""Drafts that hypothesis makes up: every kind, both languages or one, any letters and signs."""

from decimal import Decimal

from hypothesis import strategies as st

from question_bank.interchange.details import NAMES, ordered
from question_bank.interchange.drafts import Draft, DraftOption, fault, tidy
from question_bank.items import NOTHING, Kind, Text

SIGNS = "әіңғ ёЖ abc019 ~=#{}:\\%[]<>&;\"'$|*_`^->\n\t№\u00a0\ufeff😀éé"
WORDS = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=14),
    st.text(max_size=8),
    st.sampled_from(
        [
            "&amp;",
            "</span>",
            '<span lang="kk" class="multilang">',
            "a -> b",
            "####",
            "//",
            "=1+1",
            "%5B%25",
            "[a]%0A",
            "_x0041_",
        ]
    ),
).map(tidy)
SAID = st.builds(Text, WORDS, WORDS)
NAMED = st.sets(st.sampled_from(NAMES), max_size=4)
WRITTEN = SAID.filter(lambda text: text != NOTHING)
DAYS = st.dates().map(lambda day: day.isoformat())
FIELDS = {
    **dict.fromkeys(("redaction", "valid_from", "valid_to"), DAYS),
    **dict.fromkeys(("area", "topic", "fact"), WORDS.map(lambda word: tidy(word[:12]))),
    "part": st.sampled_from(["legislation", "logic"]),
    "level": st.integers(1, 3).map(str),
    "points": st.integers(1, 100).map(str),
    "grade": st.sampled_from("ABC"),
    "enemies": st.sampled_from(["L-1", "L-1 L-2"]),
}
"""Fields that are read: what a reader of files would note is no field of an item."""
NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=3).map(
    lambda value: Decimal(format(value, "f").rstrip("0").rstrip(".")) + 0
)


@st.composite
def drafts(draw):
    kind = draw(st.sampled_from(list(Kind)))
    texts = draw(st.lists(WRITTEN, min_size=2, max_size=6, unique=True))
    count = len(texts)
    right = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=1 if kind is Kind.SINGLE else count))
    choice = kind in {Kind.SINGLE, Kind.MULTIPLE}
    options = tuple(
        DraftOption(
            text,
            choice and place in right,
            draw(SAID) if choice else NOTHING,
            kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.ORDERING} and draw(st.booleans()),
        )
        for place, text in enumerate(texts)
    )
    numeric = kind is Kind.NUMERIC
    lefts = draw(st.lists(WRITTEN, min_size=1, max_size=count)) if kind is Kind.MATCHING else []
    draft = Draft(
        kind=kind,
        stem=draw(WRITTEN),
        options=() if numeric else options,
        lefts=tuple(lefts),
        answer=draw(NUMBERS) if numeric else None,
        tolerance=abs(draw(NUMBERS)) if numeric else Decimal(0),
        feedback=draw(SAID),
        name=draw(WORDS),
        category=draw(WORDS),
        details=ordered({name: draw(FIELDS.get(name, WORDS)) for name in draw(NAMED)}),
    )
    assert fault(draft) is None
    return draft
