from __future__ import annotations

from django.urls import path

from sellerdesk.help.web import views

app_name = "help"
urlpatterns = [
    path("help/", views.index, name="index"),
    path("help/for-screen/", views.drawer, name="drawer"),
    path("help/errors/", views.errors, name="errors"),
    path("help/errors/<slug:error_code>/", views.error, name="error"),
    path("help/<slug:article_key>/", views.article, name="article"),
]
