"""A care manager asks for four residents of a facility: two typed, two pasted."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from outreach.classes.models import ClassSession
from outreach.visits.models import RequestGroup
from tests.cast import CARE_MANAGER, GRANDSON, HARU, LI_NA

PASTED = (
    f"氏名\t生年月日\t言語\t居室\n{GRANDSON.name}\tH21\t\t203\n{LI_NA.name}\t1988/03/02\t中国語\t"
)


def forward(page: Page) -> None:
    page.locator("main form button[value=next]:not([aria-hidden])").click()


def test_a_care_manager_asks_for_four_residents(
    town: ClassSession,
    visit: Callable[..., Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given a care manager who has said who she is and where the residents live
    page = visit("/ja/visits/group/")
    page.check("input[name=relation][value=care_manager]")
    page.fill("#id_asker_name", CARE_MANAGER.name)
    page.fill("#id_asker_phone", CARE_MANAGER.phone)
    forward(page)
    page.fill("#id_facility_name", "ひまわり苑")
    page.check("input[name=topic][value=first_card]")
    forward(page)

    # When she types two people, one with a date that is none, and pastes two more
    page.fill("#id_name_0", HARU.name)
    page.fill("#id_born_0", "昭和99年")
    page.fill("#id_name_1", "花輪フミ")
    page.fill("#id_pasted", PASTED)
    page.locator("button[value=paste]").click()
    expect(page.locator("#id_name_3")).to_have_value(LI_NA.name)
    forward(page)

    # Then the summary leads to the cell, and what she typed is still there
    expect(page.locator(".error-summary")).to_be_focused()
    accessible(page)
    page.locator(".error-summary a").click()
    expect(page.locator("#id_born_0")).to_be_focused()
    expect(page.locator("#id_born_0")).to_have_value("昭和99年")
    page.fill("#id_born_0", "昭和19年")
    page.keyboard.press("Enter")
    expect(page.get_by_text(GRANDSON.name).first).to_be_visible()
    page.locator("main form button[value=send]:not([aria-hidden])").click()

    # And she holds one reference for all and one for each
    group = RequestGroup.objects.get()
    expect(page.get_by_text(group.reference).first).to_be_visible()
    members = list(group.requests.order_by("pk"))
    assert [member.person.birth_year for member in members] == [1944, None, 2009, 1988]
    assert members[3].person.contact.language == LI_NA.language
    for member in members:
        expect(page.get_by_text(member.reference).first).to_be_visible()
    accessible(page)
