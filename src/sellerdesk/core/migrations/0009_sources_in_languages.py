"""The source of a rule can be said in Russian and Chinese too; that of the first exchange rates no longer speaks of how
they are kept, which no reader sees."""

from typing import Any

from django.db import migrations, models

_SPOKE_OF_STORAGE = "Exchange rates of this marketplace: roubles for one unit, in ten-thousandths."
_PLAIN = "Exchange rates of this marketplace: roubles for one unit."


def reword(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "DatedRule").objects.using(schema_editor.connection.alias).filter(
        kind="finance.rate", source=_SPOKE_OF_STORAGE).update(source=_PLAIN)


class Migration(migrations.Migration):
    dependencies = [("core", "0008_files_through_a_scanner")]

    operations = [
        migrations.AddField("datedrule", "source_names", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(reword, migrations.RunPython.noop),
    ]
