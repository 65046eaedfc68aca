"""How many marks stand on one letter.

Putting marks into their order, which is a part of normalising, takes a time that grows with the square of
how many stand on one letter, and no script needs more than a few. So a text with too many is refused
before anything is normalised.
"""

import unicodedata

MOST_MARKS = 30
"""As many as the Unicode standard has any text have: UAX 15, Stream-Safe Text Format."""


def excess_marks(text: str) -> int:
    """Where the first letter stands that has more than MOST_MARKS marks after it; -1 where none has.

    Every run of more marks than that has one at a multiple of MOST_MARKS + 1, so only those offsets are
    looked at, and what is beside one only where it is a mark.
    """
    if len(text) <= MOST_MARKS or text.isascii():
        return -1
    step = MOST_MARKS + 1
    marks = {each for each in set(text[::step]) if _is_mark(each)}
    if not marks:
        return -1
    for offset in range(0, len(text), step):
        if text[offset] in marks:
            start = _start_of_run(text, offset)
            if _length_of_run(text, start) > MOST_MARKS:
                return max(start - 1, 0)
    return -1


def _start_of_run(text: str, offset: int) -> int:
    """Where the run of marks begins that holds the offset; at most a run's length is looked at."""
    start = offset
    while start > 0 and offset - start < MOST_MARKS and _is_mark(text[start - 1]):
        start -= 1
    return start


def _length_of_run(text: str, start: int) -> int:
    """How many marks stand there one after the other; no more are counted than are too many."""
    end = start
    while end < len(text) and end - start <= MOST_MARKS and _is_mark(text[end]):
        end += 1
    return end - start


def _is_mark(character: str) -> bool:
    """Whether it is a mark, or becomes one when a text is normalised, as half-width voicing marks do."""
    if character < "\u0300":
        return False
    if unicodedata.category(character)[0] == "M":
        return True
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0
