import json
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.actions import consents
from notifications.models import Announcement, Contact, ContactPoint
from notifications.rules.channels import Address, first_way
from outreach.desk.audiences import LeftOut, announcing_purposes, reached, recipients
from outreach.desk.rules.audiences import Audience, Classes, Reach
from outreach.desk.ways import Attached, Unreachable, Ways
from outreach.people.models import Person
from outreach.places.models import District
from tests.cast import AKIKO, GRANDSON, HARU, LI_NA, LINH


def names(announcement: Announcement, now) -> set[str]:
    keys = [one.contact for one in recipients(announcement, now=now)]
    return set(Contact.objects.filter(pk__in=keys).values_list("name", flat=True))


@pytest.fixture
def town(subscriber):
    return {one.name: subscriber(one) for one in (HARU, LINH, LI_NA, AKIKO)}


def test_without_any_wish_it_is_everybody_who_agreed(town, person_of, draft, present):
    person_of(GRANDSON)

    assert names(draft(), present) == set(town)


def test_by_language(town, draft, present):
    assert names(draft(Audience(languages=("vi", "zh-hans"))), present) == {LINH.name, LI_NA.name}


def test_a_district_stands_for_its_parts(town, district, draft, present):
    part = District.objects.create(
        boundary_set=district.boundary_set, code="052090010001", name="八正寺", parent=district
    )
    smallest = District.objects.create(
        boundary_set=district.boundary_set, code="0520900100011", name="上", parent=part
    )
    other = District.objects.create(
        boundary_set=district.boundary_set, code="0520900200", name="十和田"
    )
    for name, place in ((HARU.name, smallest), (LINH.name, district), (AKIKO.name, other)):
        Person.objects.filter(name=name).update(district=place)

    assert names(draft(Audience(districts=(district.code,))), present) == {HARU.name, LINH.name}
    assert names(draft(Audience(districts=(part.code,))), present) == {HARU.name}


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param({"born_to": 1944}, {HARU.name}, id="to the year itself"),
        pytest.param({"born_from": 1944, "born_to": 1970}, {HARU.name, AKIKO.name}, id="between"),
        pytest.param({"born_from": 1971}, {LINH.name}, id="not known is not meant"),
    ],
)
def test_by_year_of_birth(town, draft, present, born, expected):
    for one in (HARU, LINH, AKIKO):
        Person.objects.filter(name=one.name).update(birth_year=one.birth_year)

    assert names(draft(Audience(**born)), present) == expected


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.MOBILE, {LINH.name, LI_NA.name, AKIKO.name}),
        (Reach.LANDLINE_ONLY, {HARU.name}),
        (Reach.EMAIL, {AKIKO.name}),
    ],
)
def test_by_what_people_have(town, draft, present, reach, expected):
    assert names(draft(Audience(reach=reach)), present) == expected


def test_a_channel_that_was_not_chosen_leaves_out(town, draft, present):
    by_sms = draft(Audience(channels=("sms",)))

    assert names(by_sms, present) == {LINH.name, LI_NA.name, AKIKO.name}
    assert reached(by_sms, now=present).left_out == {LeftOut.OTHER_CHANNEL: 1}


def test_by_classes_somebody_registered_for(town, registration, draft, present):
    day = timezone.localdate(registration.session.starts_at)
    been = Audience(
        classes=Classes.REGISTERED,
        courses=("smartphone-basics",),
        classes_from=day,
        classes_to=day,
    )
    before = Audience(classes=Classes.REGISTERED, classes_to=day - timedelta(days=1))

    assert names(draft(been), present) == {LINH.name}
    assert names(draft(before), present) == set()
    assert LINH.name not in names(draft(Audience(classes=Classes.NEVER)), present)


