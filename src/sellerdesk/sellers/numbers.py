"""Check digits of registration numbers: what a typing error breaks.

Each function takes a number that already has the form of its country and says whether its check digits hold. The
schemes are public: those of the tax authorities, and of the EU's VAT information exchange (VIES) for Europe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_CN_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CN_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def _sum(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, its digits added."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def china(number: str) -> bool:
    """Unified social credit code: last of 18 characters by GB 32100-2015 (weights 3^i mod 31)."""
    total = sum(_CN_ALPHABET.index(char) * weight for char, weight in zip(number, _CN_WEIGHTS, strict=False))
    return _CN_ALPHABET.index(number[17]) == (31 - total % 31) % 31


_RU_WEIGHTS = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}


def russia(number: str) -> bool:
    """ИНН: one check digit for companies (10 digits), two for people (12); sum by weights mod 11 mod 10."""
    return all(_sum(number, weights) % 11 % 10 == int(number[len(weights)]) for weights in _RU_WEIGHTS[len(number)])


def belarus(number: str) -> bool:
    """УНП: the ninth digit is the weighted sum of the others mod 11; 10 is never given out.

    Numbers of people start with letters: the first weighs its place in the Latin list below, the second too.
    """
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if number[:2].isalpha():
        number = number[0] + str("ABCEHKMOPT".index(number[1])) + number[2:]
    total = sum(letters.index(char) * weight for char, weight in
                zip(number, (29, 23, 19, 17, 13, 7, 5, 3), strict=False))
    return total % 11 == int(number[8])


def kazakhstan(number: str) -> bool:
    """БИН and ИИН: weights 1 to 11 mod 11; where that is 10, weights 3 to 11, 1, 2; a second 10 is never given out."""
    total = _sum(number, range(1, 12)) % 11
    if total == 10:
        total = _sum(number, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return total == int(number[11])


def turkey(number: str) -> bool:
    """VKN of companies (10 digits) or TCKN of people (11 digits)."""
    if len(number) == 11:
        odd, even = _sum(number[0:9:2], (1,) * 5), _sum(number[1:8:2], (1,) * 4)
        tenth = (odd * 7 - even) % 10
        return number[0] != "0" and tenth == int(number[9]) and (odd + even + tenth) % 10 == int(number[10])
    total = 0
    for place, digit in enumerate(number[:9]):
        shifted = (int(digit) + 9 - place) % 10
        if shifted:
            total += shifted * 2 ** (9 - place) % 9 or 9
    return (10 - total % 10) % 10 == int(number[9])


# -- value added tax numbers of the European Union, without the country's letters --------------------------------------


def germany(number: str) -> bool:
    """ISO 7064, mod 11,10."""
    product = 10
    for digit in number[:8]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(number[8])


def austria(number: str) -> bool:
    """U and eight digits: digit sums of the odd places once and the even ones twice, 4 added."""
    digits = number[1:]
    total = sum(int(digit) if place % 2 == 0 else sum(divmod(int(digit) * 2, 10))
                for place, digit in enumerate(digits[:7]))
    return (10 - (total + 4) % 10) % 10 == int(digits[7])


def belgium(number: str) -> bool:
    """The last two digits are 97 less the others mod 97."""
    return 97 - int(number[:8]) % 97 == int(number[8:])


def france(number: str) -> bool:
    """Two characters before the SIREN. The SIREN holds by Luhn; two digits are (12 + 3 × SIREN mod 97) mod 97.

    Letters among the first two are the newer form, whose key this leaves alone. Monaco has no SIREN.
    """
    key, siren = number[:2], number[2:]
    if siren[:3] != "000" and not _luhn(siren):
        return False
    return not key.isdigit() or int(key) == (12 + 3 * (int(siren) % 97)) % 97


def italy(number: str) -> bool:
    """Partita IVA: Luhn over eleven digits; the eighth to tenth name a tax office that exists."""
    office = int(number[7:10])
    return (1 <= office <= 100 or office in (120, 121, 888, 999)) and _luhn(number)


def spain(number: str) -> bool:
    """NIF of companies (letter, seven digits, control), of people (eight digits, letter) and foreigners (X, Y, Z)."""
    people = "TRWAGMYFPDXBNJZSQVHLCKE"
    first, control = number[0], number[8]
    if first.isdigit() or first in "XYZ":
        digits = first.replace("X", "0").replace("Y", "1").replace("Z", "2") + number[1:8]
        return control == people[int(digits) % 23]
    if first in "KLM":
        return control == people[int(number[1:8]) % 23]
    digit = (10 - sum(int(one) if place % 2 else sum(divmod(int(one) * 2, 10))
                      for place, one in enumerate(number[1:8])) % 10) % 10
    return control in (str(digit), "JABCDEFGHI"[digit])


def poland(number: str) -> bool:
    """NIP: weights 6 5 7 2 3 4 5 6 7, mod 11."""
    return _sum(number, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(number[9])


def netherlands(number: str) -> bool:
    """Companies: weights 9 to 2 mod 11 over nine digits before the B. People since 2020: the whole by mod 97."""
    if _sum(number, (9, 8, 7, 6, 5, 4, 3, 2)) % 11 == int(number[8]):
        return True
    spelled = "".join(str(int(char, 36)) for char in f"NL{number}")
    return int(spelled) % 97 == 1


def denmark(number: str) -> bool:
    return _sum(number, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def finland(number: str) -> bool:
    return _sum(number, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0


def sweden(number: str) -> bool:
    """The organisation number by Luhn, and 01."""
    return _luhn(number[:10])


def portugal(number: str) -> bool:
    rest = _sum(number, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if rest < 2 else 11 - rest) == int(number[8])


def greece(number: str) -> bool:
    return _sum(number, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(number[8])


CHECKS: dict[str, Callable[[str], bool]] = {
    "CN": china, "RU": russia, "BY": belarus, "KZ": kazakhstan, "TR": turkey, "DE": germany, "AT": austria,
    "BE": belgium, "FR": france, "IT": italy, "ES": spain, "PL": poland, "NL": netherlands, "DK": denmark,
    "FI": finland, "SE": sweden, "PT": portugal, "GR": greece,
}
