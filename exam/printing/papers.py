"""Official papers as data: what stands on them, in Kazakh and Russian, and nothing else.

Source
------
Decree No. 490 of 28 February 2024, Rules, 20 and 21, annexes 2 and 3; Law on languages of 11 July 1997
No. 151, article 21 (Kazakh left or top, Russian right or bottom, letters of one size).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Both:
    """One text in the two languages of a paper."""

    kk: str
    ru: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and as what."""

    name: str
    office: Both


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A post of the commission with its person; `present` says whether he takes part."""

    number: int
    post: Both
    name: str
    office: Both
    present: bool


@dataclass(frozen=True, slots=True)
class VotePaper:
    """The vote of one member; `decision` is None for who took part and stayed silent."""

    name: str
    decision: int | None


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A case in a protocol.

    `grounds` are the lines that lead from the results to the open decisions; `count` is how the votes were
    counted; `decision` is None while there is none, and `note` then says why.
    """

    number: int
    officer: str
    rank: str
    post: str
    unit: str
    category: Both
    grounds: tuple[Both, ...]
    recording: str
    votes: tuple[VotePaper, ...]
    round: int
    count: tuple[Both, ...]
    number_of_decision: int | None
    decision: Both | None
    note: Both | None


@dataclass(frozen=True, slots=True)
class ProtocolPaper:
    """The protocol (хаттама) of a meeting; a draft until the meeting is closed."""

    commission: Both
    campaign: Both
    act: Both
    number: int
    held_on: str
    place: str
    schedule: Both
    quorum: Both
    seats: tuple[SeatLine, ...]
    cases: tuple[CasePaper, ...]
    signatories: tuple[Signatory, ...]
    draft: bool
    sample: bool
    class_mark: str


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """The attestation sheet (аттестаттау парағы), annex 3."""

    full_name: str
    birth_date: str
    education: str
    speciality: str
    post: str
    rank: str
    number_of_decision: int
    decision: Both
    other: tuple[Both, ...]
    commission: Both
    campaign: Both
    act: Both
    chair: str
    secretary: str
    decided_on: str
    acquainted_on: str
    sample: bool
    class_mark: str


@dataclass(frozen=True, slots=True)
class SectionPaper:
    """A section of a characteristic under the title of its form."""

    title: Both
    text: str


@dataclass(frozen=True, slots=True)
class CharacteristicPaper:
    """The service characteristic (қызметтік мінездеме), annex 2."""

    full_name: str
    post: str
    appointed_on: str
    rank: str
    sections: tuple[SectionPaper, ...]
    author_name: str
    author_post: str
    author_rank: str
    signed_on: str
    acquainted_on: str
    act: Both
    class_mark: str


Paper = ProtocolPaper | SheetPaper | CharacteristicPaper
