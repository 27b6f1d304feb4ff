"""Settings as they are typed: NAME=VALUE."""

from collections.abc import Sequence

from cli.refusal import Refusal


def settings_of(words: Sequence[str], example: str) -> dict[str, str]:
    """The values by name; an empty value takes a setting away, so a name alone is refused."""
    pairs = [(word, *word.partition("=")) for word in words]
    wrong = next((word for word, name, sign, _ in pairs if not sign or not name.strip()), None)
    if wrong is not None:
        raise Refusal(f"“{wrong}” is not NAME=VALUE; write for example {example}.")
    return {name.strip(): value.strip() for _, name, _, value in pairs}
