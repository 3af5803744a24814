"""Drafts as GIFT; what the format has no field for travels as tags in comments."""

from collections.abc import Sequence

from question_bank.interchange.details import tags_of
from question_bank.interchange.drafts import Draft, DraftOption
from question_bank.interchange.gift_signs import escape
from question_bank.interchange.markup import write_words
from question_bank.items import NOTHING, Kind, Text


def write_gift(drafts: Sequence[Draft]) -> str:
    """Return drafts as a GIFT file that `read_gift` reads back."""
    parts: list[str] = []
    category = ""
    for draft in drafts:
        if draft.category != category:
            category = draft.category
            parts.append(f"$CATEGORY: {escape(category)}")
        parts.append(_question(draft))
    return "\n\n".join(parts) + "\n"


def _question(draft: Draft) -> str:
    tags = [f"// [tag:{tag}]" for tag in tags_of(draft)]
    title = f"::{escape(draft.name)}::" if draft.name else ""
    return "\n".join([*tags, f"{title}[markdown]{_words(draft.stem)} {{{_answers(draft)}}}"])


def _answers(draft: Draft) -> str:
    general = f"\n####{_words(draft.feedback)}\n" if draft.feedback != NOTHING else "\n"
    return _keyed(draft) + general


def _keyed(draft: Draft) -> str:
    match draft.kind:
        case Kind.NUMERIC:
            return f"#{draft.answer or 0:f}:{draft.tolerance:f}"
        case Kind.ORDERING:
            return "".join([">ALL VERTICAL", *(f"\n{_words(option.text)}" for option in draft.options)])
        case Kind.MATCHING:
            sides = [*draft.lefts, *[NOTHING] * (len(draft.options) - len(draft.lefts))]
            pairs = zip(sides, draft.options, strict=True)
            return "".join(f"\n={_words(left)} -> {_words(option.text)}" for left, option in pairs)
        case Kind.SINGLE:
            return "".join(f"\n{'=' if option.right else '~'}{_option(option)}" for option in draft.options)
        case Kind.MULTIPLE:
            share = share_of(draft)
            return "".join(
                f"\n~{f'%{share}%' if option.right else ''}{_option(option)}" for option in draft.options
            )


def share_of(draft: Draft) -> str:
    """Return the share of a right option in percent, as Moodle writes it: a part of the whole."""
    return f"{100 / len(draft.right):.5f}".rstrip("0").rstrip(".")


def _option(option: DraftOption) -> str:
    said = f"#{_words(option.feedback)}" if option.feedback != NOTHING else ""
    return f"{_words(option.text)}{said}"


def _words(text: Text) -> str:
    return escape(write_words(text))
