"""What a dispatcher looks at again and again, besides cases and questions, and how many seconds lie between two looks."""

from collections.abc import Awaitable, Callable

from prefect.client.orchestration import PrefectClient

from flows import read_mailbox, runs, sms
from flows.digest import hand_over_staff_mail
from flows.inbox_folder import start_arrived
from flows.measures import look_at_measures
from flows.placed import look_after_placements
from flows.sealing import seal_the_day
from flows.tell_customer import start_tellings

FOLDER_SECONDS, TELL_SECONDS, STAFF_SECONDS, PLACED_SECONDS = 5.0, 0.5, 30.0, 1.0
SEAL_SECONDS = 60.0

Round = tuple[Callable[[], float], Callable[[PrefectClient], Awaitable[int]]]
"""The rest between two looks, and the look itself, which answers how many runs it started."""

ROUNDS: tuple[Round, ...] = (
    (lambda: FOLDER_SECONDS, start_arrived),
    (read_mailbox.rest, read_mailbox.start_reading),
    (lambda: FOLDER_SECONDS, sms.start_sms_round),
    (lambda: PLACED_SECONDS, look_after_placements),
    (lambda: TELL_SECONDS, start_tellings),
    (lambda: TELL_SECONDS, runs.start_resends),
    (lambda: FOLDER_SECONDS, look_at_measures),
    (lambda: STAFF_SECONDS, hand_over_staff_mail),
    (lambda: SEAL_SECONDS, seal_the_day),
)
