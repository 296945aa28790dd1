"""Sentences in which a paper speaks of itself and to its reader: appeals, offers, notices, in whatever words.

No list of phrases is ever whole, so these are judged by evidence: each cue has a weight, the weights are added up, and
at least one cue must name what only a publisher has to offer. Quotations count for nothing: a person may say anything.
"""

from __future__ import annotations

import re

# An appeal is a sentence or three; what is longer has something to tell.
_LONGEST = 420
# Two strong cues, or one and two weak ones.
_ENOUGH, _STRONG = 4, 2
_SENTENCE_END = re.compile(r"[.!?»”]\s+(?=[A-ZÀ-Þ👉📲])")
# What stands before an appeal in one paragraph is story if it is a whole sentence and holds no cue.
_TOLD = 50
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
# A reporter names the paper as the one who was told, and asks nobody for anything.
_REPORTED = re.compile(
    r"\bquanto (?:ci )?\w+ (?:al|dal|il|alla|dalla|la) nostr[oa] \w+"
    r"|\b(?:dett|dichiarat|raccontat|spiegat|confermat|rivelat|anticipat|riferit|contattat|interpellat|intervistat|raggiunt"
    r"|rilasciat|consegnat|mostrat|vist|consultat|ottenut|visionat|inviat|spedit|arrivat|giunt|pervenut|recapitat"
    r"|indirizzat|scritt|segnalat)[oaie] (?:ieri |oggi )?(?:al|dal|alla|dalla|a|da) "
    r"(?:nostr[oa]|quest[oa]) (?:giornale|testata|redazione|sito|cronista|inviat[oa])"
    r"|\bcome (?:il nostro giornale|la nostra testata) (?:ha|aveva) \w+",
    re.IGNORECASE,
)
_VERBS = (
    "iscriviti|iscrivetevi|abbonati|abbonatevi|registrati|clicca|cliccate|segui(?:ci|mi|te(?:ci)?)?|unisciti|unitevi"
    "|entra|attiva|scarica|scaricate|condividi|scopri|leggi|guarda|ascolta|resta|rimani|restate|sostieni(?:ci)?"
    "|sostenete(?:ci)?|dona|aiutaci|commenta|scrivici|scrivi|scriveteci|contattaci|inviaci|invia|mandaci|segnala(?:ci)?"
    "|ricevi|prova|acquista|prenota|accedi|aggiungi|aggiungici|apri|consulta|visita|visitate|vai|torna|inoltra"
    "|partecipa|vota|facci|lasciaci|inserisci|seleziona|accetta|gestisci|disattiva|abilita|aggiorna|diventa|regala|invita|invitate"
    "|non perder(?:e|ti|vi)|non dimenticar(?:e|ti)|cancellati|disiscriviti"
)
# In the middle of a sentence, only those that are no other form of a verb.
_PLAIN_REQUESTS = "iscriviti|abbonati|registrati|clicca|cliccate|scaricate|seguici|disiscriviti|cancellati"
# With "us" at its end, a request can only come from who speaks.
_OURS = (
    "seguici|seguiteci|(?:continua a |puoi )?seguirci|(?:invia|segnala|manda)cel[oaie]|sostienici|sosteneteci|aiutaci|aiutateci|scrivici|scriveteci|contattaci|contattateci|inviaci"
    "|inviateci|segnalaci|segnalateci|mandaci|mandateci|facci sapere|fateci sapere|dicci|condividil[oae]|inoltral[oae]|giral[oae] a|raccontaci|raccontateci"
    "|dacci (?:una mano|il tuo)|scrivermi|rispondermi|scrivimi|scrivetemi|aggiungici|lasciaci|venite a trovarci|(?:da|per) (?:segnalarci|raccontarci|inviarci|proporci|sostenerci|aiutarci|tenerci|mantenerci)"
)
# (weight, whether only a publisher says it, form)
_CUES = tuple(
    (weight, own, re.compile(form, re.IGNORECASE))
    for weight, own, form in (
        (2, False, rf"(?:^|[.!?:…]\s+|[–—-]\s+)(?:e |per (?!(?:gl)?i\b)\w+ |inoltre )?(?:{_VERBS})\b|,\s+(?:e )?(?:{_PLAIN_REQUESTS})\b"),
        (3, True, rf"\b(?:{_OURS})\b"),
        (3, True, r"^per (?:poter )?commentare\b|\b(?:redazione|testata) non (?:è|si ritiene|si assume) (?:\w+ )?responsabil\w+"),
        (2, True, r"\b(?:ti|vi) (?:è|sono) piaciut\w+\b|\bti piace (?:quello|ciò|come|il nostro)\b|\b(?:offr(?:ici|iteci|imi|itemi|irci|irmi)) un (?:caffè|biglietto|cappuccino|gelato|pranzo|pacchetto)"),
        (2, True, r"\b(?:numero|giornale|settimanale|mensile) (?:in edicola|di (?:oggi|domani))|\binvita (?:\d+|un) (?:amic|person)\w+ e (?:ricevi|ottieni|vinci)\b|\bhai invitato \d+|\biscri\w+ al(?:la)? (?:nostr\w+ )?canale|\bin edicola (?:da (?!\w+ ann)|con|oggi|domani)\b|\b(?:servizio|articolo|intervista|versione) (?:complet|integral)\w+ (?:sul|nel|in|su)"),
        (2, False, r"\b(?:basta |puoi |si può )?(?:clicc(?:are|a|ando)|fa(?:i|ndo|re) clic|premi|tocca) (?:qui|sul|sulla|su|il)\b"),
        (2, False, r"\b(?:se )?vuoi (?:più )?(?:ricevere|restare|rimanere|essere|leggere|sapere|saperne|sostener\w+|segnalar\w*|commentare|scoprire)\b"),
        (2, True, r"\bricever(?:e|ai) (?:l[ae] |i |gli )?(?:prossim\w+|nuov[aei]|ultim\w+|nostr\w+)\b"),
        (1, False, r"\b(?:tu|tuo|tua|tuoi|tue|ti|te|vuoi|hai|sai|sei (?:già |un[oa]? )?(?:abbonat|registrat|iscritt|interessat|lettor|lettric|fan)\w*|puoi|potrai|riceverai|troverai|vostr[aoei])\b"),
        (1, False, r"\b(?:nostr[aoei]|noi|abbiamo|siamo|facciamo|possiamo|vogliamo|raccontiamo)\b"),
        (1, False, r"\b(?:gratis|gratuit\w+|in offerta|sconto|senza limiti|illimitat\w+|al mese|all['’]anno|ogni (?:giorno|mattina|settimana))\b"),
        (1, False, r"\b(?:whatsapp|telegram|facebook|instagram|youtube|tiktok|linkedin|e-?mail|mail|app|link|sito|post[ao])\b"),
        (2, True, r"\blasci\w* (?:una|la tua) recensione\b|\bil prossimo numero (?:esce|uscirà|arriva)\b|\balla redazione\b|\b(?:inoltrat|girat)\w+ quest[ao] (?:e-?)?mail\b"),
        (2, True, r"\bhai trovato un errore\b|\blascia un (?:applauso|commento|like)\b"),
        (2, True, r"\bte l['’](?:ha|hanno) (?:inoltrat|girat|mandat)\w+|\bacquist\w+ tramite\b|\b(?:riceviamo|potremmo (?:ricevere|guadagnare)) una\b|\bin qualità di affiliati\b"),
        (2, True, r"^questa è [«“\"]|\bscelt\w+ dal(?:la)? (?:direttor\w+|redazione)\b|\bdalla redazione; se\b"),
        (2, True, r"\b(?:vanno|(?:devono|possono) essere) (?:inviat|spedit|indirizzat|mandat|firmat)\w+ (?:a|al|alla|all['’]|con nome)\b|\S+@\S+\.\w{2,}"),
        (2, True, r"\bnon saranno (?:pubblicat|pres[ei]|accettat)\w*|\bnostr\w+ (?:calcolator|simulator|comparator|quiz|mapp|shop|negozi|agend|calendari)\w*"),
        (2, True, r"\bsegnala(?:lo|celo|temelo)\b|\bleggo tutto\b|\brispond(?:i|ete) a questa\b"),
        (2, True, r"\bsempre aggiornat\w+|\b(?:rest|riman)\w+ (?:sempre )?(?:aggiornat\w+|in contatto|connessi)"),
        (2, True, r"\bnewsletter\b|\bcanal[ei] (?:whatsapp|telegram|youtube|social)|\bgoogle (?:news|discover)|\bfonti preferite|\bnotifiche\b|\bcasella (?:di posta|e-?mail|mail)"),
        (2, True, r"\b(?:abbona(?:mento|menti|ndoti|rti|rsi)|si abbona|per gli abbonati|pay ?wall|edizione digitale|copia digitale|edicola)\b"),
        (2, True, r"\b(?:(?:tuo|vostro) browser|browser (?:non|web|recente|aggiornat)|cookie|javascript|ad ?block\w*|nuova finestra|carrello|account|password dimenticata|recupera la password)\b"),
        (2, True, r"\b(?:nostr[aoei]|di questo|di questa) (?:\w+ )?(?:giornale|testata|sito|redazione|lettor[ei]|lettrici|canal[ei]|social|pagin[ae]|profil[oi]|app|giornalismo|community|podcast|abbonat[ie]|partner|sostenitor[ei])\b"),
        (2, True, r"\bquest[oaei] (?:articol[oi](?! (?:del|\d))|reportage|sito|testata|giornale|blog|contenuto|newsletter|pagina|post|episodio|rubrica|edizione|puntata|servizio|numero|speciale|comunicato|e-?mail)\b|^(?:l['’]articolo|il (?:post|contenuto|testo))\b"),
        (3, True, r"\b(?:sost(?:en|ien)\w* (?:il|la|l['’]|un)?\s?(?:\w+ )?(?:giornalismo|informazione|lavoro|testata|giornale|progetto|settimanale|rivista|blog|sito)|chi (?:ci|lo|la) sostiene|(?:vive|esiste|va avanti) (?:solo )?(?:grazie )?(?:ai|di|dei|con i|coi|con gli|agli) (?:\w+ )?(?:lettori|abbonat\w+|abbonament\w+|sostenitori|donazioni)|giornalismo (?:indipendente|libero|locale)|informazione (?:indipendente|libera|locale)|5 ?x ?1000)\b"),
        (2, True, r"\b(?:licenza creative commons|creative commons|riproduzione (?:riservata|vietata)|tutti i diritti|citando la fonte|originariamente (?:apparso|pubblicato)|(?:link|contenuti?) (?:sponsorizzat|affiliat)\w*|intelligenza artificiale generativa)\b"),
        (2, True, r"\b(?:segnalar(?:e|ci)|inviar(?:e|ci)|mandar(?:e|ci)) (?:una? )?(?:notizi[ae]|error[ei]|foto|video|storia)\b|\b(?:notizie|news) (?:di [\w’' ]{1,30} )?(?:in tempo reale|sul tuo|nella tua|direttamente)"),
        (4, True, r"\b(?:disponibil[ei]|a disposizione) (?:per|dei|della|degli) (?:interviste|giornalist\w+|la stampa|i media)\b"),
        (1, True, r"\b(?:in questo numero|buona lettura|alla prossima|continua a leggere|leggi (?:tutto|anche)|gli altri articoli|commenti?|iscri(?:versi|vervi|verti))\b"),
        (2, True, r"\b(?:aderisce al codice|testata (?:giornalistica|registrata)|direttore responsabile|i commenti sono (?:chiusi|moderati|riservati))\b"),
        (2, False, r"\bè (?:stat[oa] )?(?:offert|sponsorizzat|uscit|appars|pubblicat|rilasciat|distribuit|tratt|tradott|scritt|realizzat)[oa]\b|\bè (?:un contenuto|una produzione)\b"),
        (1, False, r"\b(?:intelligenza artificiale|occorre|devi|bisogna|donazion[ei]|registrat[oai]|caffè|offerta|codice)\b"),
    )
)  # fmt: skip
# Who is spoken to, or that the paper speaks of what is being read.
_ADDRESS = re.compile(
    rf"(?:^|[.!?:…]\s+|[–—-]\s+|,\s+(?:e )?)(?:e |per (?!(?:gl)?i\b)\w+ |inoltre )?(?:{_VERBS})\b|\b(?:{_OURS})\b|\b(?:clicc|fai clic|scriv(?:i|ete)\b|chiam(?:a|ate)\b)"
    r"|\b(?:tu|tuo|tua|tuoi|tue|ti|te|vuoi|hai|sai|puoi|potrai|riceverai|troverai|sei (?:già|un[oa]?|abbonat\w+|registrat\w+|iscritt\w+|interessat\w+|qui|pront[oa])|vi|vostr[aoei]|chi ci|per noi|nostr[aoei])\b"
    r"|\bquest[oaei] (?:articol[oi]|reportage|inchiesta|testata|giornale|blog|contenuto|newsletter|post|episodio|rubrica|puntata|comunicato|e-?mail)\b"
    r"|\b(?:redazione|testata|direttore responsabile|riproduzione)\b",
    re.IGNORECASE,
)


