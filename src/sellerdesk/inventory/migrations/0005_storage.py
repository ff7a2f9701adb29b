import django.db.models.deletion
from django.db import migrations, models


def count_from_now_on(apps, _editor):
    """What lay there before there was a tariff costs nothing: days count after a shop's last movement of stock.

    The newest movement tells a shop's time by whatever clock it lives.
    """
    Stock, Move, Day, Seller = (apps.get_model(*name) for name in (
        ("inventory", "Stock"), ("inventory", "StockMove"), ("inventory", "StorageDay"), ("sellers", "Seller")))
    shops = Stock.objects.filter(warehouse__seller__isnull=True).values("seller_id")
    newest = dict(Move.objects.filter(seller_id__in=shops).values_list("seller_id").annotate(
        models.Max("at")).order_by())
    currencies = dict(Seller.objects.filter(pk__in=newest).values_list("pk", "currency"))
    Day.objects.bulk_create([Day(seller_id=shop, day=at.date(), currency=currencies[shop], counted_at=at)
                             for shop, at in newest.items()], batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0004_platform_warehouses'),
        ('sellers', '0015_policies_to_accept'),
    ]

    operations = [
        migrations.CreateModel(
            name='StorageDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('units', models.PositiveIntegerField(default=0)),
                ('paid_units', models.PositiveIntegerField(default=0)),
                ('volume_ml', models.BigIntegerField(default=0)),
                ('paid_ml', models.BigIntegerField(default=0)),
                ('amount_minor', models.BigIntegerField(default=0)),
                ('currency', models.CharField(max_length=3)),
                ('counted_at', models.DateTimeField()),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sellers.seller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seller', 'day'), name='inventory_storage_day_once')],
            },
        ),
        migrations.CreateModel(
            name='StorageRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('sku', models.BigIntegerField()),
                ('units', models.PositiveIntegerField()),
                ('paid_units', models.PositiveIntegerField()),
                ('unit_ml', models.PositiveIntegerField()),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('rule_id', models.BigIntegerField()),
                ('rate_id', models.BigIntegerField(null=True)),
                ('seller', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sellers.seller')),
                ('warehouse', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.warehouse')),
            ],
            options={
                'indexes': [models.Index(fields=['seller', 'sku', 'day'], name='inventory_storage_sku')],
                'constraints': [models.UniqueConstraint(fields=('seller', 'day', 'sku', 'warehouse'), name='inventory_storage_row_once')],
            },
        ),
        migrations.RunPython(count_from_now_on, migrations.RunPython.noop),
    ]
