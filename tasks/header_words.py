"""How programs name their columns, in French, English, German, Dutch, Spanish and Italian: words for each of our fields.

Words are folded (`tasks.header_names`): no case, accents or punctuation. Earlier words fit better than later ones.
"""

from tasks.header_names import name_key
from tasks.invoice_mapping import RecordKind

_CUSTOMER = """
customer number|numero client|n client|no client|num client|code client|client code|code tiers|n tiers|compte tiers|tiers
compte client|compte auxiliaire|compaux num|customer no|customer id|customerid|customer code|account number|account code
customer|cust number|client id|id client|debitor|debitorennummer|debitornr|kundennummer|kundennr|kunden nr|kunde|konto
klantnummer|klantnr|klantcode|debiteurnummer|debiteur|codigo cliente|n cliente|numero cliente|num cliente|cod cliente
codice cliente|numero di cliente|cliente codice|external customer id|identifiant client
"""
_CUSTOMER_NAME = """
customer name|contact name|nom client|nom du client|raison sociale|intitule client|intitule du tiers|intitule tiers|intitule|nom tiers
libelle tiers|libelle client|nom du tiers|name customer|client name|account name|company name|company|societe|client|nom
kundenname|name des kunden|firma|firmenname|name|klantnaam|bedrijfsnaam|naam|nombre cliente|nombre del cliente
razon social|cliente|nombre|nome cliente|ragione sociale|denominazione|nome|compaux lib
"""
_EMAIL = """
email|e mail|mail|courriel|adresse e mail|adresse email|adresse mail|email client|customer email|e mail adresse
e mailadres|correo|correo electronico|posta elettronica|email facturation|contact email
"""
_PHONE = "phone|telephone|tel|n telephone|telefon|telefonnummer|telefoon|telefoonnummer|telefono|mobile|portable|phone number"
_COUNTRY = "country|country code|code pays|pays|land|landcode|laendercode|landercode|pais|codigo pais|paese|nazione"
_LANGUAGE = "language|langue|sprache|taal|idioma|lingua|code langue"
_CURRENCY = "currency|currency code|devise|code devise|monnaie|wahrung|waehrung|valuta|munt|moneda|divisa|invoice currency|idevise"
_OWNER = "owner|responsable|gestionnaire|charge de recouvrement|credit controller|sachbearbeiter"
_SALES = "salesperson|commercial|vendeur|representant|sales rep|vertreter|verkaufer|vertegenwoordiger|comercial|agente"
_IBAN = (
    "iban|account iban|compte iban|iban client|counterparty iban|iban tegenrekening|iban kontrahent|kontonummer iban"
)
_DEBIT = "debit|montant debit|soll|betrag soll|dare|debe|debet|money out|paid out|withdrawals|depense|debit amount|debits|sortie"
_CREDIT = "credit|montant credit|haben|betrag haben|avere|haber|money in|paid in|deposits|recette|credit amount|credits|entree"
_SIDE = """sens|d c|debit credit|s h|soll haben|af bij|dc|debit ou credit|cr dr|dr cr|sens ecriture|soll haben kennzeichen
s h kennzeichen|credit debit|debit credit indicator|credit debit indicator|creditdebet"""

