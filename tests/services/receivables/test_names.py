import pytest

from klantenapp.services.receivables.names import NameIndex, likeness, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen Bouw B.V.", "JANSEN BOUW BV"),
        ("J. de Vries", "Vries, J. de"),
        ("Café Öztürk", "CAFE OZTURK"),
        ("Hr J Bakker", "J. Bakker"),
        ("Loonbedrijf van den Berg en Zonen Gouda", "Loonbedrijf van den Berg en Zone"),
    ],
)
def test_the_same_name_written_otherwise_is_alike(one, other):
    assert likeness(plain_name(one), plain_name(other)) >= 90


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen Bouw", "Bakker Bouw"),
        ("Jan de Vries", "Piet de Vries"),
        ("Advies Utrecht V.O.F.", "Advies Zwolle V.O.F."),
        ("", "Jansen"),
    ],
)
def test_another_name_is_not(one, other):
    assert likeness(plain_name(one), plain_name(other)) < 82


def test_customers_are_found_by_a_name_with_a_typo():
    index = NameIndex([(1, "Timmerwerken Hoekstra"), (2, "Hoekstra Advies"), (3, "Bakkerij Bos")])
    assert [customer for customer, _ in index.alike("Timmerwerken Hoekstr", 90)] == [1]
    assert index.alike("Onbekend", 90) == []
    assert index.score(3, "bakkerij bos") == 100
    assert index.score(9, "bakkerij bos") == 0
