"""The folder into which files for somebody are laid instead of being e-mailed."""


def folder_wrong(text: str) -> str:
    """Why no folder under RELANCE_HOME/handover can be called so; empty when one can, or when there is none."""
    plain = text.replace("-", "").replace("_", "")
    if not text or (plain.isascii() and plain.isalnum()):
        return ""
    return "Letters, digits and dashes only; it is made under RELANCE_HOME/handover."
