from __future__ import annotations

from django.urls import path

from sellerdesk.simulator.web import views

app_name = "simulator"
urlpatterns = [
    path("", views.market, name="market"),
    path("live/", views.live, name="live"),
    path("clock/", views.change_clock, name="clock"),
    path("pace/", views.change_pace, name="pace"),
    path("running/", views.change_running, name="running"),
]
