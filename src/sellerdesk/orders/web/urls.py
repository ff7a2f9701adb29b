from __future__ import annotations

from django.urls import path

from sellerdesk.orders.web import acts, views

app_name = "orders"
urlpatterns = [
    path("orders/", views.postings, name="postings"),
    path("orders/bulk", acts.bulk, name="bulk"),
    path("orders/labels", acts.labels, name="labels"),
    path("orders/<str:number>/", views.posting, name="posting"),
    path("orders/<str:number>/pack", acts.pack, name="pack"),
    path("orders/<str:number>/packages", acts.packages, name="packages"),
    path("orders/<str:number>/label", acts.label, name="label"),
    path("orders/<str:number>/hand-over", acts.hand_over, name="hand_over"),
    path("orders/<str:number>/cancel", acts.cancel, name="cancel"),
]
