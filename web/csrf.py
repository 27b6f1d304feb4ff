"""Our own forms carry a token of the session they were made for; without it nothing is done.

The cookie is SameSite=Strict and the Origin is looked at as well: this is the lock that stands when those two fail.
"""

import hmac
from collections.abc import Mapping

from web.callers import Caller
from web.replies import Refused

FIELD = "csrf"


def refuse_forged(caller: Caller, form: Mapping[str, str]) -> None:
    """Refuses a form that was not made for this session."""
    given = form.get(FIELD, "")
    if not caller.csrf or not hmac.compare_digest(given.encode(), caller.csrf.encode()):
        raise Refused(403, "This form is no longer good: reload the page and send it again.")
