"""E-mails as they come back, written by hand after what mail programs and servers write."""

from email.message import EmailMessage
from email.policy import SMTP


def letter(
    text: str, subject: str = "Re: Rappel facture F-2026-0042", sender: str = "compta@martin.example", **headers: str
) -> bytes:
    """A plain letter; headers with `_` for `-`."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "relances@creancier.example", subject
    mail["Date"] = headers.pop("Date", "Mon, 02 Nov 2026 09:00:00 +0100")
    mail["Message-ID"] = "<answer-1@martin.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def report(
    rows: str,
    *,
    told: str = "Could not be delivered.",
    kind: str = "delivery-status",
    sender: str = "MAILER-DAEMON@mx.example",
    part: str = "message/delivery-status",
) -> bytes:
    """A report (RFC 3462) about a message of ours, whose headers it returns."""
    return (
        f"Return-Path: <>\r\nFrom: {sender}\r\nTo: relances@creancier.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <bounce-1@mx.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b1"\r\n\r\n'
        f"--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{told}\r\n"
        f"--b1\r\nContent-Type: {part}\r\n\r\n{rows}\r\n"
        "--b1\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        "Message-ID: <0123456789abcdef@creancier.example>\r\nSubject: Rappel\r\n\r\n--b1--\r\n"
    ).encode()


def failed(status: str, diagnostic: str, *, action: str = "failed", address: str = "compta@martin.example") -> str:
    """The two blocks of a delivery-status part."""
    return (
        f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; {diagnostic}\r\n"
    )


OLD = "Bonjour,\nVotre facture F-2026-0042 est échue.\nCordialement\nLe créancier"
QUOTED = "\n".join(f"> {line}" for line in OLD.split("\n"))

REPLIES: dict[str, tuple[str, str]] = {
    "gmail fr": (
        (f"Le virement part demain.\n\nLe lun. 2 nov. 2026 à 09:00, Le créancier <a@b.example> a écrit :\n\n{QUOTED}"),
        "Le virement part demain.",
    ),
    "gmail fr, folded": (
        (
            f"Payé hier.\n\nLe lun. 2 nov. 2026 à 09:00, Le créancier <relances@creancier.example>\na écrit "
            f":\n\n{QUOTED}"
        ),
        "Payé hier.",
    ),
    "gmail en": (
        f"Paid today.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Creditor <a@b.example> wrote:\n\n{QUOTED}",
        "Paid today.",
    ),
    "gmail de": (
        f"Ist bezahlt.\n\nAm Mo., 2. Nov. 2026 um 09:00 Uhr schrieb Creditor <a@b.example>:\n\n{QUOTED}",
        "Ist bezahlt.",
    ),
    "gmail es": (
        f"Ya está pagada.\n\nEl lun, 2 nov 2026 a las 9:00, Creditor (<a@b.example>) escribió:\n\n{QUOTED}",
        "Ya está pagada.",
    ),
    "gmail it": (
        (f"Già pagata.\n\nIl giorno lun 2 nov 2026 alle ore 09:00 Creditor <a@b.example> ha scritto:\n\n{QUOTED}"),
        "Già pagata.",
    ),
    "gmail nl": (
        f"Is betaald.\n\nOp ma 2 nov 2026 om 09:00 schreef Creditor <a@b.example>:\n\n{QUOTED}",
        "Is betaald.",
    ),
    "gmail pt": (
        f"Já está paga.\n\nEm seg., 2 de nov. de 2026 às 09:00, Creditor <a@b.example> escreveu:\n\n{QUOTED}",
        "Já está paga.",
    ),
    "outlook fr": (
        (
            f"Merci d'envoyer le bon de commande.\n\nDe : Le créancier <a@b.example>\nEnvoyé : lundi 2 novembre "
            f"2026 09:00\nÀ : Compta\nObjet : Rappel\n\n{OLD}"
        ),
        "Merci d'envoyer le bon de commande.",
    ),
    "outlook fr, bar": (
        f"C'est réglé.\n\n-----Message d'origine-----\nDe : a@b.example\nEnvoyé : lundi\n\n{OLD}",
        "C'est réglé.",
    ),
    "outlook de": (
        (
            f"Wir prüfen das.\n\nVon: Creditor <a@b.example>\nGesendet: Montag, 2. November 2026 09:00\nAn: "
            f"Buchhaltung\nBetreff: Erinnerung\n\n{OLD}"
        ),
        "Wir prüfen das.",
    ),
    "outlook es": (
        f"Lo revisamos.\n\nDe: Creditor\nEnviado el: lunes\nPara: Conta\nAsunto: Recordatorio\n\n{OLD}",
        "Lo revisamos.",
    ),
    "outlook it": (
        f"Verifichiamo.\n\nDa: Creditor\nInviato: lunedì\nA: Conta\nOggetto: Sollecito\n\n{OLD}",
        "Verifichiamo.",
    ),
    "outlook nl": (
        (f"We kijken het na.\n\nVan: Creditor\nVerzonden: maandag\nAan: Boekhouding\nOnderwerp: Herinnering\n\n{OLD}"),
        "We kijken het na.",
    ),
    "outlook pt": (
        f"Vamos verificar.\n\nDe: Creditor\nEnviada: segunda\nPara: Conta\nAssunto: Aviso\n\n{OLD}",
        "Vamos verificar.",
    ),
    "outlook web, rule": (
        (
            f"Not ours.\n________________________________\nFrom: Creditor <a@b.example>\nSent: Monday\nTo: "
            f"Accounts\nSubject: Reminder\n\n{OLD}"
        ),
        "Not ours.",
    ),
    "zimbra fr": (f"Payé\n\n----- Mail original -----\nDe: X\nÀ: Y\nEnvoyé: Lundi\nObjet: Z\n\n{OLD}", "Payé"),
    "gmx de": (f"Bezahlt\n\nGesendet: Montag\nVon: X <a@b.example>\nAn: Y\nBetreff: Z\n\n{OLD}", "Bezahlt"),
    "orange fr": ("Payé\n\n> Message du 02/11/26 09:00\n> De : a@b.example\n> Objet : x\n> Votre facture", "Payé"),
    "a date and an address": (f"Payé\n\n2026-11-02 9:00 GMT+01:00, X <a@b.example>:\n{QUOTED}", "Payé"),
    "the name first": (f"Paid\n\nX <a@b.example> wrote on 2 Nov 2026 09:00:\n{QUOTED}", "Paid"),
    "an address in a sentence": ("Write to Bob <b@c.example>:\nhe pays.", "Write to Bob <b@c.example>:\nhe pays."),
    "lotus notes": (
        (
            "Wrong address.\n\n\nFrom:    Creditor/FR\nTo:      Accounts/DE\nDate:    02/11/2026 09:00\nSubject: "
            "Reminder\n\n\nYour invoice"
        ),
        "Wrong address.",
    ),
    "iphone fr": (
        (
            f"OK demain\n\nEnvoyé de mon iPhone\n\n> Le 2 nov. 2026 à 09:00, Le créancier <a@b.example> a écrit "
            f":\n> \n{QUOTED}"
        ),
        "OK demain",
    ),
    "iphone de": (
        (
            f"Morgen.\n\nVon meinem iPhone gesendet\n\n> Am 02.11.2026 um 09:00 schrieb Creditor "
            f"<a@b.example>:\n{QUOTED}"
        ),
        "Morgen.",
    ),
    "thunderbird fr": (
        f"Voir pièce jointe.\n\nLe 02/11/2026 à 09:00, Le créancier a écrit :\n{QUOTED}\n",
        "Voir pièce jointe.",
    ),
    "answer below": (f"On 02/11/2026 09:00, Creditor wrote:\n{QUOTED}\n\nPaid last week.", "Paid last week."),
    "answers between": (
        "Le 02/11/2026 à 09:00, X a écrit :\n> Avez-vous la facture ?\nOui.\n> Quand payez-vous ?\nVendredi.",
        "Oui.\nVendredi.",
    ),
    "signature mark": ("Payé.\n\n-- \nJean Martin\nComptable\n01 02 03 04 05", "Payé."),
    "closing": (
        "Bonjour,\nLe virement est fait.\n\nCordialement,\nJean Martin\nMartin SARL",
        "Bonjour,\nLe virement est fait.",
    ),
    "closing de": (
        "Guten Tag,\nbezahlt am 1.11.\n\nMit freundlichen Grüßen\nHans Meier",
        "Guten Tag,\nbezahlt am 1.11.",
    ),
    "postscript": (
        "Bonjour,\n\nMerci.\n\nCordialement,\nAnne\n\nPS : le virement est parti hier.",
        "Bonjour,\n\nMerci.\n\nCordialement,\nAnne\n\nPS : le virement est parti hier.",
    ),
    "gmail pt, its name first": (
        f"Pago.\n\nMartin <a@b.example> escreveu no dia sexta, 27/11/2026 à(s)\n09:00:\n\n{QUOTED}\n",
        "Pago.",
    ),
    "a list is kept": ("We miss:\n- the order\n- the receipt", "We miss:\n- the order\n- the receipt"),
    "from in a sentence": (
        "From: our side nothing is due.\nPlease check.",
        "From: our side nothing is due.\nPlease check.",
    ),
    "nothing but quotes": (QUOTED, ""),
}
"""A reply as it arrives, and what its author wrote."""

AUTOMATIC: dict[str, tuple[bytes, str | None]] = {
    "rfc 3834": (letter("I am away until 16 November.", "Away", Auto_Submitted="auto-replied"), "2026-11-16"),
    "outlook fr": (letter("Je suis absent jusqu'au 15/11/2026 inclus.", "Réponse automatique : Rappel"), "2026-11-15"),
    "outlook fr, back": (letter("De retour le lundi 16 novembre.", "Réponse automatique : Rappel"), "2026-11-16"),
    "outlook de": (letter("Ich bin bis zum 20.11.2026 nicht im Büro.", "Automatische Antwort: Mahnung"), "2026-11-20"),
    "outlook de, next year": (letter("Ich bin bis 4. Januar abwesend.", "Abwesenheitsnotiz"), "2027-01-04"),
    "outlook en, no date": (letter("I am out of the office this week.", "Automatic reply: Reminder"), None),
    "outlook en, worded": (letter("I will be back on Monday, November 16th.", "Out of Office: x"), "2026-11-16"),
    "es": (letter("Estaré fuera hasta el 12 de noviembre.", "Respuesta automática: Aviso"), "2026-11-12"),
    "it": (letter("Sono assente fino al 12 novembre 2026.", "Risposta automatica: Sollecito"), "2026-11-12"),
    "nl": (letter("Ik ben afwezig tot 12 november.", "Automatisch antwoord: Herinnering"), "2026-11-12"),
    "pt": (letter("Estarei ausente até 12 de novembro.", "Resposta automática: Aviso"), "2026-11-12"),
    "vacation program": (letter("I am on vacation.", "Re: x", X_Autoreply="yes"), None),
    "ticket system": (letter("Your request was received.", "[#1234] received", Auto_Submitted="auto-generated"), None),
    "precedence": (letter("Away.", "Re: x", Precedence="auto_reply"), None),
    "notes": (letter("I am out of the office until 2026-12-07.", "AUTO: Anne is out of the office"), "2026-12-07"),
    "notes de": (letter("Ich bin bis zum 07.12.2026 nicht im Büro.", "AUTO: Klein ist außer Haus"), "2026-12-07"),
    "subject in bytes": (
        letter("Regresso a 14 de dezembro de 2026.", "x").replace(
            b"Subject: x", "Subject: Resposta automática".encode()
        ),
        "2026-12-14",
    ),
    "another language": (
        letter(
            "Jestem poza biurem.", "Odpowiedź automatyczna: x", Auto_Submitted="auto-generated", In_Reply_To="<a@b>"
        ),
        None,
    ),
    "ticket system about money": (
        letter(
            "We have received your e-mail about payment and a case has been opened.",
            "Case 00123",
            Auto_Submitted="auto-generated",
        ),
        None,
    ),
    "ticket system de": (
        letter("Ihre Anfrage ist eingegangen.", "[Ticket#1]", Auto_Submitted="auto-generated", In_Reply_To="<a@b>"),
        None,
    ),
    "ticket system it": (
        letter("La sua richiesta è stata ricevuta.", "Ticket 12", Auto_Submitted="auto-generated"),
        None,
    ),
    "absent by subject and text": (letter("Ich bin abwesend.", "Abwesenheit"), None),
    "null path": (
        letter("I am currently out of the office until 2026-11-09.", "Re: x", Return_Path="<>"),
        "2026-11-09",
    ),
}
"""An automatic reply, and the day it names."""

OPT_OUTS = (
    "STOP",
    "Stop.",
    "stop sms",
    "Please unsubscribe me.",
    "unsubscribe",
    "Please stop sending me emails",
    "Remove me from your list, thanks",
    "Désabonnez-moi SVP",
    "désinscription",
    "Bonjour,\nje ne souhaite plus recevoir vos mails.\nMerci",
    "Bitte abmelden",
    "Abbestellen!",
    "Keine E-Mails mehr bitte",
    "Quiero darme de baja",
    "Por favor, no me envíen más correos",
    "Cancellami",
    "Non desidero più ricevere email, grazie",
    "Afmelden aub",
    "Ik wil geen e-mails meer ontvangen",
    "Descadastrar",
    "Não quero mais receber emails",
)

PERSONS: dict[str, bytes] = {
    "says stop and more": letter("Stop, this invoice is wrong: we never ordered it."),
    "away, by hand": letter("I am out of the office until Monday and will pay then."),
    "answers an automatic reply": letter("Bien reçu, merci.", "RE: Réponse automatique : Rappel"),
    "speaks of undelivered mail": letter(
        "Your mail was returned: delivery has failed, user unknown. Our new address is x@y.example.",
        "Undeliverable mail?",
    ),
    "quotes a bounce": letter(
        "This bounced:\n> 550 5.1.1 User unknown\n> Final-Recipient: rfc822; a@b.example\n> Action: "
        "failed\n> Status: 5.1.1"
    ),
    "pastes a bounce": letter("Look:\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"),
    "postmaster writes": letter(
        "Hello, your invoice is paid. Regards, the postmaster", "Re: Reminder", "postmaster@martin.example"
    ),
    "postmaster answers about goods": letter(
        "The goods were returned: they could not be delivered.",
        "Re: Reminder",
        "postmaster@martin.example",
        In_Reply_To="<ours@creancier.example>",
    ),
    "a program's advice of payment": letter(
        "Avis de virement : 1 200,00 EUR le 03/11/2026, facture F-2026-0042.",
        "Avis de virement",
        Auto_Submitted="auto-generated",
    ),
    "postmaster writes about goods": letter(
        "Our delivery has failed, we send the goods again.", "Delivery problem", "postmaster@martin.example"
    ),
    "postmaster signs with an address": letter(
        "Your delivery failed to arrive whole, two boxes were returned to you.\n\nPaul\npaul@martin.example",
        "Delivery of 12 November failed",
        "postmaster@martin.example",
    ),
    "somebody writes by way of a ticket system": letter(
        "Cette facture n'est pas due : la marchandise est arrivée cassée.\n\nPaul",
        "Re: [Martin] Rappel",
        Auto_Submitted="auto-generated",
        X_Auto_Response_Suppress="All",
        In_Reply_To="<ours@creancier.example>",
    ),
    "a ticket system of a firm called so": letter(
        "We never ordered this.", "[Automation Ltd] Re: Reminder", Auto_Submitted="auto-generated", In_Reply_To="<a@b>"
    ),
    "a ticket system's user who received nothing": letter(
        "Nous n'avons pas reçu votre message avec la facture.", "Re: Rappel", Auto_Submitted="auto-generated"
    ),
    "absence told by a colleague": letter(
        "Herr Klein ist krank, die Zahlung erfolgt am 5. Dezember.", "Abwesenheit unserer Buchhaltung - Rechnung 118"
    ),
    "a header that says no": letter("Payé.", X_Autoreply="no"),
    "a name like a mail system's": letter(
        "Payé. Le colis n'a pas pu être livré : échec de livraison.", sender="jean.daemon@martin.example"
    ),
    "may mean the order": letter("Cancel"),
    "does not write automatically": letter("Payé.", Auto_Submitted="no"),
    "no sender, no subject": b"\r\n\r\nPaid",
    "empty": b"",
}
"""Letters of persons that look like something else."""
