from django.db import migrations, models


def mark(apps, schema_editor):
    """What was issued before the mark: of each invoice, the sign of what its payments and credit notes leave."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE billing_invoice SET standing = CASE
                WHEN kind = 'credit_note' THEN 0
                WHEN gross > settled.sum THEN 1 WHEN gross < settled.sum THEN -1 ELSE 0 END
            FROM (
                SELECT invoice_id, ROUND(SUM(amount), 2) AS sum FROM (
                    SELECT id AS invoice_id, 0 AS amount FROM billing_invoice
                    UNION ALL SELECT invoice_id, amount FROM billing_payment
                    UNION ALL SELECT corrects_id, gross FROM billing_invoice WHERE kind = 'credit_note'
                ) AS moved GROUP BY invoice_id
            ) AS settled
            WHERE settled.invoice_id = billing_invoice.id
            """
        )


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0024_quote_said_frankly'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='standing',
            field=models.SmallIntegerField(choices=[(-1, 'trop perçu'), (0, 'soldée'), (1, 'à payer')], default=1, verbose_name='reste dû'),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
