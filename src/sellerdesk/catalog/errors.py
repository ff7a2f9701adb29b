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
