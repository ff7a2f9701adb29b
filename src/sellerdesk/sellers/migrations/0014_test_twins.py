from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('sellers', '0013_join_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='seller',
            name='twin_of',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sellers.seller'),
        ),
    ]
