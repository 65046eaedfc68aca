"""Words that turn a sentence round, or take something out of it: what an elision must not hide.

No library has them for more than a few languages. These are of the languages that the tests have
texts in; in another one, English is tried.
"""

import re
from functools import cache

_WORDS = {
    "en": "no not never none nor neither nobody nothing cannot without except excepting excluding exclude excludes "
    "excluded unless save but only otherwise however notwithstanding hardly refuse refuses refused fail fails failed "
    "deny denies denied subject provided",
    "es": "no nunca jamás ni ninguno ninguna ningún nadie nada sin salvo excepto excepción menos sino pero tampoco",
    "fr": "ne pas non jamais ni aucun aucune rien personne sans sauf excepté exception hormis mais toutefois",
    "de": "nicht nie niemals kein keine keinen keinem keiner keines weder ohne außer ausgenommen sofern jedoch nur",
    "it": "non mai né nessuno nessuna niente nulla senza salvo eccetto tranne ma",
    "pt": "não nunca jamais nem nenhum nenhuma ninguém nada sem salvo exceto excepto mas",
    "nl": "niet nooit geen noch zonder behalve tenzij maar",
    "ru": "не нет ни никогда никто ничего без кроме исключая однако но",
    "ar": "لا لم لن ليس ليست غير إلا دون بدون باستثناء ما",
}
_PARTS = {
    "en": r"n't\b",
    "zh": "不|没|沒|未|无|無|非|除",
    "ja": "ない|ません|ず|除|非|不|未",
    "ko": "않|없|아니|못|제외|안 ",
}


def negations(text: str, language: str = "en") -> list[str]:
    """The negations and exceptions in a text, in its language; in any other than these, in English."""
    language = language.partition("-")[0].lower()
    pattern = _pattern(language if language in _WORDS or language in _PARTS else "en")
    return re.findall(pattern, text.replace("\u2019", "'"), re.IGNORECASE)


@cache
def _pattern(language: str) -> str:
    words = rf"\b(?:{'|'.join(_WORDS[language].split())})\b" if language in _WORDS else ""
    return "|".join(filter(None, (words, _PARTS.get(language, ""))))
