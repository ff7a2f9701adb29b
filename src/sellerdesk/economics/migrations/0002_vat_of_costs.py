from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('economics', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='economysettings',
            name='cost_vat',
            field=models.CharField(blank=True, db_default='', default='', max_length=6),
        ),
    ]
