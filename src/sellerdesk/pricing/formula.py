"""Formulas such as `cost*1.6+fee`: read once, then calculated for each product. Pure and exact: fractions, no floats.

    + - * / ( )  numbers (1.6 or 1,6)  percentages (15%)  names of amounts  min(a; b)  max(a; b)

A formula is read by a parser of its own and never by the language's: nothing but these signs is understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

#: What a formula may name.
NAMES = ("price", "old_price", "min_price", "cost", "fee", "commission", "acquiring", "delivery")
_LONGEST = 200
_DEEPEST = 30
_TOKEN = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)|([a-z_]+)|([-+*/()%;]))", re.IGNORECASE)


class FormulaError(Exception):
    """What is wrong with a formula: a code of `formula_*`, and the piece of text that is at fault."""

    def __init__(self, code: str, piece: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.piece = piece


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in postfix order, ready to be calculated. `names` are the amounts it needs."""

    text: str
    steps: tuple[Fraction | str, ...]
    names: frozenset[str]


def read(text: str) -> Formula:
    """Understand a formula; a leading = is allowed. Raises FormulaError."""
    plain = text.strip().removeprefix("=").strip()
    if not plain:
        raise FormulaError("formula_empty")
    if len(plain) > _LONGEST:
        raise FormulaError("formula_too_long")
    reader = _Reader(_tokens(plain))
    reader.sum(0)
    if reader.next:
        raise FormulaError("formula_unreadable", reader.next)
    return Formula(plain, tuple(reader.steps), frozenset(
        step for step in reader.steps if isinstance(step, str) and step in NAMES))


def value(formula: Formula, amounts: Mapping[str, Fraction | None]) -> Fraction:
    """The formula's value for one product, amounts in whole units of the currency.

    Raises FormulaError: `formula_value_missing` where an amount is not known, `formula_division`.
    """
    stack: list[Fraction] = []
    for step in formula.steps:
        if isinstance(step, Fraction):
            stack.append(step)
        elif step in NAMES:
            known = amounts.get(step)
            if known is None:
                raise FormulaError("formula_value_missing", step)
            stack.append(known)
        elif step == "neg":
            stack.append(-stack.pop())
        else:
            second, first = stack.pop(), stack.pop()
            if step == "/" and second == 0:
                raise FormulaError("formula_division")
            stack.append(_apply(step, first, second))
    return stack.pop()


def _apply(sign: str, first: Fraction, second: Fraction) -> Fraction:
    match sign:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "/":
            return first / second
        case "min":
            return min(first, second)
        case _:
            return max(first, second)


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError("formula_unreadable", text[at:at + 10].strip())
        found.append(match[1] or (match[2] or "").lower() or match[3])
        at = match.end()
    return found


class _Reader:
    """Recursive descent over the tokens; writes the steps in postfix order as it goes."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.steps: list[Fraction | str] = []

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        found = self.next
        if not found or (wanted and found != wanted):
            raise FormulaError("formula_unfinished" if not found else "formula_unreadable", found)
        self.at += 1
        return found

    def sum(self, depth: int) -> None:
        if depth > _DEEPEST:
            raise FormulaError("formula_too_long")
        self.product(depth)
        while self.next in ("+", "-"):
            sign = self.take()
            self.product(depth)
            self.steps.append(sign)

    def product(self, depth: int) -> None:
        self.factor(depth)
        while self.next in ("*", "/"):
            sign = self.take()
            self.factor(depth)
            self.steps.append(sign)

    def factor(self, depth: int) -> None:
        token = self.take()
        if token == "-":  # noqa: S105 - a sign, no password
            if depth > _DEEPEST:
                raise FormulaError("formula_too_long")
            self.factor(depth + 1)
            self.steps.append("neg")
        elif token == "(":  # noqa: S105 - a bracket, no password
            self.sum(depth + 1)
            self.take(")")
        elif token[0].isdigit():
            number = Fraction(token.replace(",", "."))
            if self.next == "%":
                self.take()
                number /= 100
            self.steps.append(number)
        elif token in NAMES:
            self.steps.append(token)
        elif token in ("min", "max"):
            self.take("(")
            self.sum(depth + 1)
            self.take(";")
            self.sum(depth + 1)
            self.take(")")
            self.steps.append(token)
        elif token.isidentifier():
            raise FormulaError("formula_name_unknown", token)
        else:
            raise FormulaError("formula_unreadable", token)
