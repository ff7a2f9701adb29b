from django.db import migrations, models


class Migration(migrations.Migration):
    """Days are closed for each clock. Which ones were is no loss: closing a day again adds nothing."""

    dependencies = [("analytics", "0005_shortlist")]

    operations = [
        migrations.DeleteModel(name="DayClosed"),
        migrations.CreateModel(
            name="DayClosed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("clock_of", models.BigIntegerField(default=0)),
                ("closed_at", models.DateTimeField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("clock_of", "day"),
                                                             name="analytics_dayclosed_once")]},
        ),
    ]
