import re

import pytest

from outreach.people.rules.references import ALPHABET, new_reference


def test_a_reference_can_be_read_out_over_the_telephone():
    reference = new_reference("C")

    assert re.fullmatch(rf"C-[{ALPHABET}]{{6}}", reference)


@pytest.mark.parametrize("confusing", ["0O", "1IL", "2Z", "5S", "8B", "UV"])
def test_of_signs_that_look_alike_at_most_one_is_used(confusing):
    assert len(set(confusing) & set(ALPHABET)) <= 1


def test_no_word_can_appear():
    assert not set("AEIOU") & set(ALPHABET)


def test_references_do_not_repeat():
    assert len({new_reference("V") for _ in range(2000)}) == 2000


@pytest.mark.parametrize("prefix", ["", "RENEWAL"])
def test_a_prefix_leaves_room_for_the_rest(prefix):
    with pytest.raises(ValueError, match="1 to 5 characters"):
        new_reference(prefix)


def test_the_longest_reference_has_twelve_characters():
    assert len(new_reference("CLASS")) == 12
