"""Which reason the words of a reply suggest, in French, English, German, Spanish, Italian and Dutch: shown to the person who reads it.

A suggestion never acts. Where words of several reasons stand, the one that would do most harm unread is suggested.
"""

import re
import unicodedata
from dataclasses import dataclass

from policies.answer_reasons import AnswerReason
from tasks.reason_words_more import MORE_WORDS

READ = 5000
"""Characters of a reply that are read."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reason and the words it was read from."""

    reason: AnswerReason
    words: str


_WORDS: tuple[tuple[AnswerReason, str], ...] = (
    (
        AnswerReason.INSOLVENCY,
        (
            r"redressement judiciaire|liquidation judiciaire|procedure de sauvegarde|mandataire judiciaire"
            r"|cessation des paiements"
            r"|insolven\w+|bankrupt\w*|in administration|receivership|liquidat(or|ion)|insolvenzverwalter\w*|zahlungsunfahig\w*"
        ),
    ),
    (
        AnswerReason.DISAGREES,
        (
            r"contest(e|ons|er|ation)\b|litige|pas d.accord|desaccord|erreur (sur|dans)|(marchandise|produit"
            r"|prestation)s? (non conforme|defectueu\w+|jamais)"
            r"|(jamais|pas) (commande|livre)\b|avoir (attendu|a recevoir)|attendons (un|votre|l.) ?avoir"
            r"|dispute[ds]?\b|do(es)? not agree|disagree|incorrect|is wrong"
            r"|never (ordered|delivered)|not (ordered|delivered)|faulty|damaged|credit note|reklam\w+|widersp\w+"
            r"|bestreiten|nicht (bestellt|geliefert|einverstanden)"
            r"|mangel\w*|falsch\w*|gutschrift"
        ),
    ),
    (
        AnswerReason.REFUSES,
        (
            r"(refus\w+|ne (paierons|payerons|paierai|payerai)) (de (payer|regler)|pas|cette facture)|(will"
            r"|shall) not pay|won.t pay|refuse to pay"
            r"|(werden|werde) nicht (be)?zahlen|verweiger\w+ die zahlung"
        ),
    ),
    (
        AnswerReason.STOP,
        (
            r"(ne (plus|pas)|cessez de|arretez de) (nous |m.|me )?(ecrire|contacter|relancer|envoyer)|desabonn\w+"
            r"|desinscri\w+|stop (sending|writing|emailing)"
            r"|unsubscribe|do not contact|keine (weiteren )?(e-?mails|nachrichten)|abmelden"
        ),
    ),
    (
        AnswerReason.WRONG_CONTACT,
        (
            r"(pas|plus) (la bonne personne|le bon (contact|interlocuteur|service)|en charge|chez|dans (la"
            r"|cette) (societe|entreprise))|mauvais (contact|interlocuteur|destinataire|service)"
            r"|(adress\w+|contact\w+|ecri\w+) (plutot )?(a|le|au) (service|comptabilite)|wrong (person|contact"
            r"|department|address)|not the right (person|contact)|no longer (work|with)"
            r"|falsche\w* (ansprechpartner\w*|adresse|abteilung)|nicht (mehr )?zustandig|nicht der richtige"
        ),
    ),
    (
        AnswerReason.NOT_RECEIVED,
        (
            r"(pas|jamais|aucune trace) (encore )?(eu|recu|de) ?(la |votre |cette "
            r"|vos )?(facture)?.{0,20}factur\w+|(pas|jamais) recu|(envoyer|renvoyer|transmettre|adresser"
            r"|copie).{0,25}(facture|duplicata)"
            r"|(not|never|n.t) (yet )?(received?|got|seen|have).{0,20}invoice"
            r"|copy of (the|your|this) invoice|(re)?send.{0,20}invoice"
            r"|rechnung.{0,30}nicht (erhalten|vor|bekommen|gefunden)|(kopie|rechnungskopie).{0,20}(rechnung"
            r"|senden|schicken)|keine rechnung"
        ),
    ),
    (
        AnswerReason.PAPERS_MISSING,
        (
            r"(manque|absence|sans|besoin|fournir|transmettre|envoyer|communiquer).{0,25}(bon de (commande"
            r"|livraison|reception)|numero de commande|n. de commande|commande|\bpv\b)"
            r"|(missing|need|without|no|send).{0,25}(purchase order|order number|po number|delivery note|receipt"
            r"|timesheet)|(fehlt|fehlen|ohne|brauchen|benotigen).{0,25}(bestell\w+|lieferschein|auftragsnummer)"
            r"|(bestellnummer|lieferschein|auftragsnummer).{0,20}fehl\w+"
        ),
    ),
    (
        AnswerReason.WAITING_FOR_APPROVAL,
        (
            r"(attente|attend\w*|cours) (de |d.|la |l.|sa |une )*(validation|approbation|accord|signature"
            r"|bon a payer)|(bon a payer|validation).{0,20}(en cours|attente)"
            r"|(waiting|awaiting|pending|needs?) (for )?(an |the |internal )?(approval|sign-?off|validation)"
            r"|(warte\w*|wartet) auf (die )?(freigabe|genehmigung)|(freigabe|genehmigung) (steht|fehlt)"
            r"|in (der )?freigabe"
        ),
    ),
    (
        AnswerReason.CANNOT_PAY_NOW,
        (
            r"(pas|peut pas|pouvons pas|difficult\w+).{0,25}(payer|regler|tresorerie|moyens|financ\w+)"
            r"|difficult\w+ (de )?(tresorerie|financ\w+)|echelonne\w*|echeancier|delai (de paiement"
            r"|supplementaire)"
            r"|(can ?not|can.t|unable to) pay|cash ?flow|payment plan|instal?ments|more time|(konnen"
            r"|kann) (derzeit |momentan |zur ?zeit |gerade )?nicht (be)?zahlen|ratenzahlung|zahlungsaufschub"
            r"|liquiditat\w*|stundung"
        ),
    ),
    (
        AnswerReason.SCHEDULED,
        (
            r"(paiement|reglement|virement).{0,25}(prevu|programme|planifie|partira|sera (fait|effectue|emis))"
            r"|(payment|transfer).{0,20}(scheduled|planned|due to go)|next payment run|scheduled for"
            r"|(zahlung|uberweisung).{0,25}(geplant|terminiert|eingeplant|veranlasst am|erfolgt am)|nachste\w* zahl(ungs)?lauf"
        ),
    ),
    (
        AnswerReason.SENT,
        (
            r"cheque.{0,25}(envoye|parti|poste|courrier)|(envoye|poste).{0,20}cheque|virement.{0,25}(emis|parti"
            r"|effectue|fait|lance|en cours)|(cheque|check).{0,20}(sent|in the post|posted|mailed)"
            r"|transfer.{0,20}(sent|made|on its way|initiated)|uberweisung.{0,25}(veranlasst|raus|unterwegs"
            r"|angewiesen|ausgefuhrt)|(haben|habe).{0,30}(uberwiesen|angewiesen)"
        ),
    ),
    (
        AnswerReason.PAID,
        (
            r"(?<!pas encore )(?<!pas )(?<!non )(?<!sera )(?<!etre )\b(deja )?(paye|payee|regle|reglee"
            r"|soldee?)s?\b|(?<!not )(?<!not yet )(?<!not been )(?<!be )(?<!n't )\b(already )?(paid|settled)\b"
            r"|(?<!nicht )(?<!wird )\b(bereits |schon )?(bezahlt|beglichen|gezahlt)\b"
        ),
    ),
    (
        AnswerReason.PROMISE,
        (
            r"(paierons|payerons|paierai|reglerons|reglerai|allons (payer|regler)|vais (payer|regler)|sera (paye"
            r"|regle)\w*|nous engageons)|(we|i)( wi|.)ll pay|(will|to) be paid|promise"
            r"|(werden|werde).{0,40}(bezahlen|zahlen|uberweisen|begleichen)|wird.{0,40}(bezahlt|beglichen|uberwiesen)"
        ),
    ),
)
_RULES = tuple((reason, re.compile(rf"(?:{words}|{MORE_WORDS[reason]})")) for reason, words in _WORDS)


def suggest(text: str) -> Suggestion | None:
    """The reason a reply's own words suggest, with these words; None when they suggest none."""
    plain = _plain(text[:READ])
    for reason, words in _RULES:
        if found := words.search(plain):
            return Suggestion(reason, found[0].strip())
    return None


def _plain(text: str) -> str:
    """Lower case without accents, on one line; `ß` as `ss`."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("ß", "ss"))
    return " ".join("".join(one for one in bare if not unicodedata.combining(one)).split())
