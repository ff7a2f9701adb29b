from __future__ import annotations

from django.urls import path

from sellerdesk.logistics.web import calculator, methods, parcels

app_name = "logistics"
urlpatterns = [
    path("delivery/parcels/", parcels.parcels, name="parcels"),
    path("delivery/parcels/<str:number>/note", parcels.note, name="note"),
    path("delivery/", methods.index, name="methods"),
    path("delivery/methods/<int:warehouse_id>/<str:tariff>/", methods.method, name="method"),
    path("delivery/calculator", calculator.calculator, name="calculator"),
]
