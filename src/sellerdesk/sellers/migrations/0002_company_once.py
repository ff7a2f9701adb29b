"""A company is registered once: its number is unique within its country."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sellers", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="company",
            constraint=models.UniqueConstraint(fields=("country", "registration_number"), name="sellers_company_once"),
        ),
    ]
