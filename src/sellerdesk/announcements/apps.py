from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "sellerdesk.announcements"
    label = "announcements"

    def ready(self) -> None:
        from sellerdesk.announcements.events import register_events
        from sellerdesk.announcements.web import banners, navigation  # noqa: F401

        register_events()
