"""Blocks that flow over pages."""

from hypothesis import given
from hypothesis import strategies as st

from klantenapp.models.values import Money
from klantenapp.services.rendering.pdf.flow import Block, Frame, paginate

FRAME = Frame(first=300, following=100, bottom=1000, head=25, carry=36)


def nothing(_paper, _top):
    pass


def block(height, **more):
    return Block(height, nothing, **more)


def test_blocks_follow_each_other():
    (page,) = paginate([block(10), block(20)], FRAME)
    assert [top for top, _ in page.placed] == [300, 310]


def test_glued_blocks_go_to_the_next_page_together():
    pages = paginate([block(600), block(60, glued=True), block(60)], FRAME)
    assert [len(page.placed) for page in pages] == [1, 2]


def test_what_no_page_can_hold_breaks_all_the_same():
    pages = paginate([block(400, glued=True) for _ in range(5)], FRAME)
    assert [len(page.placed) for page in pages] == [1, 2, 2]


def test_a_table_repeats_its_head_and_carries_its_amount():
    rows = [block(200, carry=Money(number), in_table=True) for number in range(1, 6)]
    first, second = paginate(rows, FRAME)
    assert first.carried == (900, Money(3))
    assert second.head == 100
    assert second.brought == Money(3)
    assert second.placed[0][0] == 100 + 25 + 36


def test_a_block_at_the_foot_stands_at_the_foot():
    (page,) = paginate([block(10), block(50, at_foot=True)], FRAME)
    assert page.placed[1][0] == 950


@given(
    st.lists(
        st.builds(
            block,
            st.integers(1, 1500),
            glued=st.booleans(),
            in_table=st.booleans(),
            carry=st.none() | st.builds(Money, st.integers(0, 9)),
            continues=st.booleans(),
        ),
        max_size=60,
    )
)
def test_every_block_is_placed_once_in_order_and_inside_the_page_if_it_can_be(blocks):
    pages = paginate(blocks, FRAME)
    placed = [each for page in pages for _, each in page.placed]
    assert placed == blocks
    for page in pages:
        for top, each in page.placed:
            assert top + each.height <= FRAME.bottom or each is page.placed[0][1]
