"""The numbers of lists, as documents name their styles: 4, d, D, iv, IV."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, style: str = "") -> str:
    """A number in a style as Word names it: lowerLetter, upperLetter, lowerRoman, upperRoman, decimalZero.

    In any other style, and where the letters or Roman numerals end, it is decimal.
    """
    if style.endswith("Letter") and 0 < number <= 26 * 20:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.endswith("Roman") and 0 < number < 4000:
        text = _roman(number)
    else:
        text = f"{number:02}" if style == "decimalZero" else str(number)
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
