"""How many people an announcement reaches, and what each of them will read."""

from dataclasses import dataclass
from datetime import datetime

from notifications import texts
from notifications.models import Contact
from notifications.texts import Text
from outreach.classes.models import ClassSession
from outreach.desk.actions.announcements import TEMPLATE
from outreach.desk.audiences import Share, class_news_audience, shares
from outreach.desk.message_words import CHANNEL_WORDS


@dataclass(frozen=True, slots=True)
class Part:
    """One language and channel: how many people, and the words they get."""

    share: Share
    channel_word: str
    text: Text


@dataclass(frozen=True, slots=True)
class AnnouncementPreview:
    parts: list[Part]

    @property
    def people(self) -> int:
        return sum(part.share.people for part in self.parts)


def announcement_preview(*, session: ClassSession, now: datetime) -> AnnouncementPreview:
    """The announcement as it would go out now, for each language and channel it goes to."""
    return AnnouncementPreview(
        [
            Part(share, str(CHANNEL_WORDS[Contact.Channel(share.channel)]), _text(session, share))
            for share in shares(class_news_audience(session=session, now=now))
        ]
    )


def _text(session: ClassSession, share: Share) -> Text:
    # Nobody's contact: a preview must hold no one's link.
    return texts.render(
        contact=Contact(language=share.language),
        template=TEMPLATE,
        channel=share.channel,
        context={"session": session},
    )
