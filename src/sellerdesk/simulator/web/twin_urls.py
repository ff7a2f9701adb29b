from __future__ import annotations

from django.urls import path

from sellerdesk.simulator.web import twin

app_name = "twin"
urlpatterns = [
    path("", twin.page, name="page"),
    path("state/", twin.state, name="state"),
    path("create/", twin.create, name="create"),
    path("reset/", twin.reset, name="reset"),
    path("delete/", twin.delete, name="delete"),
]
