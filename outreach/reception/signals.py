"""What the rest of the house may listen to."""

from django.dispatch import Signal

# A day was planned or called off, or a time was booked or came free. Sent after commit, no
# arguments.
openings_changed = Signal()
