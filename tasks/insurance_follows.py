"""What each answer about the credit insurer does, in the words of its form."""

from policies.insurance_choices import FILE, GRANTED, LEAVE, NOT_NEEDED, REFUSED

CONSENT_FOLLOWS = {
    GRANTED: "what waits for it stands, if its days are still to come; write the insurer's reference in the note.",
    REFUSED: "what waits for it is not made, and collecting goes on; who proposed it reads why in the customer's file.",
    NOT_NEEDED: "what waits for it stands, on your word; say why in the note.",
}
"""Where the insurer's consent is asked for."""
CLAIM_FOLLOWS = {
    FILE: "the file leaves to the insurer; the last day for filing is met once it is confirmed.",
    LEAVE: "nothing leaves; the last day for filing goes on standing.",
}
"""Where a claim is prepared."""
