"""Short answers that mean *do not write to me this way any more*, in seven languages.

Only a text that says nothing else is one; *stop, this invoice is wrong* is a reply a person reads.
"""

import re
import unicodedata

_POLITE = re.compile(
    r"\b(please|pls|hello|hi|dear|sirs?|thanks?( you)?|regards|now|all|immediately|bonjour"
    r"|merci( d.avance| beaucoup)?|svp|s.il vous plait|madame|monsieur|bitte|danke|guten tag|hallo"
    r"|por favor|gracias|hola"
    r"|per favore|grazie|buongiorno|alstublieft|aub|bedankt|dank u|obrigad[oa]|ola|immediatement|sofort|inmediatamente)\b"
)
_ASKED = re.compile(
    r"(stop|stopp?en|arret|arretez?|unsubscribe( me)?|opt ?-?out|remove( me)?"
    r"|take me off( (your|this) (mailing )?list)?|remove me from (your|this"
    r"|the) (mailing )?list"
    r"|unsubscribe me from (your|this|the) (mailing )?list|stop (sending|emailing|e-mailing|writing"
    r"|mailing|texting|contacting)( me| us)?( (emails?|e-mails?|messages?|sms|texts?|mails?))?|stop (sms"
    r"|e-?mails?|mails?)"
    r"|(do not|don.?t) (write|e-?mail|contact|text|message)( to)? (me|us)( any ?more"
    r"| again)?( by (e-?mail|sms))?|no more (emails?|e-mails?|messages?|mails?)"
    r"|desabonner|desabonnez[ -]moi|desabonnement|desinscription|desinscrire|me desinscrire|me desabonner"
    r"|desinscrivez[ -]moi|je souhaite (me desinscrire|me desabonner|ne plus recevoir (vos|de"
    r"|ces) (e-?mails?|messages?|courriels?|mails?))"
    r"|je ne (souhaite|veux|desire) plus recevoir (vos|de|d.|ces) ?(e-?mails?|messages?|courriels?|mails?"
    r"|sms)|ne (me|m.)? ?(plus )?(ecrivez|envoyez|contactez)( plus)?( par (e-?mail|mail|courriel|sms))?"
    r"|retirez[ -]moi de (votre|vos|cette) listes?( de diffusion)?|supprimez mon adresse|stop (aux )?(mails|courriels|sms)"
    r"|abmelden|abbestellen|austragen|abmeldung|ich mochte keine (e-?mails?|nachrichten"
    r"|mails) mehr( erhalten| bekommen)?|keine (e-?mails?|nachrichten|mails|sms) mehr( senden| schicken)?"
    r"|schreiben sie mir nicht mehr|nehmen sie mich (aus|von) (ihrem|dem|der) (verteiler|liste)"
    r"|baja|darme de baja|dame de baja|dar de baja|quiero darme de baja|cancelar( la)? suscripcion"
    r"|no (me )?(envien|envie|manden) mas (correos|mensajes|e-?mails?)|no deseo recibir mas (correos"
    r"|mensajes|e-?mails?)"
    r"|cancella(mi|temi)|disiscri\w+|annulla(re)? (l.)?iscrizione|disiscrizione|non (voglio"
    r"|desidero) (piu )?ricevere( piu)? (e-?mail|messaggi|mail)|non (scrivetemi|contattatemi) piu"
    r"|afmelden|uitschrijven|afmelding|schrijf mij uit|ik wil geen (e-?mails?|berichten"
    r"|mails) meer( ontvangen)?|stuur (mij|me) geen (e-?mails?|berichten|mails) meer"
    r"|descadastrar|cancelar (a )?(inscricao|subscricao)|sair da lista"
    r"|nao quero (mais )?receber( mais)? (e-?mails?|mensagens)|nao (me )?(enviem|envie) mais (e-?mails?"
    r"|mensagens))"
)
LONGEST = 160
"""Characters of a text that can be nothing but an opt-out."""


def opts_out(text: str, subject: str) -> str:
    """The words by which the author asks to hear no more; empty when the text says anything else."""
    bare = _bare(text)
    if bare and len(bare) <= LONGEST:
        return text.strip()[:LONGEST] if _ASKED.fullmatch(bare) else ""
    asked = re.sub(r"^(re|aw|rv|r|tr|antw|sv|fwd?)\s*:\s*", "", _bare(subject, colon=True))
    return subject.strip() if not bare and not text.strip() and _ASKED.fullmatch(asked) else ""


def _bare(text: str, *, colon: bool = False) -> str:
    """Lower case, without accents, polite words and marks."""
    plain = unicodedata.normalize("NFKD", text[:1000].lower().replace("’", "'"))
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    plain = _POLITE.sub(" ", plain)
    return " ".join(re.sub(r"[^\w\s'@:-]" if colon else r"[^\w\s'@-]|[_:]", " ", plain).split()).strip("-' ")
