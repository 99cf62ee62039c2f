from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import klantenapp

FOLDER = Path(klantenapp.__file__).parent / "resources" / "fonts"
STYLES = ("Regular", "Medium", "SemiBold", "Bold")


@pytest.fixture(params=STYLES)
def font(request):
    return TTFont(FOLDER / f"InterTab-{request.param}.ttf")


def test_all_digits_are_equally_wide(font):
    characters = font.getBestCmap()
    assert len({font["hmtx"][characters[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_outlines_are_truetype_and_letters_keep_their_kerning(font):
    assert "glyf" in font
    features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert "kern" in features


def test_the_font_has_its_own_family_name(font):
    assert font["name"].getDebugName(16) == "InterTab"


def test_what_a_dutch_business_writes_is_there(font):
    characters = font.getBestCmap()
    assert not [sign for sign in "€ëïéŁžğßþŸ−×–’“…·½™ΩЖ\xa0" if ord(sign) not in characters]
