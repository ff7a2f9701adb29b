from __future__ import annotations

from django.urls import path

from sellerdesk.support.web import incoming, views

app_name = "support"
urlpatterns = [
    path("support/", views.tickets, name="tickets"),
    path("support/ask/", views.ask, name="ask"),
    path("support/ask/<str:topic_key>/", views.topic, name="topic"),
    path("support/tickets/<int:ticket_id>/", views.ticket, name="ticket"),
    path("support/tickets/<int:ticket_id>/reply", views.reply, name="reply"),
    path("support/tickets/<int:ticket_id>/solve", views.solve, name="solve"),
    path("support/tickets/<int:ticket_id>/reopen", views.reopen, name="reopen"),
    path("support/tickets/<int:ticket_id>/rate", views.rate, name="rate"),
    path("support/tickets/<int:ticket_id>/files/<int:ticket_file_id>", views.file, name="file"),
    path("support/mail", incoming.mail, name="mail"),
]
