"""What reading a stranger's file of questions found, in words."""

from flask_babel import lazy_gettext as _

from question_bank.problems import Problem

FORMATS: dict[str, object] = {
    "xlsx": _("our own sheet (.xlsx)"),
    "qti21": "QTI 2.1",
    "qti22": "QTI 2.2",
    "qti30": "QTI 3.0",
    "moodle": "Moodle XML",
    "gift": "GIFT",
    "aiken": "Aiken",
}

UNREAD: dict[str, object] = {
    "answer-missing": _("The right answer is missing."),
    "braces": _("One pair of braces { } is expected."),
    "busy": _("Other files are being read. Try again in a minute."),
    "cell": _("A cell holds a formula or an error where a text is expected."),
    "code-taken": _("The bank has another question under this code. This one is not taken in."),
    "columns": _("The first row does not name the columns of the sheet."),
    "costs-too-much": _("Reading the file costs more time or memory than a file of questions may."),
    "element": _("An element that is no question."),
    "empty": _("The file is empty."),
    "encoding": _("The text is in none of the encodings UTF-8, UTF-16 and Windows-1251."),
    "entities": _("The file declares entities or a document type, which are not read."),
    "entries-overlap": _("Files of the package overlap: a zip bomb."),
    "essay": _("An essay is not a kind of this bank."),
    "file-too-large": _("The file is too large."),
    "format": _("The file is in none of the formats that are read."),
    "href": _("What the manifest names is not in the package."),
    "interactions": _("One question an item is expected."),
    "key": _("The right answer does not fit the options."),
    "key-missing": _("No option is marked as right."),
    "key-out-of-range": _("The key names no option."),
    "key-several": _("Several options are marked as right in a single choice."),
    "kind": _("This kind of question is not a kind of this bank."),
    "letters": _("The letters of the options are not in order."),
    "manifest": _("The package has no manifest."),
    "names": _("A file of the package stands in it twice, or its name is too long."),
    "no-answer": _("A text without answers is not a question."),
    "no-sign": _("An answer is expected to begin with = or ~."),
    "nothing-read": _("No question was found in the file."),
    "number": _("A number is expected."),
    "option-missing": _("An option has no text."),
    "options-alike": _("Two options say the same."),
    "options-missing": _("At least two options are expected."),
    "package-damaged": _("The package is damaged or packed in a way that is not read."),
    "package-locked": _("The package is locked with a password."),
    "package-of-others": _("The package holds no QTI questions. Unpack it and take its files in one by one."),
    "packed-too-tightly": _("The package unpacks to many times its size: a zip bomb."),
    "path": _("The package names a file outside itself."),
    "pairs": _("Two sets to match are expected."),
    "pairs-missing": _("At least two pairs are expected."),
    "sheet-old-or-locked": _("An old or locked workbook. Save it as .xlsx without a password."),
    "sheet-packed-too-tightly": _("The workbook unpacks to many times its size: a zip bomb."),
    "sheet-too-many-columns": _("The sheet has too many columns."),
    "sheet-too-many-parts": _("The workbook has too many parts."),
    "sheet-too-many-rows": _("The sheet has too many rows."),
    "sheet-too-much-text": _("The sheet holds too much text."),
    "sheet-unpacks-too-large": _("The workbook unpacks to more than is read."),
    "sheet-unreadable": _("The workbook cannot be read."),
    "sheet-with-entities": _("The file declares entities or a document type, which are not read."),
    "sheet-with-macros": _("The workbook has macros. Save it without them."),
    "qti-old": _("The file is in QTI 1.2, which is not read. Export it as QTI 2.1 or newer."),
    "short-answer": _("An answer typed as text is not a kind of this bank; a number is."),
    "stem-missing": _("The question has no text."),
    "takes-too-long": _("Reading the file takes too long."),
    "test": _("A test without its items. Take in the package that holds them."),
    "too-deep": _("The file is nested too deeply."),
    "too-long": _("A text is too long."),
    "too-many": _("The file holds too many questions."),
    "too-many-elements": _("The file holds too many elements."),
    "too-many-entries": _("The package holds too many files."),
    "too-many-options": _("The question has too many options."),
    "truth": _("The answers true and false are expected."),
    "unpacks-too-large": _("The package unpacks to more than is read."),
    "unreadable": _("The file cannot be read."),
    "web-page": _("A web page (HTML). Nothing in it is read as a question."),
    "xml": _("The XML of the file is not well-formed."),
}
"""Why something was not read."""

