from notifications.models.consent import Consent
from notifications.models.contact import Contact
from notifications.models.contact_point import ContactPoint
from notifications.models.message import Message
from notifications.models.message_event import MessageEvent

__all__ = ["Consent", "Contact", "ContactPoint", "Message", "MessageEvent"]
