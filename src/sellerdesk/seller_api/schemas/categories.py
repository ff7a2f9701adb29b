"""`/v1/description-category/*`: the tree, attributes of a type, values of a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Language, Request


class GetTreeRequest(Request):
    language: Language = "DEFAULT"


class GetTreeResponseItem(Answer, frozen=True):
    """A category (with `description_category_id`) or, at the leaves, a product type (with `type_id`)."""

    disabled: bool
    children: Sequence[GetTreeResponseItem]
    description_category_id: int | UnsetType = UNSET
    category_name: str | UnsetType = UNSET
    type_id: int | UnsetType = UNSET
    type_name: str | UnsetType = UNSET


class GetTreeResponse(Answer, frozen=True):
    result: Sequence[GetTreeResponseItem]


class GetAttributesRequest(Request):
    description_category_id: Id
    type_id: Id
    language: Language = "DEFAULT"


class GetAttributesResponseAttribute(Answer, frozen=True):
    id: int
    name: str
    description: str
    type: str
    dictionary_id: int
    is_required: bool
    is_collection: bool
    max_value_count: int = 0
    group_id: int = 0
    group_name: str = ""
    is_aspect: bool = False
    category_dependent: bool = False
    attribute_complex_id: int = 0
    complex_is_collection: bool = False


class GetAttributesResponse(Answer, frozen=True):
    result: Sequence[GetAttributesResponseAttribute]


class GetAttributeValuesRequest(Request):
    attribute_id: Id
    description_category_id: Id
    type_id: Id
    limit: Annotated[int, Meta(ge=1, le=2000)]
    last_value_id: Int = 0
    language: Language = "DEFAULT"


class GetAttributeValuesResponseDictionaryValue(Answer, frozen=True):
    id: int
    value: str
    info: str = ""
    picture: str = ""


class GetAttributeValuesResponse(Answer, frozen=True):
    result: Sequence[GetAttributeValuesResponseDictionaryValue]
    has_next: bool