def is_appeal(line: str) -> bool:
    """Tell whether a sentence is the paper's own word to its reader and no part of the story.

    >>> is_appeal("SpoletoOggi è anche su WhatsApp. Clicca qui per iscriverti al canale e restare sempre aggiornato")
    True
    >>> is_appeal("La newsletter del Comune ha duemila iscritti, e da oggi arriva anche su WhatsApp.")
    False
    """
    return _is_appeal(line) and not cut_appeal(line)[1]


def cut_appeal(line: str) -> tuple[str, str]:
    """Split a paragraph of the story from the appeal at its end.

    >>> cut_appeal("Il mercato riapre lunedì con otto banchi e due caffè. Seguici su WhatsApp per restare aggiornato!")[1]
    'Seguici su WhatsApp per restare aggiornato!'
    """
    cuts = [max(0, len(line) - _LONGEST) + end.end() for end in _SENTENCE_END.finditer(line[-_LONGEST:])]
    cut = next((cut for cut in cuts if cut > _TOLD and _is_appeal(line[cut:])), 0)
    told = line[:cut].rstrip()
    # One look at what stands before: however many sentences end there, the search stays linear.
    return (line, "") if not told or any(form.search(told) for _, _, form in _CUES) else (told, line[cut:])


def _is_appeal(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    plain = _REPORTED.sub("", _QUOTED.sub("", line))
    if 2 * len(plain) < len(line):
        return False
    # Most sentences have no cue that only a publisher gives: the others are not looked for.
    ours = [weight for weight, own, form in _CUES if own and form.search(plain)]
    if not ours or sum(ours) + sum(weight for weight, own, form in _CUES if not own and form.search(plain)) < _ENOUGH:
        return False
    # One such cue may be in the news ("Gli abbonamenti si fanno sul sito"), where nobody is spoken to.
    return len(ours) > 1 or max(ours) > _STRONG or bool(_ADDRESS.search(plain))
