import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_trouble_for_pushes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShopClock',
            fields=[
                ('real_anchor', models.DateTimeField(default=django.utils.timezone.now)),
                ('virtual_anchor', models.DateTimeField(default=django.utils.timezone.now)),
                ('speed', models.PositiveIntegerField(default=1)),
                ('paused', models.BooleanField(default=False)),
                ('seller_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
