"""What became of a message after the other side had taken it: what servers, providers and postmen report of it."""

from enum import StrEnum


class DeliveryKind(StrEnum):
    """One report about one message. Several may come, in any order."""

    DELIVERED = "delivered"
    READ = "read"
    DELAYED = "delayed"  # the other side still tries
    NOT_DELIVERED = "not_delivered"  # this message did not arrive; the address may live
    DEAD_ADDRESS = "dead_address"  # this message did not arrive, and none ever will there
    COMPLAINT = "complaint"  # the reader called it spam
    DOUBTED = "doubted"  # somebody says it did not arrive, and nothing proves that he had it to lose


UNDONE: frozenset[DeliveryKind] = frozenset({DeliveryKind.NOT_DELIVERED, DeliveryKind.DEAD_ADDRESS})
"""Reports after which what counted as confirmed was refused: nobody heard from us."""

MOST_TRIES = 3
"""So often a step leaves by one channel while its address answers that it cannot be delivered now; then another way is taken."""
