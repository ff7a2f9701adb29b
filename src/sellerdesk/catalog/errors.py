"""What can be refused, in the catalogue's words. Codes of item errors are those of the Seller API."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound


class ProductUnknown(NotFound):
    code = "product_unknown"
    message = _("There is no such product in this shop.")


def unknown_products(field: str, names: Sequence[str]) -> Invalid:
    """No product of the shop goes by these names or numbers, as they were written in `field`."""
    return Invalid("product_unknown", _("There is no such product in this shop: %(names)s."), field=field,
                   data={"names": ", ".join(names[:5])[:200], "value": names[0][:60]})


class TypeUnknown(NotFound):
    code = "type_unknown"
    message = _("There is no such product type.")


class ImportUnknown(NotFound):
    code = "import_unknown"
    message = _("There is no such import in this shop.")


class NoProducts(NotFound):
    code = "no_products"
    message = _("No product fits this filter, so there is nothing to put into the sheet.")


class ImportMoved(Conflict):
    code = "import_moved"
    message = _("The import is at another stage by now. Look at it again.")


class BatchUnknown(NotFound):
    code = "batch_unknown"
    message = _("There is no such change in this shop.")


class NotUndoable(Conflict):
    code = "not_undoable"
    message = _("This change cannot be undone any more: it is undone already, or its time is over.")


class ProductChanged(Conflict):
    code = "product_changed"
    message = _("Someone saved this product while you were editing it. Your values are kept below: compare them with "
                "the saved card and save again.")


class VersionUnknown(NotFound):
    code = "version_unknown"
    message = _("There is no such version of this product.")


class ValueRefused(Invalid):
    code = "value_refused"


class ProposalDecided(Conflict):
    code = "proposal_decided"
    message = _("Somebody has decided about this proposal already.")


class DraftTooLarge(LimitReached):
    code = "draft_too_large"
    message = _("The form holds more text than a draft can keep. Save the product, or shorten the longest texts.")


class PictureRefused(Invalid):
    code = "picture_refused"


class FileRefused(Invalid):
    code = "file_refused"


class DocumentRefused(Invalid):
    code = "document_refused"


class UploadUnknown(NotFound):
    code = "upload_unknown"
    message = _("There is no such upload in this shop.")


class UploadMoved(Conflict):
    code = "upload_moved"
    message = _("This upload no longer waits for an answer. Look at what became of it.")


class TooManyItems(LimitReached):
    code = "too_many_items"
    message = _("At most %(limit)s products fit into one call.")


# Code of an item error → what people read. `attribute` is the attribute's name in the reader's language.
MESSAGES = {
    "offer_id_empty": _("Give the product an offer ID: your own article number, unique in your shop."),
    "offer_id_too_long": _("The offer ID is longer than %(limit)s characters. Shorten it."),
    "offer_id_repeated": _("This offer ID stands in an earlier row already. Keep one of them."),
    "offer_id_not_found": _("Your shop has no product with this offer ID. Check it, or add the product first."),
    "offer_id_taken": _("Another product of your shop has this offer ID. Choose a different one."),
    "name_empty": _("Give the product a name."),
    "name_too_long": _("The name has %(length)s characters; at most %(limit)s fit."),
    "description_too_long": _("The description has %(length)s characters; at most %(limit)s fit."),
    "barcode_invalid": _("“%(value)s” is not a barcode. Use 4 to 100 digits, Latin letters or hyphens."),
    "barcode_exists": _("The product has the barcode “%(value)s” already."),
    "barcode_not_found": _("The product has no barcode “%(value)s”."),
    "product_unknown": ProductUnknown.message,
    "missing_dimension": _("Write a whole number greater than zero."),
    "dimension_too_large": _("The value is above the limit of %(limit)s. Check the unit: sizes are in millimetres, "
                             "weight is in grams."),
    "Incorrect_density": _("Weight and size do not fit together: %(weight)s g ÷ %(volume)s cm³ (%(size)s mm) = "
                           "%(density)s g/cm³, while goods have 0.001 to 13.55. Check millimetres and grams."),
    "whole_number_expected": _("“%(value)s” is not a whole number. Write it in digits, for example 250."),
    "vat_invalid": _("There is no such VAT rate. Choose one of: %(allowed)s."),
    "hs_code_invalid": _("“%(value)s” is no HS code. Write 6, 8 or 10 digits, for example 851830."),
    "customs_name_not_latin": _("“%(value)s” is not in Latin letters. Write in plain English what it is, for example: "
                                "cotton T-shirt."),
    "customs_value_invalid": _("“%(value)s” is no value for customs. Write the amount for one unit and its currency, "
                               "for example 12.50 USD. Currencies: %(currencies)s."),
    "too_many_images": _("A product can have at most %(limit)s pictures."),
    "image_address_invalid": _("“%(value)s” is not the address of a picture. It must begin with https:// or http://."),
    "image_unknown": _("One of the pictures is no longer there. Remove it and upload it again."),
    "too_many_documents": _("A product can have at most %(limit)s documents."),
    "document_address_invalid": _("“%(value)s” is not the address of a document. It must begin with https:// or "
                                  "http://."),
    "document_unknown": _("One of the documents is no longer there. Remove it and upload it again."),
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
    "aspect_locked": _("Buyers have ordered this variant, so its colour, size and the like stay as they are. Create a "
                       "new card for the other variant."),
    "archive_with_stock": _("“%(offer)s” still has units for sale. Set its stock to 0 first."),
    "restore_limit": _("At most %(limit)s products that went to the archive by themselves come back a day. The count "
                       "starts anew at 03:00 Moscow time."),
    "item_limit_exceeded": _("The shop may have %(limit)s products outside the archive, and all of them are used. Move "
                             "some to the archive, or ask us for more."),
    "delete_not_archived": _("“%(offer)s” is not in the archive. Move it there first."),
    "delete_was_sold": _("“%(offer)s” has been offered to buyers, so it stays in the archive with its history."),
    "all_image_failed": _("None of the pictures could be loaded."),
    "stop_word": _("“%(value)s” is not allowed in a product card. Remove it."),
    "word_to_look_at": _("“%(value)s” needs a person’s look. The card is saved, and a moderator decides."),
    "contact_in_text": _("“%(value)s” looks like a contact or the address of a website. Remove it: buyers write to "
                         "you in the marketplace."),
    "goods_banned": _("Goods of this kind may not be sold here this way. Read the policy, or choose another product "
                      "type if this one is wrong."),
    "goods_attribute_needed": _("“%(attribute)s” is required for goods of this kind. Fill it in."),
    "goods_remark": _("Goods of this kind are looked at by a moderator before they are sold."),
    "too_few_images": _("The card has too few pictures. Add some."),
}

# Kind of paper → what people read where a product lacks it.
PAPER_NEEDED = {
    "declaration": _("Goods of this kind need a declaration of conformity. Hand it in under “Certificates”; until it "
                     "is accepted, the product is hidden."),
    "certificate": _("Goods of this kind need a certificate of conformity. Hand it in under “Certificates”; until it "
                     "is accepted, the product is hidden."),
    "state_registration": _("Goods of this kind need a certificate of state registration. Hand it in under "
                            "“Certificates”; until it is accepted, the product is hidden."),
    "refusal_letter": _("Goods of this kind need a letter that no certificate is asked for. Hand it in under "
                        "“Certificates”; until it is accepted, the product is hidden."),
    "quality": _("Goods of this kind need a certificate of quality. Hand it in under “Certificates”; until it is "
                 "accepted, the product is hidden."),
    "brand": _("This brand needs papers: a contract or a letter of the brand’s owner. Hand them in under "
               "“Certificates”; until they are accepted, the product is hidden."),
}


class CaseUnknown(NotFound):
    code = "case_unknown"
    message = _("There is no such case.")


class CaseDecided(Conflict):
    code = "case_decided"
    message = _("Somebody else has decided this case. Look at the decision below.")


class CaseTaken(Conflict):
    code = "case_taken"
    message = _("%(who)s is working on this case. Take it over only if you have agreed on it.")


class CaseDropped(Conflict):
    code = "case_dropped"
    message = _("The product is in the archive or its shop is closed: there is nothing to decide until it comes back.")


class NotOnShelf(Conflict):
    code = "not_on_shelf"
    message = _("Only a product that is on sale or waits for its price can be stopped. Look at its state below.")


class NotStopped(Conflict):
    code = "not_stopped"
    message = _("No operator stops this product, or it is shown again already.")


class OwnDecision(Conflict):
    code = "own_decision"
    message = _("The appeal is about your own decision: another operator decides it.")


class CertificateUnknown(NotFound):
    code = "certificate_unknown"
    message = _("There is no such certificate in this shop.")


class SecondOpinion(Forbidden):
    code = "second_opinion"
    message = _("You asked for a second opinion on this case: somebody else decides it.")


class AppealClosed(Conflict):
    code = "appeal_closed"
    message = _("This decision cannot be appealed, or it was appealed already. Correct the card and save it instead.")
