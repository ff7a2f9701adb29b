from __future__ import annotations

from django.urls import path

from sellerdesk.notifications.web import devices, inbox, notes, pushes

app_name = "notifications"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/live", inbox.live, name="inbox_live"),
    path("notes/", notes.notes, name="notes"),
    path("notes/bell", notes.bell, name="bell"),
    path("notes/read", notes.read_all, name="read_all"),
    path("notes/<int:note_id>/", notes.follow, name="note"),
    path("notes/settings/", notes.settings, name="settings"),
    path("notes/settings/test", notes.try_out, name="settings_test"),
    path("notes/settings/shop/", notes.shop_settings, name="shop_settings"),
    path("notes/worker.js", devices.worker, name="note_worker"),
    path("notes/devices/key", devices.key, name="device_key"),
    path("notes/devices/add", devices.add, name="device_add"),
    path("notes/devices/remove", devices.remove, name="device_remove"),
    path("notes/devices/test", devices.try_out, name="device_test"),
    path("pushes/", pushes.endpoints, name="endpoints"),
    path("pushes/new/", pushes.endpoint_new, name="endpoint_new"),
    path("pushes/<int:endpoint_id>/", pushes.endpoint, name="endpoint"),
    path("pushes/<int:endpoint_id>/change", pushes.change, name="endpoint_change"),
    path("pushes/<int:endpoint_id>/test", pushes.try_out, name="endpoint_test"),
    path("pushes/<int:endpoint_id>/switch", pushes.switch, name="endpoint_switch"),
    path("pushes/<int:endpoint_id>/resume", pushes.resume, name="endpoint_resume"),
    path("pushes/<int:endpoint_id>/secret", pushes.roll_secret, name="endpoint_secret"),
    path("pushes/<int:endpoint_id>/remove", pushes.remove, name="endpoint_remove"),
    path("pushes/<int:endpoint_id>/again", pushes.again, name="endpoint_again"),
    path("pushes/log/<int:delivery_id>/", pushes.delivery, name="delivery"),
    path("pushes/log/<int:delivery_id>/again", pushes.delivery_again, name="delivery_again"),
]
