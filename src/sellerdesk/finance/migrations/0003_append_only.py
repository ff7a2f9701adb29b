"""The database itself refuses to change or delete what was booked, and each shop's balance is kept from now on."""

from django.db import migrations

TABLES = ("finance_transaction", "finance_line")
REFUSAL = "the ledger is append-only"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"""
            CREATE FUNCTION finance_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""")
        for table in TABLES:
            schema_editor.execute(f"CREATE TRIGGER finance_ledger_guard BEFORE UPDATE OR DELETE ON {table}"
                                  " FOR EACH ROW EXECUTE FUNCTION finance_ledger_guard()")
        return
    for table in TABLES:
        for act in ("update", "delete"):
            schema_editor.execute(f"CREATE TRIGGER finance_ledger_no_{act}_{table} BEFORE {act.upper()} ON {table}"
                                  f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER finance_ledger_guard ON {table}")
        schema_editor.execute("DROP FUNCTION finance_ledger_guard()")
        return
    for table in TABLES:
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER finance_ledger_no_{act}_{table}")


def keep_balances(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO finance_shopbalance (seller_id, currency, balance_minor, bookings)"
        " SELECT seller_id, MIN(currency), SUM(amount_minor), COUNT(*) FROM finance_transaction GROUP BY seller_id")


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0002_settlements'),
    ]

    operations = [
        migrations.RunPython(keep_balances, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
