from random import Random

from outreach.desk.key_set import KeySet


def test_it_remembers_what_a_set_remembers():
    chance = Random(3)
    keys, known = KeySet([5, 5]), {5}

    for key in (chance.randrange(3000) for _turn in range(5000)):
        assert (key in keys) == (key in known)
        assert keys.add(key) == (key not in known)
        known.add(key)

    assert 10**6 not in keys
