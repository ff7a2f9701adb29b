from __future__ import annotations

from django.urls import path

from sellerdesk.announcements.web import feeds, views

app_name = "announcements"
urlpatterns = [
    path("announcements/", views.index, name="index"),
    path("announcements/<int:announcement_id>/", views.announcement, name="announcement"),
    path("announcements/<int:announcement_id>/acknowledge", views.acknowledge, name="acknowledge"),
    path("announcements/policies/", views.policy_list, name="policies"),
    path("announcements/policies/<slug:policy_key>/", views.policy_page, name="policy"),
    path("announcements/calendar/", views.calendar, name="calendar"),
    path("announcements/fees/", views.fees, name="fees"),
    path("announcements/feed/open", views.feed_open, name="feed_open"),
    path("announcements/feed/close", views.feed_close, name="feed_close"),
    path("announcements/feed/<str:token>.<str:form>", feeds.own, name="own_feed"),
    path("announcements/feed.atom", feeds.atom, name="feed"),
    path("announcements/calendar.ics", feeds.ics, name="ics"),
]
