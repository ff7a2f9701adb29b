import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """What bookings keep from now on, summed up once."""
    hour = ("date_trunc('hour', t.at, 'UTC')" if schema_editor.connection.vendor == "postgresql"
            else "substr(t.at, 1, 13) || ':00:00'")
    schema_editor.execute(
        "INSERT INTO finance_kindhour (seller_id, hour, kind, amount_minor)"
        f" SELECT l.seller_id, {hour}, l.kind, SUM(l.amount_minor) FROM finance_line l"
        " JOIN finance_transaction t ON t.id = l.transaction_id WHERE l.account = 'seller'"
        f" GROUP BY l.seller_id, {hour}, l.kind")


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0006_kept_by_kind'),
        ('sellers', '0015_policies_to_accept'),
    ]

    operations = [
        migrations.CreateModel(
            name='KindHour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('kind', models.CharField(max_length=24)),
                ('amount_minor', models.BigIntegerField(db_default=0, default=0)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sellers.seller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seller', 'hour', 'kind'), name='finance_kind_hour_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
