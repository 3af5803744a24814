"""A refusal as a value: what stands in the way, and the facts that word it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act may not be done: a code that the pages word, and the facts that fill the wording."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """Return the fact called `name`; KeyError when the refusal has none."""
        return dict(self.facts)[name]

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts)
        return f"{self.code} ({told})" if told else self.code


REFUSAL_CODES = frozenset(
    {
        "already_closed",
        "already_started",
        "already_submitted",
        "approver_is_author",
        "approvers_missing",
        "area_not_in_paper",
        "area_twice",
        "decision_not_open",
        "document_missing",
        "earlier_part_open",
        "ends_before_it_begins",
        "extra_not_positive",
        "extra_over_cap",
        "ground_not_in_regime",
        "identity_not_confirmed",
        "key_before_the_end",
        "language_not_chosen",
        "minimum_out_of_range",
        "no_quorum",
        "no_schedule",
        "no_such_stage",
        "norms_have_no_threshold",
        "not_present",
        "not_started",
        "other_terminal",
        "own_case",
        "paper_room_closed",
        "paper_too_late",
        "part_over",
        "reason_missing",
        "rules_not_accepted",
        "same_person",
        "schedule_not_approved",
        "secretary_votes",
        "source_missing",
        "stage_closed",
        "stage_left_out",
        "stage_out_of_order",
        "terminal_not_released",
        "time_over",
        "too_early",
        "too_late",
        "value_out_of_range",
        "voted_twice",
    }
)
"""Every code the rules refuse with; the pages have a wording for each."""
