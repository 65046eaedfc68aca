"""Numbers that belong together: ranges, lists that share a scale, and numbers said again in brackets."""

import re

from briefing.texts.amount import BOTH, THROUGH, Amount
from briefing.texts.currencies import CURRENCY_SIGNS
from briefing.texts.language import EXACT, HARD_SPACE
from briefing.texts.scales import next_scale, with_scales

_CURRENCY_AGAIN = rf"(?:[A-Za-z]{{0,3}}[{CURRENCY_SIGNS}]|[A-Z]{{3}}|Rs\.?)?[ {HARD_SPACE}]?"
_JOINED = re.compile(
    rf"(?:(?P<dash>[-–—~至到]|\s[-–—~]\s)|\s+(?P<through>{THROUGH})\s+|\s*(?P<through2>から|至|到)\s*|\s+(?P<both>{BOTH})\s+|\s*(?P<both2>[和或و])\s*)"
    rf"{_CURRENCY_AGAIN}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?:between|entre|zwischen|tra|fra|tussen|между|بين|介于|在)\s*{_CURRENCY_AGAIN}$", re.IGNORECASE
)


def joined(text: str, found: list[Amount], language: str) -> list[Amount]:
    """The numbers of a text, in order, with those joined that are one range or share a scale."""
    result: list[Amount] = []
    for number in found:
        while result and number.start - result[-1].end <= 24:
            pair = _pair(text, result[-1], number, language)
            if pair is None:
                break
            result.pop()
            if len(pair) == 2:
                result.append(pair[0])
            number = pair[-1]
            if len(pair) == 2:
                _share_in_list(text, result, number)
                break
        result.append(number)
    return [_in_brackets(text, number, language) for number in result]


def _share_in_list(text: str, found: list[Amount], last: Amount) -> None:
    """ "2, 3 or 4 million": the scale of the last is that of all before it."""
    for at in range(len(found) - 2, max(len(found) - 8, -1), -1):
        between = text[found[at].end : found[at + 1].start]
        if not re.fullmatch(r"[,、]\s?", between) or found[at].names or found[at].scale != 1:
            return
        if last.scale == 1 or found[at + 1].scale == 1:
            return
        found[at] = _sharing(found[at], last, is_range=False)


def _in_brackets(text: str, number: Amount, language: str) -> Amount:
    """A number in brackets that a scale follows is not read: "(5) million"."""
    if text[number.end : number.end + 1] != ")" or text[number.start - 1 : number.start] != "(":
        return number
    step = next_scale(text, number.end + 1, language, False)
    return number if step is None else number._replace(names=True)


def _pair(text: str, first: Amount, second: Amount, language: str) -> tuple[Amount, ...] | None:
    between = text[first.end : second.start]
    if first.names or second.names:
        return None
    if re.fullmatch(r"\s?\(", between) and text[second.end : second.end + 1] == ")":
        if first.value == second.value and first.word != second.word:  # "sixty (60)", "five (5) million"
            return (_scaled_by_next(text, first._replace(end=second.end + 1, weak=False), language),)
        return None
    if not (join := _JOINED.fullmatch(between)) or first.high is not None or second.high is not None:
        return None
    through = bool(join["dash"] or join["through"] or join["through2"])
    window = text[max(0, first.start - 24) : first.start]
    is_range = through or _BETWEEN.search(window) is not None
    if first.scale == 1 and second.scale != 1:
        first = _sharing(first, second, is_range)
    if is_range and first.value < second.value:
        weak = first.weak and second.weak
        return (first._replace(end=second.end, high=second.value, scale=second.scale, weak=weak),)
    return (first, second)


def _scaled_by_next(text: str, number: Amount, language: str) -> Amount:
    values, end, scale, unread, _ = with_scales(text, (number.value,), number.end, language, False)
    if scale == 1:
        return number._replace(names=number.names or unread)
    return number._replace(end=end, value=values[0], scale=scale)


def _sharing(first: Amount, second: Amount, is_range: bool) -> Amount:
    """The scale of the second belongs to both: "2 or 3 million", but not "900 to 1 million"."""
    digits = EXACT.divide(second.value, second.scale)
    if first.value >= digits:
        # "900 to 1 million", "between five and one hundred"; but "5 or 4 million" may be either.
        return first if is_range or first.value >= 100 else first._replace(names=True)
    return first._replace(
        value=EXACT.multiply(first.value, second.scale), other=(), scale=second.scale, weak=False
    )