LEFT_OUT: dict[str, object] = {
    "act-missing": _("Article and dates are not kept, because no act is named."),
    "act-unknown": _("The act is not in the list of acts: look whether its code is right."),
    "category": _("A category without a question that was read."),
    "category-lost": _(
        "The category is not kept: it names no area of the bank. Set the area of each question."
    ),
    "category-info": _("What is said of a category is not kept."),
    "cell-unused": _("A cell that this kind of question has no place for is not kept."),
    "code-twice": _("The code stands twice with different questions: this one gets a code of its own."),
    "column": _("A column without a known name is not read."),
    "day-unread": _("The date cannot be read as dd.mm.yyyy or yyyy-mm-dd: it is left empty."),
    "end-unread": _(
        "The last day of validity cannot be read: until it is filled in, the item holds without end."
    ),
    "enemy-unknown": _("An item never to be in one form with this one is in neither the file nor the bank."),
    "element": _("A part of the question is not kept."),
    "encoding": _("The file is not in UTF-8: look whether its letters are right."),
    "feedback": _("One feedback is kept, the others are not."),
    "field-cut": _("A field is too long: its end is cut off."),
    "grade-unknown": _("The grade of the fact is none of A, B and C: it is left empty."),
    "id-number": _("The number in another system is not kept."),
    "language-supposed": _(
        "The language of the question is not told by its letters: it was supposed. Look whether it is right."
    ),
    "level-unread": _("The level is not 1, 2 or 3: 1 is taken."),
    "markup": _("Some markup of the text is not kept."),
    "option-feedback": _("What is said to an answered number is not kept."),
    "other-sheet": _("Another sheet of the workbook holds something and is not read."),
    "part-unknown": _("The part is not known: legislation is taken."),
    "partial-credit": _("Shares of the points are not kept: an answer is right or wrong."),
    "picture-missing": _("The picture is not in the package."),
    "picture-unknown": _("The picture is neither in the file nor in the bank."),
    "picture-unreadable": _(
        "The picture cannot be read and is not kept: PNG, JPEG, GIF, WebP or BMP is taken."
    ),
    "points-unread": _("The points are not a number from 1 to 100: 1 is taken."),
    "pictures": _("One picture is kept, the others are not."),
    "question-twice": _("The same question stands in the file before: it is taken in once."),
    "processing": _("Rules of scoring are not read: the declared right response is the key."),
    "resource": _("A file of the package that is no question is not read."),
    "share": _("A share of the points is not a number; 0 is taken."),
    "tag": _("A tag of another system is not kept."),
    "test": _("The test itself is not kept; its questions are."),
    "unlisted": _("The manifest of the package does not name this document; it is not read."),
    "tolerance": _("A relative tolerance, or one that differs by side, is not kept."),
}
"""What was left out of a question that was read."""

OTHER_UNREAD = _("This part of the file cannot be read.")
OTHER_LEFT_OUT = _("A setting of another system is not kept.")


def unread_text(problem: Problem) -> str:
    """Why something was not read, in a sentence."""
    return str(UNREAD.get(problem.check, OTHER_UNREAD))


def left_out_text(note: Problem) -> str:
    """What was left out of a question, in a sentence."""
    return str(LEFT_OUT.get(note.check, OTHER_LEFT_OUT))
