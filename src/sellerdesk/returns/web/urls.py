from __future__ import annotations

from django.urls import path

from sellerdesk.returns.web import claims, passes, points, views

app_name = "returns"
urlpatterns = [
    path("returns/", views.returns, name="returns"),
    path("returns/bulk", views.bulk, name="bulk"),
    path("returns/<int:return_id>/receive", views.receive, name="receive"),
    path("returns/<int:return_id>/dispose", views.dispose, name="dispose"),
    path("returns/claims/", claims.claims, name="claims"),
    path("returns/claims/<int:claim_id>/", claims.claim, name="claim"),
    path("returns/claims/<int:claim_id>/decide", claims.decide, name="decide"),
    path("returns/pick-up/", points.pick_up, name="pick_up"),
    path("returns/pick-up/barcode.png", points.barcode_png, name="barcode_png"),
    path("returns/pick-up/barcode.pdf", points.barcode_pdf, name="barcode_pdf"),
    path("returns/pick-up/reset", points.reset, name="reset"),
    path("returns/pick-up/passes", passes.save, name="pass"),
    path("returns/pick-up/passes/remove", passes.remove, name="pass_remove"),
    path("returns/pick-up/<int:place_id>/take-in", points.take_in, name="take_in"),
    path("returns/disposal/", points.disposal, name="disposal"),
]
