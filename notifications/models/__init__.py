from notifications.models.announcement import Announcement
from notifications.models.announcement_text import AnnouncementText
from notifications.models.consent import Consent
from notifications.models.contact import Contact
from notifications.models.contact_point import ContactPoint
from notifications.models.hand_over import HandOver
from notifications.models.inbound_text import InboundText
from notifications.models.message import Message
from notifications.models.message_event import MessageEvent
from notifications.models.point_event import PointEvent
from notifications.models.sending_stop import SendingStop

__all__ = [
    "Announcement",
    "AnnouncementText",
    "Consent",
    "Contact",
    "ContactPoint",
    "HandOver",
    "InboundText",
    "Message",
    "MessageEvent",
    "PointEvent",
    "SendingStop",
]
