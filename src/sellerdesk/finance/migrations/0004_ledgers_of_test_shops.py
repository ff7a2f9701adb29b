"""The ledger of a test shop may be emptied: nothing in it is money. Nothing booked is ever changed, there neither."""

from django.db import migrations

TABLES = ("finance_transaction", "finance_line")
REFUSAL = "the ledger is append-only"
TEST_SHOP = "EXISTS (SELECT 1 FROM sellers_seller WHERE id = OLD.seller_id AND twin_of_id IS NOT NULL)"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"""
            CREATE OR REPLACE FUNCTION finance_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND {TEST_SHOP} THEN RETURN OLD; END IF;
                RAISE EXCEPTION '{REFUSAL}';
            END $$""")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER finance_ledger_no_delete_{table}")
        schema_editor.execute(f"CREATE TRIGGER finance_ledger_no_delete_{table} BEFORE DELETE ON {table}"
                              f" WHEN NOT {TEST_SHOP} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"""
            CREATE OR REPLACE FUNCTION finance_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER finance_ledger_no_delete_{table}")
        schema_editor.execute(f"CREATE TRIGGER finance_ledger_no_delete_{table} BEFORE DELETE ON {table}"
                              f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0003_append_only'),
        ('sellers', '0014_test_twins'),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
