from __future__ import annotations

from django.urls import path

from sellerdesk.messaging.web import chats, questions, reviews, templates

app_name = "messaging"
urlpatterns = [
    path("chats/", chats.chats, name="chats"),
    path("chats/start/<str:number>", chats.start, name="start"),
    path("chats/<int:chat_id>/", chats.chat, name="chat"),
    path("chats/<int:chat_id>/thread", chats.thread, name="thread"),
    path("chats/<int:chat_id>/send", chats.send, name="send"),
    path("chats/<int:chat_id>/read", chats.read, name="read"),
    path("chats/<int:chat_id>/assign", chats.assign, name="assign"),
    path("chats/<int:chat_id>/note", chats.note, name="note"),
    path("chats/<int:chat_id>/report", chats.report, name="report_chat"),
    path("chats/<int:chat_id>/messages/<int:message_id>/edit", chats.edit, name="edit"),
    path("chats/<int:chat_id>/messages/<int:message_id>/translate", chats.translate, name="translate"),
    path("chats/<int:chat_id>/messages/<int:message_id>/file", chats.file, name="file"),
    path("chats/file/<str:token>", chats.linked_file, name="linked_file"),
    path("chats/templates/", templates.templates, name="templates"),
    path("chats/templates/<int:template_id>/", templates.template, name="template"),
    path("chats/templates/<int:template_id>/delete", templates.delete, name="template_delete"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/bulk", reviews.bulk, name="reviews_bulk"),
    path("reviews/<int:review_id>/", reviews.review, name="review"),
    path("reviews/<int:review_id>/status", reviews.status, name="review_status"),
    path("reviews/<int:review_id>/report", reviews.report, name="report_review"),
    path("reviews/replies/<int:reply_id>/edit", reviews.edit, name="reply_edit"),
    path("reviews/replies/<int:reply_id>/delete", reviews.delete, name="reply_delete"),
    path("questions/", questions.questions, name="questions"),
    path("questions/bulk", questions.bulk, name="questions_bulk"),
    path("questions/<int:question_id>/", questions.question, name="question"),
    path("questions/<int:question_id>/status", questions.status, name="question_status"),
]
