"""Ways and documents: what holds for everybody, and the cases people ask about."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mynumber.rules.documents import DOCUMENTS, Document
from mynumber.rules.eligibility import Question, left_out, offers, still_to_ask
from mynumber.rules.situations import Event, Identity, Purpose, Situation, Staying, Voice
from mynumber.rules.ways import BARS, WAYS, Bar, Way

# Some hundred situations over all tests of this file.
few = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MAYBE = st.sampled_from([None, True, False])
SITUATIONS = st.builds(
    Situation,
    purpose=st.sampled_from(Purpose),
    age=st.one_of(st.none(), st.integers(0, 110)),
    identity=st.sampled_from(Identity),
    voice=st.sampled_from(Voice),
    staying=st.sampled_from(Staying),
    has_period_of_stay=st.booleans(),
    moved_recently=MAYBE,
    mail_forwarding=MAYBE,
    event=st.one_of(st.none(), st.sampled_from(Event)),
    other_proxy_reason=st.booleans(),
    pin_is_hard=st.booleans(),
)
# 82, at home, says what she wants, a licence she gave back long ago.
HARU = Situation(
    purpose=Purpose.FIRST_CARD,
    age=82,
    identity=Identity.NO_PHOTO,
    voice=Voice.SELF,
    staying=Staying.HOME,
    moved_recently=False,
    mail_forwarding=False,
)


def ways(situation: Situation) -> list[Way]:
    return [offer.way for offer in offers(situation)]


def documents(situation: Situation, way: Way) -> tuple[Document, ...]:
    return next(offer.documents for offer in offers(situation) if offer.way is way)


@few
@given(SITUATIONS)
def test_nobody_is_left_without_a_way_or_without_a_list(situation: Situation) -> None:
    found = offers(situation)
    assert found
    assert all(offer.documents for offer in found)
    assert len(set(ways(situation))) == len(found)
    more_than_talk = set(ways(situation)) - {Way.TALK, Way.FACE_CARD}
    assert more_than_talk or situation.nobody_speaks


@few
@given(SITUATIONS)
def test_a_way_is_open_or_closed_with_a_reason_never_both(situation: Situation) -> None:
    closed = left_out(situation)
    assert all(one.bars for one in closed)
    assert not set(ways(situation)) & {one.way for one in closed}


@few
@given(SITUATIONS)
def test_under_15_a_legal_representative_is_always_asked_for(situation: Situation) -> None:
    if situation.is_under_15:
        for offer in offers(situation):
            assert Document.LEGAL_REPRESENTATIVE in offer.documents


@few
@given(SITUATIONS)
def test_express_is_never_for_an_ordinary_renewal_nor_without_an_event(
    situation: Situation,
) -> None:
    if Way.EXPRESS in ways(situation):
        assert situation.event is not None
        assert situation.purpose in (Purpose.FIRST_CARD, Purpose.REPLACEMENT)


@few
@given(SITUATIONS)
def test_certificates_are_renewed_at_the_counter_alone(situation: Situation) -> None:
    if situation.purpose is Purpose.CERTIFICATE_RENEWAL:
        at_home = {Way.VISIT, Way.HELP_AT_HOME, Way.HAND_OVER_AT_HOME, Way.EXPRESS}
        assert not at_home & set(ways(situation))


@few
@given(SITUATIONS)
def test_exactly_one_set_of_identity_documents_is_asked_for(situation: Situation) -> None:
    sets = {
        Document.ONE_WITH_PHOTO,
        Document.TWO_WITH_PHOTO,
        Document.PHOTO_AND_OTHER,
        Document.TWO_WITHOUT_PHOTO,
        Document.ANY_IDENTITY,
    }
    for offer in offers(situation):
        assert len(sets & set(offer.documents)) == (0 if offer.way is Way.TALK else 1)


@few
@given(SITUATIONS)
def test_what_is_answered_is_not_asked_again(situation: Situation) -> None:
    answered = replace(
        situation,
        age=40,
        identity=Identity.TWO_WITH_PHOTO,
        voice=Voice.SELF,
        moved_recently=False,
        mail_forwarding=False,
    )
    assert still_to_ask(answered) == ()


@few
@given(SITUATIONS)
def test_a_missing_answer_closes_nothing(situation: Situation) -> None:
    """Who does not know is offered at least what the better answer would offer."""
    unknown = replace(situation, moved_recently=None, mail_forwarding=None)
    better = replace(situation, moved_recently=False, mail_forwarding=False)
    assert ways(unknown) == ways(better)


@pytest.mark.parametrize(
    ("changes", "first", "closed"),
    [
        pytest.param({}, Way.VISIT, {Way.EXPRESS: {Bar.NO_EVENT}}, id="nothing in the way"),
        pytest.param(
            {"moved_recently": True},
            Way.HELP_AT_HOME,
            {
                Way.EXPRESS: {Bar.NO_EVENT},
                Way.VISIT: {Bar.MOVED},
                Way.APPLY_AT_COUNTER: {Bar.MOVED},
            },
            id="moved a month ago",
        ),
        pytest.param(
            {"mail_forwarding": True, "purpose": Purpose.CARD_RENEWAL},
            Way.HELP_AT_HOME,
            {Way.VISIT: {Bar.FORWARDED}, Way.APPLY_AT_COUNTER: {Bar.FORWARDED}},
            id="post goes to the daughter",
        ),
        pytest.param(
            {"voice": Voice.GUARDIAN, "purpose": Purpose.CARD_RENEWAL},
            Way.HELP_AT_HOME,
            {Way.VISIT: {Bar.GUARDIANSHIP}},
            id="a guardian acts",
        ),
        pytest.param(
            {"age": 40, "purpose": Purpose.CARD_RENEWAL},
            Way.VISIT,
            {Way.APPLY_AHEAD_PROXY: {Bar.NO_PROXY_REASON}},
            id="busy is no reason for a proxy",
        ),
        pytest.param({"purpose": Purpose.COLLECTION}, Way.HAND_OVER_AT_HOME, {}, id="ready"),
        pytest.param(
            {"purpose": Purpose.CERTIFICATE_RENEWAL}, Way.CERTIFICATE_AT_COUNTER, {}, id="PIN"
        ),
        pytest.param({"purpose": Purpose.UNSURE}, Way.TALK, {}, id="not sure"),
    ],
)
def test_the_way_offered_first_and_what_is_closed(
    changes: dict[str, object], first: Way, closed: dict[Way, set[Bar]]
) -> None:
    situation = replace(HARU, **changes)
    assert ways(situation)[0] is first
    assert {one.way: set(one.bars) for one in left_out(situation)} == closed


def test_who_cannot_say_what_they_want_is_talked_with() -> None:
    situation = replace(HARU, voice=Voice.NOBODY)
    assert ways(situation) == [Way.TALK]
    assert Bar.NOBODY_SPEAKS in left_out(situation)[0].bars


@pytest.mark.parametrize(
    ("age", "is_offered"), [(None, False), (18, True), (19, False), (74, False), (75, True)]
)
def test_another_may_collect_from_75_on_and_until_high_school_ends(
    age: int | None, is_offered: bool
) -> None:
    situation = replace(HARU, age=age)
    assert (Way.APPLY_AHEAD_PROXY in ways(situation)) is is_offered


@pytest.mark.parametrize("staying", [Staying.FACILITY, Staying.HOSPITAL])
def test_another_may_collect_for_who_lives_in_a_facility_and_proves_it(staying: Staying) -> None:
    situation = replace(HARU, age=60, staying=staying)
    needed = documents(situation, Way.APPLY_AHEAD_PROXY)
    assert {Document.PROOF_OF_REASON, Document.PHOTO_CERTIFICATE} <= set(needed)
    assert Document.PROOF_OF_REASON not in documents(HARU, Way.APPLY_AHEAD_PROXY)


@pytest.mark.parametrize(
    ("purpose", "age", "event", "is_express"),
    [
        (Purpose.FIRST_CARD, 0, Event.NEWBORN, True),
        (Purpose.FIRST_CARD, 1, Event.NEWBORN, False),
        (Purpose.FIRST_CARD, 30, Event.FROM_ABROAD, True),
        (Purpose.FIRST_CARD, 30, None, False),
        (Purpose.FIRST_CARD, 30, Event.LOST, False),
        (Purpose.REPLACEMENT, 30, Event.LOST, True),
        (Purpose.REPLACEMENT, 30, None, False),
        (Purpose.CARD_RENEWAL, 30, Event.LOST, False),
    ],
)
def test_express_issue_follows_the_event(
    purpose: Purpose, age: int, event: Event | None, is_express: bool
) -> None:
    situation = replace(HARU, purpose=purpose, age=age, event=event)
    assert (Way.EXPRESS in ways(situation)) is is_express


def test_a_lost_card_costs_and_cannot_be_given_back() -> None:
    lost = replace(HARU, purpose=Purpose.REPLACEMENT, event=Event.LOST)
    needed = documents(lost, Way.APPLY_AT_COUNTER)
    assert {Document.FEE_NEW_CARD, Document.LOSS_REPORT} <= set(needed)
    assert Document.OLD_CARD not in needed
    assert Document.FEE_EXPRESS in documents(lost, Way.EXPRESS)
    assert Document.FEE_NEW_CARD not in documents(lost, Way.EXPRESS)


def test_a_foreign_resident_shows_the_residence_card() -> None:
    situation = replace(HARU, has_period_of_stay=True)
    assert Document.RESIDENCE_CARD in documents(situation, Way.VISIT)
    assert Document.RESIDENCE_CARD not in documents(HARU, Way.VISIT)


def test_no_photo_is_asked_of_an_infant_nor_where_staff_take_it() -> None:
    assert Document.PHOTO in documents(HARU, Way.APPLY_AHEAD)
    assert Document.PHOTO not in documents(HARU, Way.VISIT)
    assert Document.PHOTO not in documents(replace(HARU, age=0), Way.APPLY_AHEAD)


def test_the_card_without_a_pin_is_named_to_whom_it_helps() -> None:
    assert Way.FACE_CARD in ways(HARU)
    young = replace(HARU, age=40)
    assert Way.FACE_CARD not in ways(young)
    assert Way.FACE_CARD in ways(replace(young, pin_is_hard=True))


def test_what_is_not_known_is_asked() -> None:
    nothing = Situation(purpose=Purpose.FIRST_CARD)
    assert still_to_ask(nothing) == tuple(Question)
    collection = Situation(purpose=Purpose.COLLECTION)
    assert Question.MOVED not in still_to_ask(collection)


def test_every_rule_is_there_and_names_its_source() -> None:
    assert set(WAYS) == set(Way)
    assert set(DOCUMENTS) == set(Document)
    assert set(BARS) == set(Bar)
    for rule in (*WAYS.values(), *DOCUMENTS.values()):
        assert rule.basis.mark in set("HMKG")
        assert rule.basis.source
