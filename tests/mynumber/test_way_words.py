from mynumber import way_words
from mynumber.rules.documents import Document
from mynumber.rules.eligibility import Question
from mynumber.rules.ways import Bar, Way


def test_whatever_the_rules_answer_has_words() -> None:
    assert set(way_words.NAMES) == set(way_words.EXPLAINED) == set(Way)
    assert set(way_words.DOCUMENTS) == set(Document)
    assert set(way_words.BARS) == set(Bar)
    assert set(way_words.QUESTIONS) == set(Question)
