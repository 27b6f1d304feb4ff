"""Words a first message may not use, by language: what makes a courtesy look like collection, however it is inflected.

Texts are compared folded: lower case, without accents, invisible letters left out. Each entry is a regular expression of
whole words.
"""

EVERYWHERE = (
    r"unpaid", r"formal notices?", r"debt collect\w*", r"impaye\w*", r"mises? en demeure", r"recouvrement\w*",
    r"contentieux", r"inkasso\w*", r"incasso\w*", r"mahnung\w*", r"ingebrekestelling\w*", r"impagad\w*",
)  # fmt: skip
"""Refused whatever the language of the text."""

HARSH: dict[str, tuple[str, ...]] = {
    "en": (
        r"non.?payment", r"formal demands?", r"final (notice|demand|reminder)s?", r"recover(y|ies|ing)?",
        r"collect(ion|ions|ors?|ing)", r"courts?", r"lawsuits?", r"legal\w*", r"litigation", r"bailiffs?",
        r"solicitors?", r"attorneys?", r"enforce\w*", r"default(s|ed|ing)?", r"debts?", r"debtors?", r"penalt\w+",
        r"interest", r"fixed sums?", r"flat sums?", r"blacklist\w*",
    ),
    "fr": (
        r"(mis|met)\w* (\w+ )?en demeure", r"recouvr\w+", r"contentieu\w+", r"tribuna\w+", r"huissiers?",
        r"commissaires? de justice", r"judiciaire\w*", r"juridi\w+", r"justice", r"avocat\w*", r"injonction\w*",
        r"sommation\w*", r"creanc\w+", r"debit(eur|rice)\w*", r"dettes?", r"penalites?", r"interets?", r"indemnites?",
        r"forfaitaires?", r"poursuites?", r"saisies?", r"derniers? (rappel|avis)s?", r"derniere relance",
    ),
    "de": (
        r"\w*mahn(ung|bescheid|verfahren|geb|kosten|schreiben|stufe)\w*", r"(ge|an)?mahn(t|e|en)", r"unbezahlt\w*",
        r"(amts|land)?gericht(e|es|s|en)?", r"(ausser)?gerichtlich\w*", r"gerichts\w+", r"\w*verzug\w*",
        r"beitreib\w*", r"\w*anwalt\w*", r"\w*anwaelt\w*", r"\w*vollstreck\w*", r"klagen?", r"schuldner\w*",
        r"gl(a|ae)ubiger\w*", r"\w*zinsen?", r"pauschalen?", r"schufa",
    ),
    "nl": (
        r"onbetaald\w*", r"in gebreke\w*", r"aanman\w*", r"sommati\w+", r"sommer\w+", r"invorder\w+", r"rechtbank\w*",
        r"rechters?", r"gerecht\w*", r"deurwaarder\w*", r"advoca\w+", r"dagvaard\w*", r"schuld\w*", r"wanbetal\w*",
        r"\w*interest\w*", r"rente", r"forfaitair\w*",
    ),
    "es": (
        r"impag\w+", r"moros\w+", r"mora", r"requerimientos?", r"cobros? judicial\w*", r"recobros?", r"gestion de cobro",
        r"juzgados?", r"tribunal\w*", r"judicial\w*", r"juridic\w+", r"abogad\w+", r"burofax\w*", r"deud\w+",
        r"acreedor\w*", r"embarg\w+", r"interes(es)?", r"apremios?", r"cantidad(es)? fijas?",
    ),
    "it": (
        r"insolut\w+", r"mora", r"moros\w+", r"diffid\w+", r"recuper\w+", r"riscossion\w+", r"tribunal\w+", r"giudizi\w+",
        r"avvocat\w+", r"legal[ei]", r"ingiun\w+", r"pignorament\w+", r"debit(o|i|ore|ori|rice)", r"creditor\w+",
        r"interessi", r"forfettari\w+",
    ),
    "pt": (
        r"incumpriment\w+", r"inadimpl\w+", r"mora", r"interpela\w+", r"intimac\w+", r"cobranc\w+", r"recuperac\w+",
        r"tribuna\w+", r"judicia\w+", r"juridic\w+", r"advogad\w+", r"injunc\w+", r"penhora\w*", r"dividas?", r"devedor\w*",
        r"credor\w*", r"contencios\w+", r"juros?", r"montantes? fixos?",
    ),
}  # fmt: skip
"""Refused before and at the first reminder."""

LATE: dict[str, tuple[str, ...]] = {
    "en": (r"late", r"lateness", r"overdue", r"past due", r"arrears"),
    "fr": (r"retard\w*", r"en souffrance", r"arrieres?"),
    "de": (r"versp(a|ae)t\w+", r"(u|ue)berf(a|ae)llig\w*", r"s(a|ae)umig\w*", r"r(u|ue)ckst(a|ae)nd\w*", r"zu sp(a|ae)t",
           r"(u|ue)berschritten\w*"),
    "nl": (r"te laat", r"laattijdig\w*", r"achterst\w+", r"vertrag\w+", r"overschreden"),
    "es": (r"retras\w+", r"atras\w+", r"demor\w+", r"tarde"),
    "it": (r"ritard\w+", r"arretrat\w+", r"tardiv\w+"),
    "pt": (r"atras\w+", r"em falta", r"tardi\w+"),
}  # fmt: skip
"""Refused besides before the due date: nothing is late then."""

UNPAID = (
    r"unpaid", r"not (yet )?(been )?paid", r"impaye\w*", r"(non|pas) (encore )?(paye|regle)e?s?", r"unbezahlt\w*",
    r"(noch )?nicht bezahlt\w*", r"onbetaald\w*", r"(nog )?niet betaald\w*", r"impag\w+", r"no (ha sido )?pagad\w+",
    r"insolut\w+", r"non (ancora )?pagat\w+", r"(ainda )?nao (foi )?pag[oa]s?",
)  # fmt: skip
"""Refused in every short message, in whatever language: a telephone is read over shoulders."""
