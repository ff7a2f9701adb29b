"""What can be refused, in the catalogue's words. Codes of item errors are those of the Seller API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, LimitReached, NotFound


class ProductUnknown(NotFound):
    code = "product_unknown"
    message = _("There is no such product in this shop.")


class TypeUnknown(NotFound):
    code = "type_unknown"
    message = _("There is no such product type.")


class ImportUnknown(NotFound):
    code = "import_unknown"
    message = _("There is no such import in this shop.")


class ProductChanged(Conflict):
    code = "product_changed"
    message = _("Someone saved this product while you were editing it. Your values are kept below: compare them with "
                "the saved card and save again.")


class PictureRefused(Invalid):
    code = "picture_refused"


class FileRefused(Invalid):
    code = "file_refused"


class TooManyItems(LimitReached):
    code = "too_many_items"
    message = _("At most %(limit)s products fit into one call.")


# Code of an item error → what people read. `attribute` is the attribute's name in the reader's language.
MESSAGES = {
    "offer_id_empty": _("Give the product an offer ID: your own article number, unique in your shop."),
    "offer_id_too_long": _("The offer ID is longer than %(limit)s characters. Shorten it."),
    "offer_id_repeated": _("This offer ID stands in an earlier row already. Keep one of them."),
    "offer_id_taken": _("Another product of your shop has this offer ID. Choose a different one."),
    "name_empty": _("Give the product a name."),
    "name_too_long": _("The name has %(length)s characters; at most %(limit)s fit."),
    "description_too_long": _("The description has %(length)s characters; at most %(limit)s fit."),
    "barcode_invalid": _("“%(value)s” is not a barcode. Use 4 to 40 digits, Latin letters or hyphens."),
    "missing_dimension": _("Write a whole number greater than zero."),
    "dimension_too_large": _("The value is above the limit of %(limit)s. Check the unit: sizes are in millimetres, "
                             "weight is in grams."),
    "Incorrect_density": _("Weight and size do not fit together: the density would be %(density)s g/cm³, while goods "
                           "have 0.001 to 13.55. Check millimetres and grams."),
    "whole_number_expected": _("“%(value)s” is not a whole number. Write it in digits, for example 250."),
    "vat_invalid": _("There is no such VAT rate. Choose one of: %(allowed)s."),
    "too_many_images": _("A product can have at most %(limit)s pictures."),
    "image_address_invalid": _("“%(value)s” is not the address of a picture. It must begin with https:// or http://."),
    "image_unknown": _("One of the pictures is no longer there. Remove it and upload it again."),
    "description_type_is_empty": _("Choose the product type."),
    "description_category_invalid": _("There is no such product type. Choose one from the category tree."),
    "description_category_is_legacy": _("This product type is closed for new products. Choose another one."),
    "description_category_has_no_description_type": _("This category does not hold that product type."),
    "EMPTY_REQUIRED": _("“%(attribute)s” is required. Fill it in."),
    "VALUE_MAX_LIMIT": _("At most %(limit)s values fit here. Remove the others."),
    "attribute_unknown": _("This product type has no such attribute; the value was left out."),
    "error_attribute_values_out_of_range": _("“%(value)s” is not in the list of values for “%(attribute)s”. Choose "
                                             "one from the list."),
    "attribute_not_whole": _("“%(attribute)s” takes a whole number, for example 12."),
    "attribute_not_a_number": _("“%(attribute)s” takes a number, for example 12.5."),
    "attribute_negative": _("“%(attribute)s” cannot be below zero."),
    "attribute_not_yes_or_no": _("“%(attribute)s” takes yes or no."),
    "attribute_not_an_address": _("“%(attribute)s” takes a web address that begins with https://."),
    "attribute_too_long": _("“%(attribute)s” takes at most %(limit)s characters."),
    "all_image_failed": _("None of the pictures could be loaded."),
}
