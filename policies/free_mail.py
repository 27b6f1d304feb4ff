"""E-mail domains many people write from: such a domain says nothing about who a sender works for."""

COMMON = (
    "gmail.com", "googlemail.com", "yahoo.com", "yahoo.fr", "yahoo.co.uk", "ymail.com", "hotmail.com", "hotmail.fr",
    "hotmail.co.uk", "outlook.com", "outlook.fr", "live.com", "live.fr", "msn.com", "aol.com", "icloud.com", "orange.fr",
    "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr", "gmx.de", "gmx.net",
    "gmx.com", "web.de", "t-online.de", "freenet.de", "libero.it", "virgilio.it", "alice.it", "telenet.be", "skynet.be",
    "proximus.be", "ziggo.nl", "kpnmail.nl", "hetnet.nl", "btinternet.com", "comcast.net", "verizon.net", "sbcglobal.net",
    "bellsouth.net", "att.net",
)  # fmt: skip
"""The most frequent ones."""
ALSO_REAL = frozenset({
    "mail.com", "email.com", "gmx.fr", "gmx.at", "gmx.ch", "me.com", "mac.com", "ymail.fr", "live.it", "live.de", "live.nl",
    "live.be", "live.ca", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.ca", "yahoo.be", "outlook.de", "outlook.es",
    "outlook.it", "outlook.be", "hotmail.de", "hotmail.it", "hotmail.es", "hotmail.be", "hotmail.ca", "aim.com", "aol.fr",
    "aol.de", "cox.net", "usa.net", "rr.com", "hotmail.nl", "alice.fr", "sfr.net", "telus.net", "web.com", "ail.com",
})  # fmt: skip
"""Real domains that stand beside a common one."""
_RARER = frozenset({
    "proton.me", "protonmail.com", "pm.me", "posteo.de", "posteo.net", "mailbox.org", "tutanota.com", "tuta.io", "zoho.com",
    "fastmail.com", "hey.com", "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "tiscali.it", "tin.it",
    "club-internet.fr", "aliceadsl.fr", "cegetel.net", "voila.fr", "arcor.de", "online.de", "vodafone.de", "bluewin.ch",
    "hispeed.ch", "chello.nl", "planet.nl", "xs4all.nl", "home.nl", "sapo.pt", "iol.pt", "terra.es", "telefonica.net",
    "sky.com", "virginmedia.com", "ntlworld.com", "talktalk.net", "blueyonder.co.uk", "o2.pl", "wp.pl", "onet.pl", "seznam.cz",
})  # fmt: skip


def is_shared(domain: str) -> bool:
    """Whether people who have nothing to do with each other write from the domain."""
    bare = domain.strip().lower().rstrip(".")
    return bare in COMMON or bare in ALSO_REAL or bare in _RARER
