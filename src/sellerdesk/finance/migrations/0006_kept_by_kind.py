import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0005_sales_to_companies'),
        ('sellers', '0015_policies_to_accept'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShopKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24)),
                ('amount_minor', models.BigIntegerField(db_default=0, default=0)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sellers.seller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seller', 'kind'), name='finance_shop_kind_once')],
            },
        ),
        # What bookings keep from now on, summed up once.
        migrations.RunSQL(
            "INSERT INTO finance_shopkind (seller_id, kind, amount_minor) SELECT seller_id, kind, SUM(amount_minor)"
            " FROM finance_line WHERE account = 'seller' GROUP BY seller_id, kind", migrations.RunSQL.noop),
    ]
