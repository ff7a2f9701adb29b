"""Names and addresses in Latin letters, as carriers and customs abroad print them. Pure."""

from __future__ import annotations

import unicodedata

#: Cyrillic letters as passports spell them: ICAO Doc 9303, part 3, section 6 (Russian, Belarusian, Ukrainian, Kazakh).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o",
    "ұ": "u", "ү": "u", "һ": "h",
}
#: Signs of addresses that labels and declarations abroad do not print.
_SIGNS = str.maketrans({"«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "’": "'", "№": "No. ", "–": "-", "—": "-"})


def is_latin(text: str) -> bool:
    """Whether every letter is Latin, accents included, and there is one at all."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(char, "") for char in letters)


def transliterate(text: str) -> str:
    """Text in Latin letters: Cyrillic as passports spell it, Latin as it is. Empty where another script is in it, since
    nobody can tell how its owner spells the name.

    Иванова Юлия, ул. Ленина, 5 → Ivanova Iuliia, ul. Lenina, 5.
    """
    made = []
    for char in unicodedata.normalize("NFC", text).translate(_SIGNS):
        lower = char.lower()
        if lower in _CYRILLIC:
            spelled = _CYRILLIC[lower]
            made.append(spelled.capitalize() if char != lower else spelled)
        elif char.isalpha() and "LATIN" not in unicodedata.name(char, ""):
            return ""
        else:
            made.append(char)
    return " ".join("".join(made).split())
