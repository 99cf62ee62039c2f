from klantenapp.sentences.imports import FIELD_TITLES
from klantenapp.services.imports.bank_table import BANK_FIELDS
from klantenapp.services.imports.fields import CUSTOMER_FIELDS, INVOICE_FIELDS, ITEM_FIELDS


def test_every_field_has_a_title():
    for fields in (CUSTOMER_FIELDS, ITEM_FIELDS, INVOICE_FIELDS, BANK_FIELDS):
        for field in fields:
            assert FIELD_TITLES[field.key]
