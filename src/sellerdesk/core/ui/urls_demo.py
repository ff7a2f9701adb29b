"""Addresses that exist in demo and debug only: the captured mailbox and the style guide."""

from django.urls import path

from sellerdesk.core.ui import mailbox, styleguide

app_name = "demo"
urlpatterns = [
    path("demo/mailbox/", mailbox.mailbox, name="mailbox"),
    path("demo/mailbox/<int:message_id>/", mailbox.message, name="message"),
    path("styleguide/", styleguide.components, name="styleguide"),
    path("styleguide/table/", styleguide.table, name="styleguide_table"),
    path("styleguide/table/<int:row_id>/price/", styleguide.price, name="styleguide_price"),
    path("styleguide/bulk/", styleguide.bulk, name="styleguide_bulk"),
    path("styleguide/progress/", styleguide.progress, name="styleguide_progress"),
    path("styleguide/drawer/", styleguide.drawer, name="styleguide_drawer"),
    path("styleguide/auth/", styleguide.auth, name="styleguide_auth"),
    path("styleguide/error/<int:status>/", styleguide.error, name="styleguide_error"),
]
