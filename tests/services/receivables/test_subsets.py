from klantenapp.services.receivables.subsets import subsets


def test_all_or_some_that_add_up_are_found():
    assert subsets([100, 250, 300], 650) == [(0, 1, 2)]
    assert subsets([100, 250, 300], 400) == [(0, 2)]
    assert subsets([100, 250, 300], 401) == []
    assert subsets([100], 100) == []


def test_two_answers_tell_that_it_is_not_the_only_one():
    assert subsets([100, 200, 300, 400], 500) == [(0, 3), (1, 2)]


def test_credits_count_with_their_sign():
    assert subsets([500, -120, 90], 380) == [(0, 1)]


def test_a_customer_with_thousands_of_items_is_not_searched_forever():
    assert subsets(list(range(1, 5_000)), 10**9) == []
    assert subsets([1] * 4_000, 4_000)[0] == tuple(range(4_000))
