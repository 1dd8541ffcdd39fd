"""What notifications tells the apps above it, always after the change has been committed."""

from django.dispatch import Signal

# Sent with ``message``: it reached nobody and will not be tried again by itself.
message_failed = Signal()
