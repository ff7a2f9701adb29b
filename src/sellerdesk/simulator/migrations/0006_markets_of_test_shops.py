from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('simulator', '0005_supplies_and_fulfilment'),
    ]

    operations = [
        migrations.AlterField(
            model_name='market',
            name='id',
            field=models.BigIntegerField(default=1, primary_key=True, serialize=False),
        ),
    ]
