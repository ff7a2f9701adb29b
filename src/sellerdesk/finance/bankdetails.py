"""What must be true of bank details before money is sent there. Pure.

A Russian account carries a check digit over the bank's code, an IBAN one over itself; others are judged by shape alone.
"""

from __future__ import annotations

import re

from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.finance.texts import BANK
from sellerdesk.finance.types import BankDetails

_SWIFT = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_OTHER = re.compile(r"[A-Z0-9]{5,34}")


def clean(holder: str, bank_name: str, code: str, account: str) -> BankDetails:
    """Details as they are kept. `code` is a BIC of nine digits or a SWIFT code.

    Raises Invalid naming every field that cannot be: a wrong number sends money to somebody else.
    """
    found = BankDetails(" ".join(holder.split())[:200], " ".join(bank_name.split())[:120], _squeezed(code),
                        _squeezed(account))
    wrong = []
    if not found.holder:
        wrong.append(_error("holder", "required", ""))
    if not found.bank_name:
        wrong.append(_error("bank_name", "required", ""))
    russian = found.code.isdigit()
    if not (len(found.code) == 9 if russian else _SWIFT.fullmatch(found.code)):
        wrong.append(_error("code", "bank_code_wrong", found.code))
    elif not _possible(found, russian):
        wrong.append(_error("account", "bank_account_wrong", found.account))
    if wrong:
        raise Invalid.many(wrong)
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\-.]", "", text).upper()


def _error(field: str, code: str, value: str) -> FieldError:
    return FieldError(field, code, BANK[code], value[:60], {"value": value[:60]})


def _possible(found: BankDetails, russian: bool) -> bool:
    if russian:
        return len(found.account) == 20 and found.account.isdigit() and russian_key_fits(found.code, found.account)
    if found.account[:2].isalpha():
        return bool(_IBAN.fullmatch(found.account)) and iban_fits(found.account)
    return bool(_OTHER.fullmatch(found.account))


def russian_key_fits(bic: str, account: str) -> bool:
    """Order of the Bank of Russia No. 515 of 1997: digits times 7, 1, 3 in turn end in zero."""
    digits = bic[-3:] + account
    return sum(int(digit) * (7, 1, 3)[at % 3] % 10 for at, digit in enumerate(digits)) % 10 == 0


def iban_fits(iban: str) -> bool:
    """ISO 13616: with its head moved to the end and letters as numbers from 10 on, it leaves 1 divided by 97."""
    return int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97 == 1
