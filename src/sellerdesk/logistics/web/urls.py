from __future__ import annotations

from django.urls import URLPattern

app_name = "logistics"
urlpatterns: list[URLPattern] = []
