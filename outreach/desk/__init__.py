"""The rooms joined: the resident's signed page, the outbox, tasks and wishes, announcements."""
