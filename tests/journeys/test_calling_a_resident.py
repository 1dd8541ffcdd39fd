"""The desk officer's morning: a call from the list, with the keyboard alone, and taking it back."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from notifications.actions import messages
from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession
from outreach.people.actions import people, tasks
from outreach.people.models import Task
from tests.cast import HARU


def a_call_waits() -> Task:
    """Haru has a landline and a letter box; the message about her visit is to be told."""
    now = timezone.now()
    haru = people.identify(
        name=HARU.name,
        kana=HARU.kana,
        phone=parse_phone(HARU.phone),
        post="花輪字八正寺13",
        language=HARU.language,
    )
    message = messages.enqueue(
        contact=haru.contact,
        purpose="visit",
        reference="visit-asked:1",
        template="visits/messages/asked",
        context={"reference": "V-7K3M9R", "for_another": False},
        now=now,
    )
    Message.objects.filter(pk=message.pk).update(state=Message.State.HELD)
    return tasks.open_task(
        kind=Task.Kind.CALL, cause="call 1", now=now, person=haru, message=message
    )


def press(page: Page, button: str) -> None:
    """Go to a button with the keyboard and press it."""
    page.locator(button).first.focus()
    page.keyboard.press("Enter")


def test_the_officer_takes_a_call_notes_nobody_home_and_takes_it_back(
    town: ClassSession,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given a call that waits on the list
    task = a_call_waits()
    page = logged_in("desk", reverse("desk_staff:tasks"))
    expect(page.locator("main")).to_contain_text(HARU.name)
    accessible(page)

    # When the officer takes it
    press(page, f"form[action='{reverse('desk_staff:take', args=[task.pk])}'] button")
    page.wait_for_url(f"**{reverse('desk_staff:task', args=[task.pk])}")

    # Then the number and the words to say stand there
    expect(page.locator("a[href='tel:0186-00-0111']")).to_be_visible()
    expect(page.locator(".letter")).to_contain_text("V-7K3M9R")
    accessible(page)

    # When nobody answers
    page.locator("textarea[name=note]").focus()
    page.keyboard.type("留守")
    press(page, "button[value=not_reached]")
    page.wait_for_url(f"**{reverse('desk_staff:tasks')}")

    # Then a letter waits, and the list says what was done
    assert Message.objects.get(follows=task.message).channel == "letter"
    expect(page.locator("main")).to_contain_text("留守")
    accessible(page)

    # When it was the wrong line
    press(page, f"form[action='{reverse('desk_staff:undo', args=[task.pk])}'] button")
    page.wait_for_url(f"**{reverse('desk_staff:task', args=[task.pk])}")

    # Then the call is to be made again, and no letter goes out
    expect(page.locator("button[value=reached]")).to_be_visible()
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()
