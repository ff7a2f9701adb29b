from __future__ import annotations

from django.urls import path

from sellerdesk.promotions.web import actions, own, requests, stairs, strategies

app_name = "promotions"
urlpatterns = [
    path("promotions/", actions.index, name="actions"),
    path("promotions/auto", actions.auto_join, name="auto_join"),
    path("promotions/overlaps/", actions.overlaps, name="overlaps"),
    path("promotions/<int:action_id>/", actions.action, name="action"),
    path("promotions/<int:action_id>/selected", actions.selected, name="selected"),
    path("promotions/<int:action_id>/sheet", actions.sheet, name="sheet"),
    path("promotions/<int:action_id>/codes", own.codes, name="codes"),
    path("promotions/products/<int:product_id>/quantity", stairs.stairway, name="stairway"),
    path("promotions/own/", own.index, name="own"),
    path("promotions/own/new/<str:own_kind>", own.new, name="own_new"),
    path("promotions/own/<int:action_id>/edit", own.edit, name="own_edit"),
    path("promotions/own/<int:action_id>/move", own.move, name="own_move"),
    path("promotions/strategies/", strategies.index, name="strategies"),
    path("promotions/strategies/new", strategies.edit, name="strategy_new"),
    path("promotions/strategies/competitors", strategies.competitors, name="strategy_competitors"),
    path("promotions/strategies/<str:strategy_id>/", strategies.strategy, name="strategy"),
    path("promotions/strategies/<str:strategy_id>/edit", strategies.edit, name="strategy_edit"),
    path("promotions/strategies/<str:strategy_id>/products", strategies.products, name="strategy_products"),
    path("promotions/strategies/<str:strategy_id>/switch", strategies.switch, name="strategy_switch"),
    path("promotions/strategies/<str:strategy_id>/delete", strategies.delete, name="strategy_delete"),
    path("promotions/requests/", requests.index, name="requests"),
    path("promotions/requests/seen", requests.seen, name="requests_seen"),
    path("promotions/requests/selected", requests.selected, name="requests_selected"),
    path("promotions/requests/<int:request_id>/answer", requests.answer, name="request_answer"),
]
