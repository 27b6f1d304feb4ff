"""What servers say when they do not take a message: whether the address is dead, or only this message was refused.

A word about the message, its sender or a full mailbox comes before one about the address: `550 user unknown, sender
blocked` proves nothing about the address. Words are lower case; dots stand for any sign.
"""

import re

_SOFT = (
    # mailbox full or locked (RFC 3463 x.2.1, x.2.2)
    r"mailbox.{0,12}(is |was )?(over ?)?full",
    r"quota",
    r"mailfolder is full",
    r"storage (limit|space)",
    r"too many messages",
    r"insufficient (system|disk)",
    r"disabled",
    r"suspended",
    r"inactive",
    r"temporar(y|ily) ?locked",
    r"account.{0,20}(locked|blocked|bloqu|expired)",
    r"compte.{0,30}(bloqu|plein|inacti|suspendu)",
    r"bo[iî]te.{0,30}(pleine|satur)",
    r"postfach.{0,20}voll",
    r"speicherplatz",
    r"buz[oó]n.{0,20}lleno",
    r"casella.{0,20}piena",
    r"postvak.{0,20}vol\b",
    r"caixa.{0,20}cheia",
    r"discontinued",
    # the message or its sender
    r"spam",
    r"virus",
    r"malware",
    r"blacklist",
    r"block ?list",
    r"blocklist",
    r"\brbl\b",
    r"dnsbl",
    r"spamhaus",
    r"reputation",
    r"client host",
    r"\bblocked\b",
    r"banned",
    r"policy",
    r"polic(ies|y) reason",
    r"dmarc",
    r"\bdkim\b",
    r"\bspf\b",
    r"unauthenticated",
    r"reverse dns",
    r"\brdns\b",
    r"\bptr\b",
    r"ip address",
    r"adresse ip",
    r"relay(ing)?( access)? (is )?(denied|not (permitted|allowed)|prohibited|rejected)",
    r"(unable|cannot|not (permitted|allowed)|denied|no|open).{0,8} relay",
    r"sender (address )?(is )?(rejected|denied|verify)",
    r"sender.{0,20}(domain|unknown|not exist)",
    r"domain of sender",
    r"mail from\b.{0,80}(reject|denied|refus)",
    r"from address",
    r"content rejected",
    r"message content",
    r"rfc ?\d{3,4} compliant",
    r"multiple .{0,20}(from|subject|addresses)",
    r"message (size|length|too)",
    r"too (large|big|long)",
    r"size limit",
    r"recipsizelimit",
    r"exceed",
    r"not authenticated|authentication required",
    r"not authorized|unauthorized",
    r"restricted",
    r"security",
    r"encryption|starttls|tls required",
    r"refused by.{0,30}filter",
    r"responsible address",
    r"mail.?loop|hop count|too many hops|routing loop",
    # passing troubles
    r"time[d ]?.?out",
    r"expired",
    r"try again|try later|retry|veuillez essayer|sp[aä]ter",
    r"temporar",
    r"connection (refused|frequency|lost|limit)",
    r"rate.?limit|receiving.{0,20}(rate|too many)|too (many|fast|frequent)",
    r"greylist|graylist",
    r"could not deliver for",
    r"permission to (post|send)",
    r"recipient preferences",
    r"not reachable|unreachable|no route",
    r"server (busy|error)|system (failure|problem)",
    r"service (not available|unavailable|refus)",
    r"media error|mailer error",
    r"malformed|may not follow",
)