_INVOICES = {
    "number": """invoice number|n facture|numero facture|numero de facture|no facture|num facture|n de facture|n piece
        numero de piece|numero piece|no piece|num piece|ref piece|reference piece|piece|pieceref|document number|document no
        invoice no|invoice id|invoice num|invoicenumber|invoice|facture|reference facture|doc id|doc no|voucher number|belegnummer
        beleg nr|belegnr|rechnungsnummer|rechnungs nr|rechnungsnr|rechnung|re nr|factuurnummer|factuurnr|factuur nr|factuur
        numero factura|n factura|num factura|numero de factura|factura|numero fattura|n fattura|num fattura|fattura
        numero documento|n documento|number|numero|nummer|numero d ecriture|reference""",
    "due": """due date|date echeance|date d echeance|date de l echeance|echeance|date limite de paiement|date limite|due on
        due|duedate|due in date|net due date|payment due date|deadline|falligkeit|falligkeitsdatum|faellig|faellig am|faelligkeit
        faelligkeitsdatum|fallig|fallig am|zahlbar bis|vervaldatum|vervaldag|fecha vencimiento|fecha de vencimiento
        vencimiento|data scadenza|data di scadenza|scadenza""",
    "issued": """invoice date|date facture|date de facture|date de la facture|date piece|date de piece|piecedate
        date d emission|date emission|issue date|issued|issued on|document date|document create date|invoicedate|date
        rechnungsdatum|belegdatum|datum|factuurdatum|fecha factura|fecha de factura|fecha emision|fecha de emision|fecha
        data fattura|data documento|data emissione|data""",
    "amount": """amount|montant ttc|total ttc|ttc|montant facture|montant total|montant|total amount|invoice amount|gross amount|gross|gross total
        amount incl vat|total incl vat|total gross|invoiceamount|total open amount|original amount|total|bruttobetrag|brutto
        rechnungsbetrag|gesamtbetrag|betrag|bedrag incl btw|totaal incl btw|factuurbedrag|bedrag|totaal|importe total
        total factura|importe|importo totale|totale documento|totale fattura|importo|totale""",
    "balance": """balance|solde|solde du|reste du|reste a payer|restant du|montant restant|montant du|reste a regler
        montant restant du|solde restant|solde facture|open amount|amount due|outstanding|outstanding amount|balance due
        amount outstanding|remaining amount|remaining|open balance|invoice amount due|open|offener betrag|offen|restbetrag|saldo|offener saldo|openstaand
        openstaand bedrag|openstaand saldo|saldo pendiente|importe pendiente|pendiente|saldo aperto|importo residuo|residuo""",
    "prepaid": """prepaid|acompte|acomptes|deja regle|deja paye|montant regle|montant paye|regle|paid|amount paid|paid amount
        invoice amount paid|payments|bezahlt|anzahlung|bereits gezahlt|betaald|aanbetaling|pagado|anticipo|cobrado|pagato|acconto|incassato""",
    "kind": """document type|type document|type de document|type de piece|type piece|type facture|belegart|documenttype
        soort|tipo documento|tipo|tipo de documento|kind|type|transaction type""",
    "customer_number": _CUSTOMER,
    "customer_name": _CUSTOMER_NAME,
    "currency": _CURRENCY, "email": _EMAIL, "phone": _PHONE, "country": _COUNTRY, "language": _LANGUAGE,
    "salesperson": _SALES, "owner": _OWNER, "debit": _DEBIT, "credit": _CREDIT, "side": _SIDE,
    "reference": """purchase order|po number|your reference|votre reference|reference client|bon de commande|n commande
        numero commande|bestellnummer|ihre referenz|uw referentie|bestelnummer|pedido|su referencia|ordine|vostro riferimento""",
}  # fmt: skip
_PAYMENTS = {
    "booked": """booking date|date comptable|date de comptabilisation|date operation|date d operation|date de l operation|booked
        date|transaction date|posting date|posted date|completed date|buchungstag|buchungsdatum|buchung|boekdatum|boekingsdatum
        datum|transactiedatum|uitvoeringsdatum|date d execution|date de l operation locale|date op|fecha operacion|fecha contable
        fecha de operacion|fecha|data operazione|data contabile|data""",
    "value_date": """value date|date de valeur|date valeur|date de la valeur locale|date val|valeur|wertstellung|valuta|valutadatum
        wertstellungsdatum|wertstellungstag|wertstellung valuta|wert|rentedatum|fecha valor|data valuta""",
    "amount": """amount|montant|montant operation|montant de l operation|montant total ttc|betrag|umsatz|bedrag|transactiebedrag
        importe|importo""",
    "debit": _DEBIT + "|lastschrift|belastung|uscite|addebiti|cargo|uitgaven",
    "credit": _CREDIT + "|gutschrift|entrate|accrediti|inkomsten",
    "side": _SIDE,
    "currency": _CURRENCY + "|valuta rekening",
    "text": """verwendungszweck|vorgang verwendungszweck|remittance information|detail de l ecriture|informations complementaires
        motif|communication|communications|communication libre|mededelingen|mededeling|vrije mededeling|omschrijving 1|label
        libelle|libelle operation|libelle de l operation|description|details|narrative|memo|detail|avisierungstext|buchungstext
        omschrijving|concepto|descripcion|descrizione|causale|transaction description|payment reference|beschreibung
        beschreibung1|text""",
    "counterparty": """counterparty|counterparty name|partner name|contrepartie|nom contrepartie|nom de la contrepartie
        nom contrepartie contient|donneur d ordre|nom|emetteur|payer|payee|name|auftraggeber|beguenstigter zahlungspflichtiger
        begunstigter zahlungspflichtiger|empfanger zahlungspflichtiger|auftraggeber begunstigter|begunstigter auftraggeber
        name zahlungsbeteiligter|zahlungspflichtiger|auftraggeber empfanger|tegenpartij|naam tegenpartij|naam van de tegenpartij
        naam tegenrekening|naam omschrijving|naam|ordenante|contraparte|ordinante|controparte""",
    "iban": """counterparty iban|iban contrepartie|iban de la contrepartie|iban tegenrekening|tegenrekening iban bban|tegenrekening
        kontonummer iban|iban zahlungsbeteiligter|compte contrepartie|rekening tegenpartij|rekeningnummer tegenpartij
        counterparty account|iban ordenante|iban|bank account|kontonummer""",
    "account": """account|account number|compte|n compte|numero de compte|iban du compte|konto|auftragskonto|iban auftragskonto
        iban kontoinhaber|iban bban|rekening|rekeningnummer|cuenta|conto|account num""",
    "reference": "reference|ref|reference operation|transaction reference|referenz|kundenreferenz|referentie|referencia|riferimento",
    "end_to_end_id": """end to end id|end to end reference|kundenreferenz end to end|reference de bout en bout|transactiereferentie
        mandatsreferenz end to end""",
    "bank_reference": """transaction id|identifiant de transaction|numero de transaction|transaktions nr|transactie id
        numero d operation|bank reference|reference bancaire""",
    "mandate": "mandatsreferenz|machtigingskenmerk|mandate reference|mandate|reference du mandat|reference mandat|rum",
    "return_reason": "reden retour|return reason|ruckgabegrund|motif de rejet|motif du rejet",
}  # fmt: skip
_CUSTOMERS = {
    "number": _CUSTOMER + "\nnumber|code|compte|numero|nummer|id",
    "name": _CUSTOMER_NAME,
    "email": _EMAIL, "phone": _PHONE, "country": _COUNTRY, "language": _LANGUAGE, "owner": _OWNER, "salesperson": _SALES,
    "backup": "backup|suppleant|remplacant|vertretung|stellvertreter|sostituto|suplente|vervanger",
    "iban": _IBAN,
    "company_number": """company number|siret|siren|n siret|n siren|numero siret|numero siren|registration number|kvk|kvk nummer
        handelsregisternummer|numero d entreprise|ondernemingsnummer|company registration number""",
    "vat_number": """vat number|vat|vat id|numero tva|n tva|tva intracommunautaire|n tva intracommunautaire|ust id|ust idnr|uid
        btw nummer|btw|nif|cif|partita iva|p iva|numero de tva|tva intra|numero tva intracommunautaire""",
    "payment_terms": """payment terms|terms|conditions de paiement|condition de paiement|conditions de reglement|delai de paiement
        mode et delai|zahlungsbedingungen|zahlungsziel|betalingstermijn|betalingsvoorwaarden|condiciones de pago
        forma de pago|condizioni di pagamento|modalites de paiement""",
    "payment_method": """payment method|mode de paiement|mode de reglement|moyen de paiement|zahlungsart|zahlungsweise
        betaalwijze|metodo de pago|modo di pagamento|metodo di pagamento""",
    "credit_limit": """credit limit|encours autorise|plafond d encours|plafond|limite de credit|encours maximum|kreditlimit
        kredietlimiet|limite credito|limite de credito|fido""",
    "credit_currency": "credit currency|devise encours",
    "orders_given": """orders given|open orders|commandes en cours|encours commandes|portefeuille de commandes|offene auftrage
        auftragsbestand|openstaande orders|pedidos pendientes|ordini aperti|encomendas em aberto""",
    "orders_on": "orders on|date des commandes|commandes au",
    "contact": "contact|contact name|nom du contact|interlocuteur|ansprechpartner|contactpersoon|contacto|referente",
    "postal": "address|adresse|postal address|adresse postale|anschrift|adres|direccion|indirizzo|adresse de facturation",
    "mandate": "mandate|mandat|mandate reference|rum|mandatsreferenz|machtigingskenmerk|mandato",
    "payer": "payer|payeur|tiers payeur|compte payeur|regulierer|zahler|betaler|pagador|pagatore",
    "time_zone": "time zone|timezone|fuseau horaire|zeitzone|tijdzone|zona horaria|fuso orario",
}  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for line in text.splitlines() for word in line.split("|") if word.strip())


