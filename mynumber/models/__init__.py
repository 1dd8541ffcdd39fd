from mynumber.models.reminder import Reminder

__all__ = ["Reminder"]
