"""Triggers that raise the catalogue's version in the transaction of every change that may alter a list.

Writers only insert, so none waits for another. A sale changes `variant` on every order: only the
step between "can be bought" and "cannot", or a new price, counts.
"""

from django.db import migrations

TABLES = [
    "artisans_artisan",
    "artisans_certificate",
    "artisans_district",
    "catalogue_category",
    "catalogue_material",
    "catalogue_motif",
    "catalogue_photo",
    "catalogue_product",
    "catalogue_product_motifs",
    "catalogue_product_techniques",
    "catalogue_productmaterial",
    "catalogue_searchdocument",
    "catalogue_synonym",
    "catalogue_technique",
]

FUNCTION = """
CREATE FUNCTION catalogue_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_cataloguechange DEFAULT VALUES;
    RETURN NULL;
END $$
"""
EVERY_STATEMENT = """
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalogue_note_change()
"""
VARIANTS = [
    """
    CREATE TRIGGER note_change AFTER INSERT OR DELETE OR TRUNCATE ON catalogue_variant
    FOR EACH STATEMENT EXECUTE FUNCTION catalogue_note_change()
    """,
    """
    CREATE TRIGGER note_offer_change AFTER UPDATE ON catalogue_variant
    FOR EACH ROW WHEN (
        (OLD.price, OLD.is_active, OLD.supply, OLD.on_hand > OLD.reserved)
        IS DISTINCT FROM (NEW.price, NEW.is_active, NEW.supply, NEW.on_hand > NEW.reserved)
    ) EXECUTE FUNCTION catalogue_note_change()
    """,
]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_finding"), ("artisans", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION catalogue_note_change CASCADE"),
        *(
            migrations.RunSQL(EVERY_STATEMENT.format(table=table), migrations.RunSQL.noop)
            for table in TABLES
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in VARIANTS),
    ]
