from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0017_buyers_in_latin'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='posting',
            name='orders_posting_shipped',
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=Q(('handed_over_at__isnull', False)), fields=['seller', 'handed_over_at', 'scheme'], name='orders_posting_shipped'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=Q(('cancelled_at__isnull', False)), fields=['seller', '-cancelled_at', '-id'], name='orders_posting_ended'),
        ),
    ]
