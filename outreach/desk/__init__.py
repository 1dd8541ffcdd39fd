"""The rooms joined: the resident's signed page, the outbox screen, announcements, reminders."""
