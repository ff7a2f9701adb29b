from django.db import migrations, models

from sellerdesk.core import words


def fill(apps, schema_editor):
    """Tickets from before are found as well, by what was said so far."""
    tickets, messages = apps.get_model("support", "Ticket"), apps.get_model("support", "TicketMessage")
    for ticket in tickets.objects.iterator(500):
        said = messages.objects.filter(ticket_id=ticket.pk).exclude(side="note").order_by("id")
        ticket.search_text = words.indexed(ticket.subject, ticket.object_id, ticket.object_label, ticket.email,
                                           *said.values_list("text", flat=True))
        ticket.save(update_fields=["search_text"])


class Migration(migrations.Migration):

    dependencies = [
        ("support", "0001_initial"),
    ]

    operations = [
        migrations.AddField("ticket", "search_text", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
