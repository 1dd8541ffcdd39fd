"""What notifications tells the apps above it.

The first three come after the change has been committed. The receivers of `message_answered` and
`text_received` run in the transaction that notes what came in: both are kept, or neither.
"""

from django.dispatch import Signal

# Sent with ``message``: it failed for good and no other channel is left to try.
message_failed = Signal()

# Sent with ``message``: it waits for a person (`message.reason` says why): a call to make, a
# doubt to settle, somebody who cannot be reached.
message_held = Signal()

# Sent with ``point``: nothing goes to this number or address any more, for anybody who shares it.
# Where somebody stopped it, also with ``how`` (`notifications.actions.stops.How`) and ``contact``:
# who it was, as far as can be told, or None.
number_stopped = Signal()

# Sent with ``message``, ``answer`` (`notifications.rules.answers.Answer`) and ``now``: the person
# pressed a key. A receiver that acts on it returns the sentence the voice says next, in the
# language of the message; the others return None.
message_answered = Signal()

# Sent with ``text`` (an `InboundText`) and ``number``: somebody wrote what only a person can
# answer.
text_received = Signal()
