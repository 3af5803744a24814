"""Sentences about workbooks and staff lists, and the names of their columns."""

from flask_babel import lazy_gettext as _

REFUSALS: dict[str, object] = {
    "sheet-busy": _("Other files are being read now. Send the file again in a minute."),
    "sheet-costs-too-much": _("The file takes too much time or memory to read, so it was given up."),
    "sheet-empty": _("The file is empty."),
    "sheet-file-too-large": _("The file is larger than %(most)s MB."),
    "sheet-old-or-locked": _(
        "The file is an old .xls or is closed with a password. Save it as .xlsx without a password."
    ),
    "sheet-packed-too-tightly": _(
        "The file unpacks to far more than a list needs. Copy the rows into a new workbook and save that."
    ),
    "sheet-too-many-columns": _(
        "The sheet says it has more than %(most)s columns. Delete the empty columns at its right."
    ),
    "sheet-too-many-parts": _("The file has more than %(most)s parts. Copy the rows into a new workbook."),
    "sheet-too-many-rows": _(
        "The sheet says it has more than %(most)s rows. Delete the empty rows below, or divide the list."
    ),
    "sheet-too-much-text": _("The sheet holds too much text. Divide the list."),
    "sheet-unpacks-too-large": _("The file unpacks to more than %(most)s MB. Divide the list."),
    "sheet-unreadable": _("This is not a workbook of the kind .xlsx, or it is damaged."),
    "sheet-with-entities": _("The file declares its own entities, which no workbook needs. It was not read."),
    "sheet-with-macros": _("The file has macros. Save it as .xlsx without macros."),
}

PROBLEMS: dict[str, object] = {
    "appointed-too-young": _("the date is too early for the birth date %(birth)s"),
    "category-unknown": _("there is no post category %(value)s; the codes are central-1 to regional-17"),
    "column-missing": _("the column is missing"),
    "column-twice": _("the column stands in %(first)s already"),
    "date-impossible": _("the date is not between %(first)s and %(last)s"),
    "empty": _("nothing is written here"),
    "formula": _("a formula stands here; paste its value"),
    "hidden-signs": _("there are invisible signs in the text; type it anew"),
    "iin-lost-zeros": _("the number has lost its first zeros; format the column as text"),
    "iin-twice": _("the same IIN stands in %(first)s"),
    "iin_check_digit": _("the check digit does not fit: one of the digits is mistyped"),
    "iin_never_issued": _("no IIN has these digits: one of them is mistyped"),
    "iin_not_twelve_digits": _("an IIN is twelve digits 0–9, without spaces or line breaks"),
    "language-unknown": _("%(value)s is not a test language; write kk or ru"),
    "no-rows": _("there are no officers under the headers"),
    "not-a-date": _("%(value)s is not a date like 31.12.1990"),
    "not-a-name": _("%(value)s is not a name"),
    "not-a-value": _("%(value)s is not a value; type what is meant"),
    "not-text": _("text is expected here, not a date"),
    "officer-elsewhere": _("the officer belongs to another region; the central HR unit can move him"),
    "region-not-yours": _("the region is not yours"),
    "region-unknown": _("there is no region %(value)s"),
    "sex-unknown": _("%(value)s is not a sex; the template offers the words"),
    "too-long": _("the text is longer than %(most)s characters"),
    "two-scripts": _("Latin and Cyrillic letters stand together in %(word)s"),
}

COLUMNS: dict[str, object] = {
    "iin": _("IIN"),
    "full_name": _("Full name"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "rank": _("Special rank"),
    "post": _("Post"),
    "post_category": _("Post category"),
    "unit": _("Unit"),
    "region_code": _("Region"),
    "appointed_on": _("Date of appointment"),
    "education": _("Education"),
    "speciality": _("Speciality"),
    "test_language": _("Test language"),
}
