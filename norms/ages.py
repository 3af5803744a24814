"""Age in whole years on a date."""

from datetime import date


def age_on(birth_date: date, on: date) -> int:
    """Count the whole years lived on a date; the birthday itself counts.

    Who was born on 29 February completes a year on 1 March of a common year.

    Parameters
    ----------
    birth_date, on : date
        The day of birth, and the day the norms are taken.

    Returns
    -------
    int
        Whole years.

    Raises
    ------
    ValueError
        If `on` lies before the birth.
    """
    if on < birth_date:
        raise ValueError(f"{on} is before the birth on {birth_date}")
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday
