from __future__ import annotations

from django.urls import path

from sellerdesk.analytics.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("home/live/<slug:part>/", views.live, name="home_live"),
]
