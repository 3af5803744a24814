"""The signs of GIFT: which are escaped, and how they wait out the reading."""

import re

SIGNS = "~=#{}:\\"
ESCAPED = re.compile(r"\\([~=#{}:n\\])")
HIDDEN = {sign: chr(0xFDD0 + place) for place, sign in enumerate(SIGNS)} | {"n": "\ufde0"}
SHOWN = {hidden: "\n" if sign == "n" else sign for sign, hidden in HIDDEN.items()}
BLANKS = re.compile(r"[ \t\n]+")
NOT_CHARACTERS = re.compile("[\ufdd0-\ufdef]")


def protect(text: str) -> str:
    """Hide escaped signs behind code points that are no characters, so that the bare ones can be cut at."""
    return ESCAPED.sub(lambda found: HIDDEN[found[1]], NOT_CHARACTERS.sub("", text))


def plain(text: str) -> str:
    """Return a cut piece as text: line ends of the file are blanks, hidden signs are back."""
    joined = BLANKS.sub(" ", text).strip(" ")
    return "".join(SHOWN.get(sign, sign) for sign in joined)


def escape(text: str) -> str:
    """Return text so that `plain` after `protect` gives it back."""
    return "".join("\\n" if sign == "\n" else f"\\{sign}" if sign in SIGNS else sign for sign in text)
