"""What notifications tells the apps above it.

The first three come after the change has been committed. The receivers of `message_answered` run
in the transaction that notes the answer.
"""

from django.dispatch import Signal

# Sent with ``message``: it failed for good and no other channel is left to try.
message_failed = Signal()

# Sent with ``message``: it waits for a person (`message.reason` says why): a call to make, a
# doubt to settle, somebody who cannot be reached.
message_held = Signal()

# Sent with ``point``: nothing goes to this number or address any more, for anybody who shares it.
number_stopped = Signal()

# Sent with ``message`` and ``answer`` (`notifications.rules.answers.Answer`): the person pressed a
# key. A receiver that acts on it returns the sentence the voice says next, in the language of the
# message; the others return None.
message_answered = Signal()
