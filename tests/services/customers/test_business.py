"""The user's own business."""

from dataclasses import replace
from functools import partial

import pytest
from tests.factories.administrations import BUSINESS

from klantenapp.sentences.speak import sentence
from klantenapp.services.customers import business
from klantenapp.services.customers.business import BusinessData
from klantenapp.services.errors import business as errors
from klantenapp.services.errors.base import Invalid
from klantenapp.services.store.administration import Administration


def problem_of(**fields):
    (only,) = business.warnings(replace(BUSINESS, **fields))
    return only


def test_what_was_filled_in_is_read_back_compact(administration):
    found = administration.read(business.read)

    assert found.name == "Noordkade Installatie"
    assert found.iban == "NL02ABNA0123456789"
    assert found.payment_term_id is not None


def test_a_postal_code_is_written_as_in_an_address():
    assert business.cleaned(replace(BUSINESS, postal_code="1011ab")).postal_code == "1011 AB"
    abroad = replace(BUSINESS, postal_code="2000", country="BE")
    assert business.cleaned(abroad).postal_code == "2000"


def test_a_sound_business_has_no_warnings():
    assert business.warnings(BUSINESS) == ()
    assert business.problems(BUSINESS) == ()


def test_a_short_iban_says_how_many_characters_are_missing():
    field, problem = problem_of(iban="NL02 ABNA 0123 4567 8")

    assert field == "iban"
    assert sentence(problem).startswith("Dit nummer is 1 teken te kort.")


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("kvk", "1234567", errors.KvkMalformed),
        ("kvk", "1234567a", errors.KvkMalformed),
        ("vat_id", "NL001234567B01", errors.VatIdWrong),
        ("vat_id", "001234567B29", errors.VatIdWrong),
        ("vat_id", "DE123456789", errors.VatIdWrong),
        ("iban", "NL03ABNA0123456789", errors.IbanWrong),
        ("iban", "NL02ABNA01234567899", errors.IbanTooLong),
        ("iban", "rekening 12", errors.IbanWrong),
        ("email", "sanne", errors.EmailMalformed),
        ("email", "a@b.nl, c@d.nl", errors.EmailMalformed),
    ],
)
def test_a_wrong_number_warns_at_its_field(field, text, kind):
    assert isinstance(problem_of(**{field: text})[1], kind)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("kvk", "0123 4567"),
        ("vat_id", "NL 0012.34.567.B29"),
        ("vat_id", "DE136695976"),
        ("vat_id", "EL094259216"),
        ("vat_id", "CHE-116.281.710 MWST"),
        ("iban", "nl02 abna 0123 4567 89"),
        ("iban", "DE89370400440532013000"),
        ("email", "info@café-zoë.example"),
        ("email", " "),
    ],
)
def test_what_is_right_or_cannot_be_judged_passes(field, text):
    assert business.warnings(replace(BUSINESS, **{field: text})) == ()


def test_a_wrong_iban_warns_but_does_not_stop(tmp_path):
    made = Administration.create(tmp_path / "a.klantenapp")
    data = replace(BUSINESS, iban="NL02ABNA012345678")

    made.write(business.CREATE, partial(business.create, data=data))

    assert made.read(business.read).iban == "NL02ABNA012345678"
    made.close()


def test_without_a_name_nothing_is_made(tmp_path):
    made = Administration.create(tmp_path / "a.klantenapp")

    with pytest.raises(Invalid) as refused:
        made.write(
            business.CREATE,
            partial(business.create, data=BusinessData(legal_name=" ", country="Nederland")),
        )

    assert [field for field, _ in refused.value.problems] == ["legal_name", "country"]
    assert made.read(business.find) is None
    with pytest.raises(errors.BusinessMissing):
        made.read(business.read)
    made.close()


def test_a_second_business_is_refused(administration):
    with pytest.raises(errors.BusinessExists):
        administration.write(business.CREATE, partial(business.create, data=BUSINESS))


def test_a_change_is_taken_back_by_undo(administration):
    before = administration.read(business.read)
    changed = replace(before, city="Kampen")
    administration.write(business.CHANGE, partial(business.change, data=changed))
    assert administration.read(business.read).city == "Kampen"

    administration.undo()

    assert administration.read(business.read) == before


def test_a_text_longer_than_a_document_carries_is_refused(administration):
    data = replace(BUSINESS, website="x" * 201)
    with pytest.raises(Invalid):
        administration.write(business.CHANGE, partial(business.change, data=data))
