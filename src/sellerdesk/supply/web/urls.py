from __future__ import annotations

from django.urls import path

from sellerdesk.supply.web import cargoes, lists, making, supply

app_name = "supply"
urlpatterns = [
    path("supplies/", lists.supplies, name="supplies"),
    path("supplies/new", making.new, name="new"),
    path("supplies/drafts/<int:draft_id>/", making.draft, name="draft"),
    path("supplies/labels/<str:token>", supply.label_file, name="label_file"),
    path("supplies/<int:supply_id>/", supply.supply, name="supply"),
    path("supplies/<int:supply_id>/cancel", supply.cancel, name="cancel"),
    path("supplies/<int:supply_id>/accept", supply.accept, name="accept"),
    path("supplies/<int:supply_id>/dispute", supply.dispute, name="dispute"),
    path("supplies/<int:supply_id>/car", supply.car, name="car"),
    path("supplies/<int:supply_id>/labels", supply.labels, name="labels"),
    path("supplies/<int:supply_id>/slots", supply.slots, name="slots"),
    path("supplies/<int:supply_id>/boxes", cargoes.cargoes, name="cargoes"),
    path("supplies/<int:supply_id>/boxes/deal", cargoes.deal, name="deal"),
    path("supplies/<int:supply_id>/boxes/add", cargoes.add, name="add_cargo"),
    path("supplies/<int:supply_id>/boxes/<int:cargo_id>/remove", cargoes.remove, name="remove_cargo"),
    path("supplies/<int:supply_id>/contents", cargoes.contents, name="contents"),
]
