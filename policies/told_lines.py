"""Which items of an account a message tells of."""

from policies.message import Line, MessageFacts, tells_everything


def shown_lines(facts: MessageFacts) -> tuple[Line, ...]:
    """Everything, or only what the message demands."""
    if tells_everything(facts.stage, facts.text):
        return facts.lines
    return tuple(line for line in facts.lines if line.demanded) or facts.lines
