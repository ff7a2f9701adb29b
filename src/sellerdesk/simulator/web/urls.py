from __future__ import annotations

from django.urls import path

from sellerdesk.simulator.web import api, scenarios, trouble, views

app_name = "simulator"
urlpatterns = [
    path("api/<str:act>/", api.market_api, name="api"),
    path("scenarios/", scenarios.gallery, name="scenarios"),
    path("scenarios/start/", scenarios.start, name="start"),
    path("scenarios/stop/", scenarios.stop, name="stop"),
    path("scenarios/order/", scenarios.order, name="order"),
    path("scenarios/live/", scenarios.live, name="scenarios-live"),
    path("runs/<int:run_id>/", scenarios.run, name="run"),
    path("runs/<int:run_id>/recording/", scenarios.recording, name="recording"),
    path("", views.market, name="market"),
    path("live/", views.live, name="live"),
    path("clock/", views.change_clock, name="clock"),
    path("pace/", views.change_pace, name="pace"),
    path("running/", views.change_running, name="running"),
    path("trouble/", trouble.troubles, name="trouble"),
    path("trouble/end", trouble.end, name="trouble_end"),
]
