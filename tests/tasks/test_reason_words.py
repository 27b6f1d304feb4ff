"""The words of a reply suggest one reason to who reads it, in six languages."""

import pytest

from policies.answer_reasons import AnswerReason
from tasks.reason_words import Suggestion, suggest

R = AnswerReason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bonjour, nous n'avons jamais reçu cette facture.", R.NOT_RECEIVED),
        ("Pouvez-vous nous renvoyer la facture svp ?", R.NOT_RECEIVED),
        ("We have not received this invoice.", R.NOT_RECEIVED),
        ("Please send a copy of the invoice", R.NOT_RECEIVED),
        ("Wir haben die Rechnung nicht erhalten.", R.NOT_RECEIVED),
        ("Il manque le bon de commande.", R.PAPERS_MISSING),
        ("We need a purchase order number first.", R.PAPERS_MISSING),
        ("Es fehlt der Lieferschein.", R.PAPERS_MISSING),
        ("La facture est en attente de validation par M. Petit.", R.WAITING_FOR_APPROVAL),
        ("It is awaiting approval.", R.WAITING_FOR_APPROVAL),
        ("Wir warten auf die Freigabe.", R.WAITING_FOR_APPROVAL),
        ("Le paiement est prévu le 20.", R.SCHEDULED),
        ("Payment is scheduled for Friday.", R.SCHEDULED),
        ("Die Zahlung ist für den 20. geplant.", R.SCHEDULED),
        ("Le chèque est parti hier.", R.SENT),
        ("The transfer was sent yesterday.", R.SENT),
        ("Wir haben den Betrag gestern überwiesen.", R.SENT),
        ("Cette facture est déjà payée.", R.PAID),
        ("This was paid on 3 October.", R.PAID),
        ("Ist bereits bezahlt.", R.PAID),
        ("Nous réglerons vendredi.", R.PROMISE),
        ("We will pay on Friday.", R.PROMISE),
        ("Wir werden am Freitag zahlen.", R.PROMISE),
        ("Nous avons des difficultés de trésorerie.", R.CANNOT_PAY_NOW),
        ("We cannot pay right now, can we have a payment plan?", R.CANNOT_PAY_NOW),
        ("Wir können derzeit nicht zahlen.", R.CANNOT_PAY_NOW),
        ("Nous contestons cette facture.", R.DISAGREES),
        ("Stop, this invoice is wrong: we never ordered it.", R.DISAGREES),
        ("Die Ware war mangelhaft, wir warten auf die Gutschrift.", R.DISAGREES),
        ("Je ne suis pas la bonne personne.", R.WRONG_CONTACT),
        ("You have the wrong department.", R.WRONG_CONTACT),
        ("Ich bin nicht mehr zuständig.", R.WRONG_CONTACT),
        ("La société est en redressement judiciaire.", R.INSOLVENCY),
        ("The company is in administration.", R.INSOLVENCY),
        ("Bitte wenden Sie sich an den Insolvenzverwalter.", R.INSOLVENCY),
        ("Nous refusons de payer.", R.REFUSES),
        ("We will not pay.", R.REFUSES),
        ("Wir werden nicht zahlen.", R.REFUSES),
        ("Merci de ne plus nous contacter.", R.STOP),
        ("Please stop emailing us about anything.", R.STOP),
        ("No hemos recibido la factura.", R.NOT_RECEIVED),
        ("¿Pueden enviarnos una copia?", R.NOT_RECEIVED),
        ("Non abbiamo mai ricevuto la fattura.", R.NOT_RECEIVED),
        ("Wij hebben de factuur niet ontvangen.", R.NOT_RECEIVED),
        ("Falta el número de pedido.", R.PAPERS_MISSING),
        ("Manca il numero d'ordine.", R.PAPERS_MISSING),
        ("Het bestelnummer ontbreekt: zonder inkooporder geen betaling.", R.PAPERS_MISSING),
        ("Está pendiente de aprobación.", R.WAITING_FOR_APPROVAL),
        ("Siamo in attesa dell'approvazione.", R.WAITING_FOR_APPROVAL),
        ("Wij wachten op goedkeuring van de directie.", R.WAITING_FOR_APPROVAL),
        ("El pago está programado para el viernes.", R.SCHEDULED),
        ("Il pagamento è previsto per il 20.", R.SCHEDULED),
        ("De betaling is ingepland voor vrijdag.", R.SCHEDULED),
        ("La transferencia fue enviada; transferencia hecha ayer.", R.SENT),
        ("Bonifico effettuato ieri.", R.SENT),
        ("We hebben het bedrag gisteren overgemaakt.", R.SENT),
        ("Ya está pagada.", R.PAID),
        ("La fattura è già pagata.", R.PAID),
        ("Dit is al betaald.", R.PAID),
        ("Pagaremos el viernes.", R.PROMISE),
        ("Pagheremo venerdì.", R.PROMISE),
        ("We zullen vrijdag betalen.", R.PROMISE),
        ("No podemos pagar ahora.", R.CANNOT_PAY_NOW),
        ("Abbiamo difficoltà di liquidità.", R.CANNOT_PAY_NOW),
        ("Kunnen we een betalingsregeling treffen?", R.CANNOT_PAY_NOW),
        ("No estamos de acuerdo con el importe.", R.DISAGREES),
        ("Contestiamo la fattura.", R.DISAGREES),
        ("Wij betwisten deze factuur.", R.DISAGREES),
        ("No soy la persona adecuada.", R.WRONG_CONTACT),
        ("Avete la persona sbagliata.", R.WRONG_CONTACT),
        ("U heeft de verkeerde afdeling.", R.WRONG_CONTACT),
        ("Estamos en concurso de acreedores.", R.INSOLVENCY),
        ("La società è in concordato preventivo.", R.INSOLVENCY),
        ("Het bedrijf is failliet.", R.INSOLVENCY),
        ("No vamos a pagar.", R.REFUSES),
        ("Non pagheremo.", R.REFUSES),
        ("Wij gaan niet betalen.", R.REFUSES),
        ("No nos escriban más.", R.STOP),
        ("Non scrivetemi più.", R.STOP),
        ("Gelieve ons niet meer mailen.", R.STOP),
    ],
)
def test_words_suggest_the_reason(text: str, reason: AnswerReason) -> None:
    found = suggest(text)
    assert found is not None
    assert found.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, bien reçu, merci.",
        "Pas encore payé.",
        "It has not been paid.",
        "Noch nicht bezahlt.",
        "No está pagada.",
        "Non è stata pagata.",
        "Nog niet betaald.",
        "Gracias, lo miro.",
        "Grazie mille, buona giornata.",
        "Dank u wel, met vriendelijke groet",
        "",
        "Qui êtes-vous ?",
    ],
)
def test_words_that_say_none_suggest_none(text: str) -> None:
    assert suggest(text) is None


def test_of_several_reasons_the_one_that_would_do_most_harm_unread_is_suggested() -> None:
    text = "Nous avons payé la première ; la seconde est en litige."
    assert suggest(text) == Suggestion(AnswerReason.DISAGREES, "litige")