WORDS: dict[RecordKind, dict[str, tuple[str, ...]]] = {
    kind: {field: _words(text) for field, text in table.items()}
    for kind, table in (
        (RecordKind.INVOICES, _INVOICES), (RecordKind.PAYMENTS, _PAYMENTS), (RecordKind.CUSTOMERS, _CUSTOMERS),
    )
}  # fmt: skip
"""Kind of record -> our field -> its words, best first."""
KEYS = {kind: {field: tuple(map(name_key, words)) for field, words in table.items()} for kind, table in WORDS.items()}
"""The same as the names of columns compare."""
ALL_KEYS = frozenset(key for table in KEYS.values() for keys in table.values() for key in keys)
ALL_WORDS = frozenset(word for table in WORDS.values() for words in table.values() for word in words)
TOTALS = (
    "Total", "Sous-total", "Total général", "Subtotal", "Grand total", "Summe", "Zwischensumme", "Gesamt", "Totaal",
    "Subtotaal", "Totale", "Totali",
)  # fmt: skip
"""Words that rows of totals begin with."""
BALANCES = frozenset(
    _words("""anfangssaldo|endsaldo|startsaldo|alter saldo|neuer saldo|kontostand|opening balance|closing balance
    beginning balance|ending balance|balance brought forward|balance carried forward|solde initial|solde final|solde precedent
    ancien solde|nouveau solde|solde anterieur|solde d ouverture|solde de cloture|beginsaldo|eindsaldo|saldo inicial|saldo final
    saldo anterior|saldo iniziale|saldo finale""")
)
"""What a row of a bank's table says whose amount is a balance, and no movement."""
SIDES = {
    "d": "debit", "c": "credit", "debit": "debit", "credit": "credit", "s": "debit", "h": "credit", "soll": "debit",
    "haben": "credit", "af": "debit", "bij": "credit", "dr": "debit", "cr": "credit", "db": "debit", "dare": "debit",
    "avere": "credit", "debe": "debit", "haber": "credit",
}  # fmt: skip
"""Folded words for the two sides of an account."""
BUCKETS = (
    "non echu", "a echoir", "not due", "current", "nicht fallig", "niet vervallen", "no vencido", "a scadere", "echu",
)  # fmt: skip
"""Folded words of the first columns of an aged balance, beside spans of days such as `0-30` or `31 à 60 jours`."""