_DEAD = (
    (
        r"(user|recipient|mailbox|address|account|destinat\w+)\S*( name)?( is| was)?( currently)? ?(unknown"
        r"|not known|invalid|not valid|non.?existent)"
    ),
    (
        r"(unknown|invalid|no such|bad|nonexistent|non-existent|unrouteable|undeliverable) .{0,20}(user"
        r"|recipient|mailbox|address|account|person|local.?part|alias)"
    ),
    r"user.{0,6}unknown|unknown.{0,4}user|unknown.{0,4}local",
    r"(does not|doesn.?t|do not|not) (actually )?exist",
    r"no mailbox",
    r"mailbox unavailable",
    r"(unbekannter?|onbekende|inconnue?|sconosciut[oa]|desconocid[oa]) (empf[aä]nger|benutzer|gebruiker|ontvanger|destinat\w+|utente|usuario)",
    r"(not|n.t) (be )?found",
    r"not? (a )?(known|valid) (user|recipient|mailbox)",
    r"recipient.{0,20}not (recognized|listed)",
    r"recipnotfound",
    r"no longer (on|with|work|valid|exist|available|in use)",
    r"has moved|user moved|mailbox moved",
    r"doesn.?t have an? .{0,80}account",
    r"no account",
    r"not our customer",
    r"address rejected: (access denied|undeliverable|user)",
    r"destinataire.{0,25}(inconnu|invalide|inexistant|introuvable)",
    r"(adresse|utilisateur|compte).{0,30}(inconnue?|invalide|existe pas|inexistant|introuvable)",
    r"n.existe pas",
    r"(empf[aä]nger|benutzer|adresse|postfach|user).{0,30}(unbekannt|existiert nicht|ung[uü]ltig|nicht (gefunden|vorhanden))",
    (
        r"(usuario|destinatario|direcci[oó]n|buz[oó]n|cuenta).{0,30}(desconocid|no existe|inexistente"
        r"|inv[aá]lid|no encontrad|no se encontr)"
    ),
    r"(utente|destinatario|indirizzo|casella).{0,30}(sconosciut|non esiste|inesistente|non valid|non trovat)",
    r"(gebruiker|ontvanger|adres|postvak).{0,30}(onbekend|bestaat niet|ongeldig|niet gevonden)",
    r"(usu[aá]rio|destinat[aá]rio|endere[cç]o|caixa).{0,30}(desconhecid|n[aã]o (existe|encontrad)|inexistente|inv[aá]lid)",
    r"(host|domain|name)( name)?( or domain)?( is)? (unknown|not found|not exist)",
    r"unknown (host|domain)",
    r"no such (host|domain)",
    r"nxdomain|null ?mx",
    r"not (exist|accept).{0,12}(mail|network messages)",
    r"nowhere to mail|no mx|unrouteable",
    r"address syntax",
    r"#5\.1\.0 address rejected",
    r"not listed in",
    r"isn.t a valid|is not valid",
)

SOFT = re.compile("|".join(_SOFT))
DEAD = re.compile("|".join(_DEAD))
DEAD_STATUS = re.compile(r"5\.1\.(1|2|3|6|10|351)|5\.4\.4|5\.3\.2|5\.1\.1\d")
"""Enhanced status codes that speak of the address itself (RFC 3463, RFC 7505, and Exchange's 5.1.10, 5.1.351)."""
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")


_LASTING = re.compile(r"nxdomain|null ?mx|rfc7505")
"""A domain that does not exist or takes no mail (RFC 7505), whichever class a server gives it."""
_NOISE = re.compile(r"https?://\S+|<?[^\s<>]{1,64}@[^\s<>]{1,255}>?")
"""Links and addresses: words in them say nothing about the refusal."""
_OTHERWISE = re.compile(r"quota|full|disabled|suspended|inactive|preferences|locked|sender|spam|virus")
"""Words that speak of something else even beside the code of an unknown address."""
AFTER_DATA = re.compile(r"end of data|after i sent the message|>>> data\b|\(data\)|data command")


def is_dead(status: str, diagnostic: str) -> bool:
    """Whether a refusal says that the address itself is dead; in doubt it is not.

    A refusal after the text was sent came from a server that had taken the address: it counts only with a code of its own.
    """
    said = _NOISE.sub(" ", " ".join(diagnostic.lower().split()))
    nearest = STATUS.search(said)
    code = nearest[1] if nearest else status
    if _LASTING.search(said):
        return True
    if re.fullmatch(r"5\.1\.(1|6|10)", code) and DEAD.search(said) and not _OTHERWISE.search(said):
        return True
    if code.startswith(("4", "5.7.")) or code in {"5.1.7", "5.1.8"} or SOFT.search(said):
        return False
    if DEAD_STATUS.fullmatch(code):
        return True
    return DEAD.search(said) is not None and not AFTER_DATA.search(said)
