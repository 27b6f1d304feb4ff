"""Words of a reply that suggest a reason, in Spanish, Italian and Dutch; lower case, without accents."""

from collections.abc import Mapping

from policies.answer_reasons import AnswerReason

MORE_WORDS: Mapping[AnswerReason, str] = {
    AnswerReason.INSOLVENCY: (
        r"concurso de acreedores|preconcurso|administrador concursal"
        r"|fallimento|concordato preventivo|liquidazione giudiziale|curatore fallimentare"
        r"|faillissement|failliet|surseance|curator\b"
    ),
    AnswerReason.DISAGREES: (
        r"no estamos de acuerdo|disconform\w+|reclamacion|impugna\w+|(no|nunca) (hemos )?(pedido|recibido la mercancia)"
        r"|(factura|importe) (es |esta )?(incorrect\w+|erroneo?a?)"
        r"|contestiamo|contestazione|non siamo d.accordo|(mai|non) (ordinat\w+|consegnat\w+)|fattura errata|nota di credito"
        r"|betwist\w*|niet akkoord|(nooit|niet) (besteld|geleverd)|factuur klopt niet|creditnota|klacht"
    ),
    AnswerReason.REFUSES: (
        r"(no vamos a|no pensamos|nos negamos a) pagar|non pagheremo|rifiutiamo di pagare|non intendiamo pagare"
        r"|(gaan|zullen|ga|zal) (dit |deze factuur )?niet betalen|weigeren te betalen"
    ),
    AnswerReason.STOP: (
        r"no (nos |me )?(escriban|contacten|envien) mas|darme de baja|non (ci |mi )?(scrivete|contattate)(mi|ci)? piu"
        r"|cancellatemi|disiscri\w+|stop met (mailen|sturen)|(niet|geen) meer (mailen|contacteren|berichten)|uitschrijven"
    ),
    AnswerReason.WRONG_CONTACT: (
        r"no soy la persona|(persona|direccion|departamento) equivocad\w+|ya no trabaj\w+"
        r"|non sono la persona|persona sbagliata|ufficio sbagliato|non lavor\w+ piu"
        r"|(verkeerde|niet de juiste) (persoon|afdeling|adres|contactpersoon)|werkt hier niet meer"
    ),
    AnswerReason.NOT_RECEIVED: (
        r"no (hemos|he|tenemos) (recibido )?(la|esta|su) factura|(envien|enviar|reenviar|manden|mandar)\w*.{0,25}factura|pueden.{0,20}copia"
        r"|non (abbiamo|ho) (mai )?ricevuto.{0,15}fattura|(inviar|inviate|mandar|mandate|rimandar)\w*.{0,25}fattura|copia della fattura"
        r"|factuur.{0,20}(niet|nooit) (ontvangen|gekregen)|(niet|nooit|geen) factuur ontvangen"
        r"|(kopie|opnieuw).{0,20}factuur|factuur (nogmaals|opnieuw)"
    ),
    AnswerReason.PAPERS_MISSING: (
        r"falta.{0,20}(pedido|albaran|orden de compra)|(necesit\w+|sin).{0,20}(numero de pedido|orden de compra|albaran)"
        r"|manca.{0,20}(ordine|bolla|ddt)|(serve|senza).{0,20}(numero d.ordine|ordine d.acquisto|ddt)"
        r"|(ontbreekt|zonder|missen).{0,20}(bestelnummer|inkooporder|pakbon|ponummer)"
    ),
    AnswerReason.WAITING_FOR_APPROVAL: (
        r"(pendiente|espera|esperando) (de )?(la )?(aprobacion|validacion|autorizacion|firma)"
        r"|(in attesa|attendiamo).{0,12}(approvazione|autorizzazione|benestare|firma)"
        r"|(wacht\w*|in afwachting) (op|van) (de )?(goedkeuring|akkoord|handtekening)|ter goedkeuring"
    ),
    AnswerReason.CANNOT_PAY_NOW: (
        r"no podemos pagar|dificultad\w* (de )?(tesoreria|liquidez|financier\w+)|plazos|aplaza\w+|fraccion\w+"
        r"|non (possiamo|riusciamo a) pagare|difficolta (di liquidita|finanziari\w+)|rateizza\w+|dilazion\w+"
        r"|kunnen (nu |momenteel )?niet betalen|betalingsregeling|in termijnen|uitstel|liquiditeit\w*"
    ),
    AnswerReason.SCHEDULED: (
        r"(pago|transferencia).{0,20}(programad\w+|previst\w+)|(pagamento|bonifico).{0,20}(programmat\w+|previst\w+)"
        r"|(betaling|overboeking).{0,20}(gepland|ingepland|klaargezet)|betaalrun"
    ),
    AnswerReason.SENT: (
        r"(hemos|he) (hecho|enviado|realizado|emitido).{0,15}(transferencia|cheque)|transferencia (hecha|enviada|realizada|emitida)"
        r"|bonifico (fatto|inviato|eseguito|effettuato|disposto|partito)|abbiamo (fatto|disposto|inviato).{0,12}(bonifico|assegno)"
        r"|(hebben|heb).{0,35}overgemaakt|overboeking.{0,15}(verstuurd|gedaan|onderweg)"
    ),
    AnswerReason.PAID: (
        r"(?<!no esta )(?<!no )\b(ya )?(esta )?(pagad[ao]|abonad[ao])s?\b"
        r"|(?<!non )(?<!non ancora )(?<!non e stata )\b(gia )?(pagat[ao]|saldat[ao])\b"
        r"|(?<!niet )(?<!nog niet )(?<!wordt )\b(reeds |al )(betaald|voldaan)\b"
    ),
    AnswerReason.PROMISE: (
        r"\b(pagaremos|abonaremos|vamos a pagar)|\b(pagheremo|salderemo|provvederemo al pagamento)"
        r"|(zullen|gaan|zal|ga).{0,30}(betalen|overmaken|voldoen)|wordt.{0,25}(betaald|overgemaakt)"
    ),
}
