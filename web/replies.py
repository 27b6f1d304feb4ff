"""What the desk itself says: refusals in a sentence, the page for people without a session, and the security headers."""

from html import escape

from starlette.responses import HTMLResponse, JSONResponse, Response

from tasks.staff_text import told

# The graph on a run's page is drawn by a library that compiles its shaders with eval; scripts come from this host only.
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
NO_SESSION = "You are not signed in at this desk. Sign in, or ask for a link: “./relance link” prints one."
USED_LINK = "This link has been used or is too old. “./relance link” prints a new one."
HSTS = "max-age=31536000"
"""For a year browsers come by https alone; said only where they did."""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{head}
<title>Relance</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:18vh auto;padding:0 1.5em;color:#222}}</style>
</head><body><h1>Relance</h1><p>{sentence}</p></body></html>"""
AGAIN = '<meta http-equiv="refresh" content="0">'


class Refused(Exception):
    """A request the desk does not pass on: the HTTP status and a sentence for the person who asked."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def refusal(status: int, sentence: str) -> Response:
    """A refused call of the API; Prefect's UI shows the sentence as an error message."""
    return JSONResponse({"detail": told(sentence)}, status)


def page(status: int, sentence: str, *, again: bool = False) -> Response:
    """A page with one sentence; `again` loads it once more, for the session cookie a link from another site leaves out."""
    text = PAGE.format(sentence=escape(told(sentence)), head=AGAIN if again else "")
    return HTMLResponse(text, status, {"cache-control": "no-store"})
