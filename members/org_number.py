"""Swedish organisation numbers: ten digits whose last is a check digit (Luhn)."""

import re

_FORM = re.compile(r"(?:16)?(\d{6})-?(\d{4})")


def normalise(raw: str) -> str:
    """Return the number as `NNNNNN-NNNN`.

    Raises ValueError when it is not ten digits (with an optional hyphen and century 16), when
    the third digit is below 2 (then it would be a personal identity number) or when the check
    digit is wrong.
    """
    match = _FORM.fullmatch(raw.strip())
    if not match:
        message = f"{raw!r} is not ten digits"
        raise ValueError(message)
    digits = "".join(match.groups())
    if digits[2] < "2":
        message = f"{raw!r} is not an organisation number: its third digit must be 2 or more"
        raise ValueError(message)
    if check_digit(digits[:9]) != int(digits[9]):
        message = f"{raw!r} has a wrong check digit"
        raise ValueError(message)
    return f"{digits[:6]}-{digits[6:]}"


def check_digit(nine: str) -> int:
    """Return the Luhn check digit of nine digits."""
    total = 0
    for place, character in enumerate(nine):
        doubled = int(character) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return -total % 10
