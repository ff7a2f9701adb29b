"""Rights of announcements: whoever works in a shop may read them; operators need this one to publish."""

CONSOLE = "console:announcement:edit"