def test_who_is_left_out_is_counted_by_reason(
    subscriber, person_of, registration, draft, session, present
):
    subscriber(LINH)  # registered
    silent = subscriber(HARU)
    Contact.objects.filter(pk=silent.contact_id).update(do_not_contact=True)
    person_of(LI_NA)  # never agreed
    nobody = subscriber(GRANDSON)
    nobody.contact.points.clear()
    stopped = subscriber(AKIKO)
    stopped.contact.points.update(state="stopped")

    found = reached(draft(Audience(session=session.pk)), now=present)

    assert found.people == 0
    assert found.left_out == {
        LeftOut.DO_NOT_CONTACT: 1,
        LeftOut.NO_CONSENT: 1,
        LeftOut.REGISTERED: 1,
        LeftOut.NO_WAY: 1,
        LeftOut.STOPPED: 1,
    }


def test_who_is_protected_and_has_only_the_post_is_left_out(subscriber, draft, present):
    person = subscriber(HARU)
    person.contact.points.clear()
    person.contact.points.add(ContactPoint.objects.create(kind="post", value="鹿角市1"))
    Contact.objects.filter(pk=person.contact_id).update(protected=True)

    assert reached(draft(), now=present).left_out == {LeftOut.PROTECTED: 1}


def test_a_withdrawn_yes_is_none(subscriber, draft, present):
    person = subscriber(HARU)
    consents.withdraw(contact=person.contact, purpose="class-news", now=present)

    assert reached(draft(), now=present).left_out == {LeftOut.NO_CONSENT: 1}


def test_a_family_with_one_telephone_is_told_once(subscriber, draft, present):
    akiko, _grandson = subscriber(AKIKO), subscriber(GRANDSON)
    akiko.contact.points.filter(kind="email").delete()

    found = reached(draft(), now=present)

    assert found.people == 1
    assert found.left_out == {LeftOut.SHARED: 1}


def test_only_purposes_people_agree_to_can_be_announced():
    assert announcing_purposes() == ["class-news", "renewal-reminder"]


def test_many_people_are_counted_in_few_queries(
    town, draft, present, django_assert_max_num_queries
):
    announcement = draft()

    with django_assert_max_num_queries(5):
        assert reached(announcement, now=present).people == 4


MOBILE = ("phone", "+819000000012", "yes")
OTHER_MOBILE = ("phone", "+819000000013", "yes")
LANDLINE = ("phone", "+81186000111", "")
IP_LINE = ("phone", "+815000000111", "")
EMAIL = ("email", "a@example.com", "")
POST = ("post", "鹿角市1", "")


@pytest.mark.parametrize("order", ["[]", '["call"]', '["letter", "email"]', '["pigeon"]'])
@pytest.mark.parametrize("protected", ["", "yes"])
@pytest.mark.parametrize(
    "points",
    [
        [MOBILE],
        [LANDLINE],
        [MOBILE, OTHER_MOBILE],
        [LANDLINE, MOBILE],
        [MOBILE, LANDLINE],
        [IP_LINE, LANDLINE],
        [LANDLINE, IP_LINE],
        [EMAIL, POST],
        [POST],
    ],
)
def test_the_remembered_way_is_the_one_the_rule_gives(points, protected, order):
    ways = Ways()
    # Asked about others first, so that every answer could come from memory.
    for others in ([IP_LINE, LANDLINE], [LANDLINE, IP_LINE], [MOBILE, LANDLINE], [LANDLINE]):
        ways.first(_attached(others, protected, order))
    attached = _attached(points, protected, order)

    by_rule = first_way(
        [Address(one.point, one.kind, one.value) for one in reversed(attached)],
        order=json.loads(order),
        protected=bool(protected),
    )

    for _asked_twice in range(2):
        way = ways.first(attached)
        assert (None if isinstance(way, Unreachable) else way) == (
            by_rule and (by_rule.channel, by_rule.key)
        )


def _attached(points, protected, order):
    return [
        Attached(1, "ja", protected, order, 100 + place, kind, "usable", takes_sms, value)
        for place, (kind, value, takes_sms) in enumerate(points)
    ]
