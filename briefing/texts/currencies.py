"""How money is written: signs, codes and words."""

from functools import cache

CURRENCY_SIGNS = "$€£¥₹₽₩₪₫₴₦₱₡₲₵₸₺₼₾฿﷼元円圓원"
_WORDS = ("rs", "rs.", "re.", "us$", "usd", "kr", "kr.", "fr.", "r$", "zł", "руб", "руб.", "rmb", "eur", "tk", "rp", "rm", "kes", "ksh", "a$", "c$", "nz$", "s$", "hk$")  # fmt: skip
MONEY = r"(?:dollars?|euros?|pounds?|crowns?|rupees?|francs?|yen|pesos?|d[oó]lares|dolares|d[oó]lar|roubles?|rubles?|kron[ae]r?|sterling)"


@cache
def _currencies() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(code.lower() for code in get_global("all_currencies"))


def is_currency(word: str) -> bool:
    """Whether it is a sign, or ends in one, or is a code or a short word of money: `US$`, `EUR`, `Rs.`."""
    if word[-1:] in CURRENCY_SIGNS:
        return True
    return (word.isupper() and word.lower() in _currencies()) or word.lower() in _WORDS
