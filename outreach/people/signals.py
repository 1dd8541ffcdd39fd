"""What people tells the rooms above it."""

from django.dispatch import Signal

# Sent with ``person``, ``status`` (`Person.Status`), ``by`` and ``now`` in the transaction that
# notes that somebody has moved away or died: each room closes what it holds open for them.
person_left = Signal()
