"""The pages on which people sign in and look after their account: plain forms, without scripts."""

from dataclasses import dataclass
from html import escape

from starlette.responses import HTMLResponse

from web.callers import Caller
from web.entry_words import in_language

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Relance</title>
<style>
:root{{color-scheme:light dark}}
body{{font:16px/1.5 system-ui,sans-serif;max-width:24em;margin:10vh auto;padding:0 1.25em}}
label{{display:block;margin:1em 0 .25em}}
input,select,button{{font:inherit;width:100%;box-sizing:border-box;padding:.6em;min-height:44px}}
button{{margin-top:1.25em}}
.problem{{border-left:4px solid #c0392b;padding:.25em .75em}}
.hint{{font-size:.9em}}
</style></head><body><main><h1>{title}</h1>{problem}{body}</main></body></html>"""


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences in one language, safe to stand in a page."""

    language: str

    def __call__(self, sentence: str) -> str:
        """The sentence in this language."""
        return escape(in_language(sentence, self.language))


def sign_in_page(language: str, onward: str, *, login: str = "", problem: str = "", status: int = 200) -> HTMLResponse:
    """The form for login and password; `onward` is where it leads."""
    say = Words(language)
    hint = say("Whoever has no password yet, or forgot it, asks an administrator for a link.")
    body = f"""<form method="post" action="/sign-in">
{_hidden("onward", onward)}
{_field("login", say("Login"), "text", 'autocomplete="username" autocapitalize="none" autofocus', login)}
{_field("password", say("Password"), "password", 'autocomplete="current-password"')}
<button>{say("Sign in")}</button></form><p class="hint">{hint}</p>"""
    return _page(say, "Sign in", body, problem, status)


def account_page(caller: Caller, *, problem: str = "", status: int = 200) -> HTMLResponse:
    """Who is signed in, the language, another password, and the way out."""
    say = Words(caller.language)
    who = f"<p>{say('You are signed in as')} <strong>{escape(caller.actor)}</strong> ({say(caller.role.value)}).</p>"
    away = f'<p><a href="/desk">{say("To the desk")}</a></p>'
    body = who + away + _password_form(caller, say) + _language_form(caller, say) + _way_out(caller, say)
    first = caller.session is not None and not caller.session.has_password
    return _page(say, "Choose a password" if first else "Your account", body, problem, status)


def _password_form(caller: Caller, say: Words) -> str:
    old = "" if _needs_no_old(caller) else _field(
        "old", say("Password until now"), "password", 'autocomplete="current-password"'
    )  # fmt: skip
    hint = say("At least 12 characters; several words in a row are easy to keep in mind.")
    return f"""<form method="post" action="/account">{_hidden("csrf", caller.csrf)}{_hidden("act", "password")}{old}
<input type="text" name="username" value="{escape(caller.actor)}" autocomplete="username" hidden>
{_field("new", say("New password"), "password", 'autocomplete="new-password"')}
{_field("again", say("New password, once more"), "password", 'autocomplete="new-password"')}
<p class="hint">{hint} {say("A new password signs you out everywhere else.")}</p>
<button>{say("Set the password")}</button></form>"""


def _language_form(caller: Caller, say: Words) -> str:
    options = "".join(
        f'<option value="{code}"{" selected" if code == caller.language else ""}>{name}</option>'
        for code, name in (("en", "English"), ("fr", "Français"))
    )
    return f"""<form method="post" action="/account">{_hidden("csrf", caller.csrf)}{_hidden("act", "language")}
<label for="language">{say("Language")}</label><select id="language" name="language">{options}</select>
<button>{say("Save")}</button></form>"""


def _way_out(caller: Caller, say: Words) -> str:
    return f"""<form method="post" action="/sign-out">{_hidden("csrf", caller.csrf)}
<button>{say("Sign out")}</button></form>"""


def _needs_no_old(caller: Caller) -> bool:
    return caller.session is not None and (caller.session.by_link or not caller.session.has_password)


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _field(name: str, label: str, kind: str, more: str, value: str = "") -> str:
    return (
        f'<label for="{name}">{label}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" required maxlength="200" {more}>'
    )


def _page(say: Words, title: str, body: str, problem: str, status: int) -> HTMLResponse:
    told = f'<p class="problem" role="alert">{say(problem)}</p>' if problem else ""
    text = _PAGE.format(language=say.language, title=say(title), problem=told, body=body)
    return HTMLResponse(text, status, {"cache-control": "no-store"})
