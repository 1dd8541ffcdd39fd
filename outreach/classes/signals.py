"""What the rest of the house may listen to."""

from django.dispatch import Signal

# A session was added, moved, called off, or its seats changed. Sent after commit, no arguments.
schedule_changed = Signal()
