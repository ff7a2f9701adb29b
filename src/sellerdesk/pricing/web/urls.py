from __future__ import annotations

from django.urls import path

from sellerdesk.pricing.web import grid, quarantine, runs, views

app_name = "pricing"
urlpatterns = [
    path("prices/", views.prices, name="prices"),
    path("prices/<int:product_id>/save", views.save_price, name="save"),
    path("prices/<int:product_id>/history", views.history, name="history"),
    path("prices/selected", views.selected, name="selected"),
    path("prices/percent", views.percent, name="percent"),
    path("prices/grid/", grid.grid, name="grid"),
    path("prices/grid/rows", grid.grid_rows, name="grid_rows"),
    path("prices/grid/check", grid.grid_check, name="grid_check"),
    path("prices/grid/save", grid.grid_save, name="grid_save"),
    path("prices/grid/undo/<int:batch_id>", grid.grid_undo, name="grid_undo"),
    path("prices/grid/calculate", grid.grid_calculate, name="grid_calculate"),
    path("prices/change/", runs.new, name="run_new"),
    path("prices/change/<int:run_id>/", runs.run, name="run"),
    path("prices/change/<int:run_id>/apply", runs.agree, name="run_apply"),
    path("prices/change/<int:run_id>/drop", runs.drop, name="run_drop"),
    path("prices/quarantine/", quarantine.quarantine, name="quarantine"),
    path("prices/quarantine/selected", quarantine.quarantine_bulk, name="quarantine_bulk"),
    path("prices/quarantine/<int:item_id>/release", quarantine.release_one, name="release_one"),
    path("prices/quarantine/<int:item_id>/discard", quarantine.discard_one, name="discard_one"),
]
