"""A file for an agency with a folder: `RELANCE_HOME/handover/<folder>/`, the message and what it carries, whole or not at all."""

import os
from email import message_from_bytes, policy
from pathlib import Path, PurePosixPath

from storage.agencies import FOLDER_DOMAIN
from storage.outgoing import Outgoing
from tasks.handed import Handed, confirmed, refused
from tasks.sink import outbox_from


def is_a_folder(recipient: str) -> bool:
    """Whether a recipient is a folder of ours."""
    return recipient.endswith(f"@{FOLDER_DOMAIN}")


def put(letter: Outgoing) -> Handed:
    """Lay the message and its attachments into the folder; a second time the same files are written again."""
    folder = outbox_from(os.environ).parent / "handover" / letter.recipient.removesuffix(f"@{FOLDER_DOMAIN}")
    mail = message_from_bytes(letter.raw, policy=policy.default)
    files = {f"{letter.id:08d}.eml": letter.raw}
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        name = PurePosixPath((part.get_filename() or "file").replace("\\", "/")).name
        files[f"{letter.id:08d}-{name}"] = content if isinstance(content, bytes) else b""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, content in files.items():
            _write(folder / name, content)
    except OSError as problem:
        return refused(f"The folder could not be written ({problem.strerror}).", temporary=True)
    return confirmed(f"{len(files)} files in handover/{folder.name}", f"handover/{folder.name}/{letter.id:08d}")


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    half = file.with_name(f".{file.name}.part")
    half.write_bytes(content)
    half.replace(file)
