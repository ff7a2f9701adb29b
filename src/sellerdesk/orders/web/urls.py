from __future__ import annotations

from django.urls import path

from sellerdesk.orders.web import (
    acts,
    cancelling,
    customs_panel,
    fulfilled,
    limits_panel,
    moves,
    parcels,
    requests,
    scanning,
    terms,
    units,
    views,
)

app_name = "orders"
urlpatterns = [
    path("orders/", views.postings, name="postings"),
    path("orders/bulk", acts.bulk, name="bulk"),
    path("orders/marketplace/", fulfilled.fulfilled, name="fulfilled"),
    path("orders/scan/", scanning.page, name="scan"),
    path("orders/scan/work", scanning.work, name="scan_work"),
    path("orders/scan/act", scanning.act, name="scan_act"),
    path("orders/scan/worker.js", scanning.worker, name="scan_worker"),
    path("orders/cancel-requests/", requests.requests, name="cancel_requests"),
    path("orders/cancel-requests/<int:request_id>/approve", requests.approve, name="cancel_request_approve"),
    path("orders/cancel-requests/<int:request_id>/reject", requests.reject, name="cancel_request_reject"),
    path("orders/terms/", terms.overview, name="terms"),
    path("orders/penalties/", terms.penalties, name="penalties"),
    path("orders/penalties/<int:fault_id>/", terms.penalty, name="penalty"),
    path("orders/penalties/<int:fault_id>/dispute", terms.dispute, name="penalty_dispute"),
    path("orders/penalties/<int:fault_id>/files/<int:dispute_file_id>", terms.dispute_file, name="dispute_file"),
    path("orders/<str:number>/", views.posting, name="posting"),
    path("orders/<str:number>/pack", acts.pack, name="pack"),
    path("orders/<str:number>/units", units.units, name="units"),
    path("orders/<str:number>/packages", parcels.packages, name="packages"),
    path("orders/<str:number>/customs", customs_panel.declare, name="declare"),
    path("orders/<str:number>/latin", customs_panel.write_latin, name="latin"),
    path("orders/<str:number>/method", limits_panel.choose_method, name="choose_method"),
    path("orders/<str:number>/deliver/<str:act>", moves.deliver, name="deliver"),
    path("orders/<str:number>/dispute/<str:step>", moves.dispute, name="dispute"),
    path("orders/<str:number>/tracking", moves.tracking, name="tracking"),
    path("orders/<str:number>/cutoff", moves.cutoff, name="cutoff"),
    path("orders/<str:number>/timeslot", moves.timeslot, name="timeslot"),
    path("orders/<str:number>/code", moves.code, name="code"),
    path("orders/<str:number>/buyer", moves.buyer, name="buyer"),
    path("orders/<str:number>/hand-over", acts.hand_over, name="hand_over"),
    path("orders/<str:number>/cancel", cancelling.cancel, name="cancel"),
    path("orders/<str:number>/cancel/preview", cancelling.preview, name="cancel_preview"),
]
