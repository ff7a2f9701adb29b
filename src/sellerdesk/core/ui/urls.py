"""Addresses of the frame."""

from django.urls import path

from sellerdesk.core.ui import views

app_name = "core"
urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("views/save/", views.save_view, name="view_save"),
    path("views/<int:view_id>/delete/", views.delete_view, name="view_delete"),
    path("views/<int:view_id>/default/", views.default_view, name="view_default"),
]
