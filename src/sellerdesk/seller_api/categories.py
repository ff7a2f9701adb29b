"""The category tree, what each product type asks for, and the values of dictionaries."""

from __future__ import annotations

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import TreeNode
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import categories as models


@endpoint(
    "/v1/description-category/attribute",
    request=models.GetAttributesRequest,
    answer=models.GetAttributesResponse,
    right="categories:read",
)
def attributes(call: Call, request: models.GetAttributesRequest) -> models.GetAttributesResponse:
    """Lists the attributes of a product type, required ones marked."""
    check_pair(request.description_category_id, request.type_id)
    rows = catalog.attributes(request.type_id, wire.LANGUAGES[request.language])
    return models.GetAttributesResponse(
        result=[
            models.GetAttributesResponseAttribute(
                id=row.id,
                name=row.name,
                description=row.description,
                type=row.kind,
                dictionary_id=row.dictionary_id,
                is_required=row.required,
                is_collection=row.is_collection,
                max_value_count=row.max_value_count,
                group_id=row.group_id,
                group_name=row.group_name,
                is_aspect=row.is_aspect,
                category_dependent=row.category_dependent,
                attribute_complex_id=row.complex_id,
                complex_is_collection=bool(row.complex_id) and row.is_collection,
            )
            for row in rows
        ]
    )


@endpoint(
    "/v1/description-category/attribute/values",
    request=models.GetAttributeValuesRequest,
    answer=models.GetAttributeValuesResponse,
    right="categories:read",
)
def attribute_values(call: Call, request: models.GetAttributeValuesRequest) -> models.GetAttributeValuesResponse:
    """Pages through the dictionary of an attribute."""
    check_pair(request.description_category_id, request.type_id)
    rows, has_next = catalog.attribute_values(
        request.type_id,
        request.attribute_id,
        wire.LANGUAGES[request.language],
        last_value_id=request.last_value_id,
        limit=request.limit,
    )
    return models.GetAttributeValuesResponse(
        result=[
            models.GetAttributeValuesResponseDictionaryValue(id=row.id, value=row.value, info=row.info) for row in rows
        ],
        has_next=has_next,
    )


@endpoint(
    "/v1/description-category/tree",
    request=models.GetTreeRequest,
    answer=models.GetTreeResponse,
    right="categories:read",
)
def tree(call: Call, request: models.GetTreeRequest) -> models.GetTreeResponse:
    """The whole category tree with product types as its leaves."""
    return models.GetTreeResponse(
        result=[_node(node) for node in catalog.tree(wire.LANGUAGES[request.language])],
    )


def _node(node: TreeNode) -> models.GetTreeResponseItem:
    types = [
        models.GetTreeResponseItem(disabled=kind.disabled, children=(), type_id=kind.id, type_name=kind.name)
        for kind in node.types
    ]
    return models.GetTreeResponseItem(
        disabled=node.disabled,
        children=[_node(child) for child in node.children] + types,
        description_category_id=node.id,
        category_name=node.name,
    )


def check_pair(category_id: int, type_id: int) -> None:
    """A product type is named together with its category; a wrong pair is refused as a whole."""
    found = catalog.type_info([type_id]).get(type_id)
    if found is None or found.category_id != category_id:
        raise ApiError(Code.NOT_FOUND, "description_category_has_no_description_type")
