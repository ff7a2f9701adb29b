"""What a decision of moderation can say: each with the field it is about, what to do, an example and a policy.

Written for sellers, in three languages; an operator chooses the code and may add words of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Template:
    """`field` is what the remark is usually about; `policy` the key of a policy page."""

    field: str
    title: Any
    text: Any
    example: Any
    policy: str


TEMPLATES: dict[str, Template] = {
    "name_misleading": Template(
        "name", _("The name misleads"),
        _("The name says something else than the pictures and attributes. Write what is sold: kind, brand, model, the "
          "one thing that matters, size."),
        _("Headphones Aria 5, over-ear, black"), "texts"),
    "text_forbidden": Template(
        "description", _("Forbidden words"),
        _("The text holds words that may not be used. Remove what is named in the note."),
        _("“Clinically proven” → say what the product does, without promises."), "texts"),
    "contacts": Template(
        "description", _("Contacts in the text"),
        _("Telephone numbers, addresses of websites and messengers may not stand in a card. Remove them."),
        _("“Questions? Telegram @shop” → nothing: buyers ask in the marketplace."), "contacts"),
    "type_wrong": Template(
        "type_id", _("Wrong product type"),
        _("The goods belong to another product type. Choose the right one; the fee and the attributes depend on it."),
        _("A phone case is no phone."), "cards"),
    "pictures_bad": Template(
        "images", _("Pictures are not acceptable"),
        _("The main picture must show the goods alone, sharp, without text, prices and frames."),
        _("The product on a plain ground, filling most of the picture."), "pictures"),
    "pictures_other": Template(
        "images", _("Pictures show something else"),
        _("The pictures show other goods than the card describes. Replace them."),
        _("A black model needs pictures of the black one."), "pictures"),
    "brand_papers": Template(
        "attribute.85", _("Papers of the brand are missing"),
        _("We cannot see that you may sell this brand. Hand in a contract or a letter of its owner."),
        _("A supply contract that names the brand."), "brands"),
    "fake": Template(
        "name", _("Copy of a brand"),
        _("The goods copy a brand or its look. Such goods may not be sold here."),
        _("“Like the original” is no description."), "brands"),
    "goods_banned": Template(
        "type_id", _("Goods that may not be sold"),
        _("Goods of this kind may not be sold here, or not this way. The policy says what is meant."),
        _("Chilled food is not sold from sellers’ own warehouses."), "banned"),
    "other": Template("", _("Something else"), _("Correct what the note names."), "", "cards"),
}


def template(code: str) -> Template:
    """The template of a code; one that a later version no longer has reads as “something else”."""
    return TEMPLATES.get(code, TEMPLATES["other"])
