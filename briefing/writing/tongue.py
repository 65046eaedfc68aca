"""Which language a text is in, as far as its script and its smallest words tell. Only ever a proposal."""

import re
from collections import Counter

_SAMPLE = 50_000  # characters
_LEAST = 3  # small words, before a language is named

# Words that are frequent in one of these languages and rare in the others.
_WORDS = {
    "en": "the of and to in that is for shall by which with",
    "es": "el los las del y en que una por con para se",
    "fr": "le les des et du une dans qui que pour par est",
    "de": "der die das und den von zu mit ist des nicht eine",
    "it": "il gli della dei di che per una con nel sono alla",
    "pt": "o os da do das dos e em que uma para não",
    "nl": "de het een van en dat niet voor met zijn aan wordt",
    "sv": "och att det som en för på med är av till den",
    "da": "og at det som en for på med er af til den",
    "pl": "i w na z do się że nie jest przez oraz dla",
    "tr": "ve bir bu için ile olan olarak da de tarafından her veya",
    "ru": "и в на с по что не для или от как",
    "uk": "і в на з до що не для або від та є",
    "id": "yang dan di dengan untuk dari pada dalam ini tidak atau oleh",
}
# Scripts that one language has, or one above all others; the first that a text has much of.
_SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "zh": "\u4e00-\u9fff",
    "th": "\u0e00-\u0e7f",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "fa": "\u06cc\u06a9\u067e\u0686\u06af",
    "ar": "\u0600-\u06ff",
    "hi": "\u0900-\u097f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
}


def guessed(text: str) -> str:
    """The BCP 47 tag of the text's language; empty where that is not clear."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for language, script in _SCRIPTS.items():
        # Kana stand among kanji, and the letters of Persian alone among Arabic ones: a few of them tell.
        share = len(re.findall(f"[{script}]", sample)) / max(letters, 1)
        if share > (0.03 if language in ("ja", "fa") else 0.3):
            return language
    counts = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(counts[word] for word in words.split()) for language, words in _WORDS.items()}
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    plain = scores[best] >= _LEAST and scores[best] > 1.2 * scores[second]
    return best if plain else ""
