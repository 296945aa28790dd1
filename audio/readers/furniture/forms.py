"""The forms of page furniture: (reason, pattern) for whole lines, written as Italian sites and desks write them.

Every pattern is matched in full, without case, and bounded. A new phrase is one alternative here and one line of a case.
"""

from __future__ import annotations

from audio.readers.dateline import MONTH_STEMS

_DAY = r"(?:(?:lun|mar|mer|gio|ven|sab|dom)[a-zì]*,?\s+)?"
_CLOCK = r"(?:[,|–(\s-]*(?:alle\s+)?(?:(?:ore|h)\.?\s*)?\d{1,2}[:.]\d{2}(?: ?[ap]m)?\)?)"
_DATE = rf"(?:{_DAY}(?:\d{{1,2}}[°º]?\s+(?:{MONTH_STEMS})[a-z]*\.?,?\s+\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|(?:{MONTH_STEMS}|jan|may|jun|jul|aug|sep|oct|dec)[a-z]*\.? \d{{1,2}},? \d{{4}}))"
_SITES = (
    r"(?:facebook|twitter|x|instagram|whatsapp|telegram|linkedin|pinterest|threads|google news|youtube|tiktok|bluesky)"
)
_WORKS = (
    r"(?:articol[oi]|notizi[ae]|contenut[io]|tem[ai]|post|video|news|approfondiment[io]|link|document[io]|pagin[ae])"
)
_THIS = "(?:pagina|guida|articolo|contenuto|post|ricetta|scheda|risposta|informazioni)"

PATTERNS: tuple[tuple[str, str], ...] = (
    # -------------------------------------------------------------------------------- to other pages
    (
        "a link to another page",
        r"(?:leggi|leggete|vedi|guarda|ascolta|scopri)\s+(?:anche|pure|qui|tutto|tutt[aei] (?:l[ae]|gli|i) (?:altr[ei] )?(?:notizi|articol|news|comment|post|puntat|storie|intervist|aggiornament|nostr)\w*|di più|di piu)\b.*",
    ),
    (
        "a link to another page",
        rf"(?:leggi|vedi|guarda|ascolta|scopri)\s+(?:l['’]|la |le |il |i |gli )?(?:versione audio|{_WORKS}|galleria|gallery|fotogallery|foto|diretta|speciale|puntata|podcast|nostr[oaie])\b.{{0,120}}",
    ),
    (
        "a link to another page",
        r"[→>»👉▶►]+\s*(?:leggi|vedi|guarda|ascolta|scopri|approfondisci)\b.*|[-–—]\s*(?:approfondisci|(?:leggi|vedi|guarda|ascolta|scopri) (?:anche|pure|qui|tutto|di più))\b.*",
    ),
    (
        "a link to another page",
        r"(?:per|da) (?:approfondire|saperne di più|leggere anche)\b(?:\s?[:>→].{0,120}|,? (?:leggi|visita|clicca|consulta|vai|vedi|guarda|scarica|ascolta)\b.{0,120}|[^.!?]{0,80}(?![.!?]))",
    ),
    (
        "a link to another page",
        r"(?:(?:ti|vi) )?potrebbe(?:ro)?(?: anche)? (?:interessar|piacer)\w*\b.{0,60}|(?:ti|vi) (?:può|possono)(?: anche)? (?:interessar|piacer)\w*\b.{0,60}|(?:(?:il )?consiglio della redazione|ti consigliamo|consigliato (?:da|per)\b.{0,20}|dal(?:la|l['’]| nostro)? ?(?:archivio|redazione))\s?[:|→].{1,160}|vedi altro su\b.{0,80}",
    ),
    (
        "a link to another page",
        rf"(?:altr[ie] |ultim[ie] |tutt[ie] (?:gli |le |i )?)?{_WORKS} (?:correlat|simil|recent|consigliat|sponsorizzat|precedent|successiv|collegat|suggerit|in evidenza|più lett|piu lett)\w*\b.{{0,40}}",
    ),
    (
        "a link to another page",
        rf"(?:ultime (?:notizie|news)|(?:(?:le )?altre|tutte le) (?:notizie|news|foto)\b.{{0,60}}|correlati|in evidenza|da non perdere|i più (?:letti|visti|commentati)|più letti|in primo piano|dello stesso autore|sullo stesso (?:tema|argomento)|vedi tutti|carica altr\w*.{{0,30}}|mostra (?:altr|di più|tutt)\w*.{{0,20}}|prossim[oa] {_WORKS}|read more|related(?: posts| articles)?)",
    ),
    (
        "a link to another page",
        r"(?:continua|prosegui|continuare) (?:a leggere|la lettura)\b.{0,60}|clicca (?:qui|sul|sulla|per)\b.{0,120}|(?:vai|torna) (?:(?:alla|al|all['’]|agli|ai) ?(?:home|inizio|lista|elenco|indice|articol[oi]|versione|pagina|men[uù]|scheda|commenti|gallery)\b(?! d(?:ei|elle|egli) (?!notizi|articol|news)\w).{0,40}|su|indietro)|scarica (?:(?:il|la|l['’]|i|le|lo|gli) ?(?:nostr[aoe] )?(?:app|pdf|document|file|allegat|programm|locandin|modul|comunicat|band[oi]|ordinanz|brochure|guid|report|testo|version|calendar|ricett|articol|podcast)\w*|qui)\b(?!.{0,60}\b(?:compila|firma|stampa|consegna|porta|invia)\w*).{0,60}",
    ),
    (
        "a link to another page",
        r"l['’](?:articolo|intervista)\s.{1,200}\s(?:proviene da|sembra essere il primo su|è tratto da|è stat[oa] pubblicat[oa] (?:su|da))\b.{0,80}",
    ),
    (
        "a link to another page",
        r"(?:cartella stampa\b.{0,160}|(?:le )?immagini (?:in alta|ad alta)\b[^.!?]{0,20}(?:$|[:–(-].{0,120}|https?.{0,120}))|[^.!?]{3,120} in cartella stampa|(?:le |i |il )?(?:foto|fotografie|immagini|material[ei])\b.{0,60}\b(?:al link\b|su richiesta\W*$|https?://).{0,160}",
    ),
    ("a link to another page", r"(?:https?://|www\.)\S+(?: [–-] .{1,60})?|[^.!?]{3,160}\s?<https?://\S+>"),
    (
        "a link to another page",
        r"(?:view|read) (?:the )?(?:full )?(?:article|story|post|more)\W*|quest[oa] (?:articolo|testo|pezzo|post|puntata) fa parte (?:di|della|dello|del|dell['’])\b.{0,120}",
    ),
    ("a link to another page", r"[<«←‹]?\s?prec(?:edente|\.)?\s+(?:[|·] ?)?succ(?:essiv[oa]|\.)?\s?[>»→›]?"),
    ("a link to another page", r"[←→‹›]\s?[^.!?]{3,120}|[^.!?]{3,120}(?:\s?[→›]|\s>{1,2})"),
    (
        "a call to a gallery",
        r"(?:tutte le foto|le (?:foto|immagini)|il video|guarda|fotogallery|video|gallery)\b[^.]{0,60}(?:guarda|gallery|clicca|qui)\b.{0,40}",
    ),
    # -------------------------------------------------------------------------------- pictures
    (
        "a picture credit",
        r"[\[(]?\s*(?:foto|ph|photo|credits?|crediti|credit foto|immagin[ei]|fotografi[ae]|fonte(?: foto)?|illustrazion[ei]|grafica|infografica|didascalia|copertina|foto (?:di |in )?(?:copertina|apertura|archivio|d['’]archivio)|nell[ae] foto(?:grafia)?|in (?:foto|copertina))\s*[:©/|]\s?.{0,160}",
    ),
    (
        "a picture credit",
        r"[\[(]\s*(?:(?:in |nella )?(?:foto|ph\.?|photo|credits?|immagin[ei]|fonte|video|fotogramma|screenshot|illustrazione|archivio))\b[^()\[\]]{0,120}[\])]\.?",
    ),
    (
        "a picture credit",
        r"(?:foto|fotografie|ph\.?|photo(?: by)?|credits?|immagini) (?:(?:di|by|d['’]) )?(?-i:[A-Z©]).{0,60}(?<![.!?…])",
    ),
    (
        "a picture credit",
        r"(?:traduzione|revisione|editing|montaggio|riprese|illustrazion[ei]|disegn[oi]|grafic[ah]e?|infografic[ah]e?|ricerc[ah]e?|regia|fotografie)(?: (?:di|a cura di)|:) (?-i:[A-Z]).{0,60}(?<![.!?…])",
    ),
    (
        "a picture credit",
        r"(?:tutte )?(?:le |la )?(?:foto|immagini|fotografi[ae])(?: di quest[oa] \w+| dell?[ao']? ?\w+)? (?:sono|è) (?:(?:di|a cura di) (?-i:[A-Z])|tratt[ae]\b)[^.!?]{2,60}",
    ),
    ("a picture credit", r"(?:testo|testi) e (?:foto|immagini) (?:di|a cura di)\b.{0,60}"),
    (
        "a picture credit",
        r"(?:montaggio|riprese|regia|musiche|sound design|post-?produzione|voce|grafica)(?: e [a-z ]{3,30})? (?:di|a cura di)(?: (?-i:[A-Z])[\w'’]+){2,3}",
    ),
    (
        "a caption",
        r"[^.!?]{3,160}[.,]? (?:ph\.?|credits?)[ :](?:(?:di|by) )?(?-i:[A-Z])[\w'’]+(?: (?-i:[A-Z])[\w'’]+){0,3}",
    ),
    # At the foot of a picture: what it shows, then who took it, in brackets or after a dash.
    (
        "a caption",
        r"[^.!?]{3,160}\s\((?:foto|ph\.?|credits?)\b[^()!?]{0,60}\)|[^.!?]{3,160}\s[(–/-]\s?(?:foto|ph\.?|credits?|ansa|lapresse|getty|imago|epa|reuters|afp|fotogramma|archivio|riproduzione)\b[^.!?]{0,60}\)?|[^.!?]{3,160}\s\((?-i:[A-Z])[^()/]{2,40}/[^()]{2,40}\)",
    ),
    # -------------------------------------------------------------------------------- rights
    (
        "a notice of rights",
        r".{0,60}\briproduzione (?:è )?(?:riservata|vietata)\b.{0,60}|.{0,80}\btutti i diritti(?: sono)? riservati\b.{0,80}|.{0,60}\ball rights reserved\b.{0,60}|[©]\s*.{0,120}|(?:\(c\)|copyright)\W{0,3}(?:\d{4}|(?-i:[A-Z])).{0,120}|citare la fonte\b.{0,40}|(?:testo|articolo|contenuto|opera)? ?(?:distribuit|rilasciat|pubblicat)\w* (?:con|sotto|in) licenza\b.{0,60}|(?:quest[oaei]|i|il|gli|tutti (?:i|gli)|ogni) (?:\w+ )?(?:notiziari?o?|contenut[oi]|articol[oi]|test[oi]|servizi?o?)\b.{0,80}\bvietata\b.{0,20}\briproduzione\b.{0,60}|(?:(?:tutti )?(?:le notizie|i contenuti|gli articoli|i testi)|la riproduzione|il contenuto)\b(?=.{0,160}\b(?:riprodu|utilizzabil|ripubblic)).{0,120}\bcita(?:re|rne|ndo|ndone)\b.{0,20}\bfonte\b.{0,160}|.{0,80}\bp(?:artita|\.)? ?iva\W{0,4}(?:n\W{0,3})?\d{5,}.{0,120}",
    ),
    # -------------------------------------------------------------------------------- what to do with the page
    (
        "a share button",
        rf"(?:condivid\w+|share|tweet|twitta|retweet|stampa|invia|salva(?: l['’]articolo)?|segnala|copia(?: il)? (?:link|collegamento)|preferiti|ascolta|{_SITES}|e-?mail|mi piace|like|link copiato)(?:[:\s|,·•/–-]+(?:condivid\w+|quest[oa]|l['’]|articolo|notizia|aggiornamento|pagina|post|stampa|invia|tweet|twitta|salva|su|con|via|una?|il|link|copia|tramite|per|un|email|amico|amica|a|{_SITES}|e-?mail|e|o))*[:.!]?",
    ),
    (
        "a share button",
        rf"(?:segui(?:ci|mi|te(?:ci)?)?\b|unisciti|entra (?:anche tu )?(?:nel(?:la)?|nei) (?:nostr\w+ )?(?=canal|gruppo (?:what|tele|face)|community)|iscriviti).{{0,60}}\b(?:{_SITES}|canal[ei]|social|gruppo|community)\b.{{0,80}}",
    ),
    (
        "a share button",
        r"(?:ti è piaciuto|ti piace) (?:questo|l['’]|il nostro)\b.{0,120}|valuta\b.{0,60}\bstell\w+\b.{0,40}|quanto sono chiare le informazioni\b.{0,60}",
    ),
    (
        "a share button",
        r"(?:aggiungi|salva|metti) (?:(?:ai|tra i|fra i|nei) (?:preferiti|segnalibri)|(?:alla|nella) (?:lista|raccolta|coda)\b.{0,30}|per dopo|a lettura)|regala (?:l['’]|questo |un )articolo\b.{0,40}|hai invitato \d+ \w+|@\w{3,30}|inoltra (?:quest[oa]|il|la) (?:messaggio|mail|e-?mail|newsletter|post)\b.{0,60}|mi piace(?: caricamento\W{0,4})?|(?:condividi|tweet|invia|stampa)(?:\s+(?:condividi|tweet|invia|stampa|\d+ comment[oi]))+|(?:commenta|rispondi|reply|mi iscrivo|iscriviti|disiscriviti|attiva|acquista|invia|conferma|prosegui|sottoscrivi|sostienici|dona)(?: (?:ora|subito|gratis|adesso|qui))?",
    ),
    (
        "a share button",
        r"fai clic (?:qui )?per (?:condividere|inviare|stampare|mandare)\b.{0,100}|passaparola\W*|ascolta(?:l[aoei]|ci) dove vuoi\b.{0,80}|scarica (?:l['’]|il )?(?:mp3|audio|podcast|episodio)\b.{0,40}|trascrizione (?:della|dell['’]|del|automatica|a cura)\b[^.!?]{0,80}|(?:ascolta(?:lo|ci|l[ao] puntata)?|disponibile|lo trovi|ci trovi) (?:anche )?su (?:spotify|apple podcasts?|spreaker|amazon music|youtube|raiplay\w*)\b.{0,80}|(?:come|quanto) (?:ti|vi) (?:è|e') (?:sembrat|piaciut)[oa] quest[oa'’]\W?\w+",
    ),
    (
        "the mark of a program",
        r"stampato da (?:www\.|https?:)\S+(?: il| in data| -)? ?\d.{0,30}|(?:esportat|ritagliat|generat|condivis|inviat|sent|export|convertit)(?:[oae]|ed)? (?:dal|da|con|tramite|via|from|with|by|using) (?:mio |my )?(?-i:[A-Z]|i[A-Z]).{0,40}(?<![.!?…])|salvat[oae] (?:dal|da|con|su) (?-i:Pocket|Evernote|Instapaper|Chrome|Firefox|Notion|Keep|OneNote).{0,40}(?<![.!?…])|sent from my\b.{0,40}",
    ),
    (
        "readers' comments",
        r"\d+ condivisioni\W*(?:commenti)?|\d+ (?:pensieri|risposte|commenti|thoughts) (?:su|a|on) [“\"«].{1,200}|(?:\d+|nessun|lascia (?:un|il tuo)|scrivi un|aggiungi un|invia)?\s*comment(?:i|o|s|a)(?: all['’]articolo| \(\d+\)|: \d+)?|partecipa alla discussione.{0,60}|(?:nome|e-?mail|sito(?: web)?|commento)\s?(?:\*|:\s?\*)|salva il mio nome\b.{0,100}|il tuo indirizzo email non sarà pubblicato\b.{0,120}",
    ),
    (
        "contacts",
        r"(?:segnalazioni|scrivi(?:ci)?|contatt[ai](?:ci)?|messaggi|info)\b.{0,30}\b(?:whatsapp|telegram|numero|tel\.?)\b.{0,24}\d[\d ./-]{5,}\d",
    ),
    ("a newsletter", rf"(?:la )?newsletter d(?:i|el|ella|ei|al|a)\b[^.!?]{{2,80}}\s{_DATE}"),
    (
        "a newsletter",
        r"(?:iscriviti|(?:abbonati|registrati) (?:ora|subito|gratis|gratuitamente|qui|alla|per ricevere|e ricevi)|ricevi|resta aggiornat\w|rimani aggiornat\w|non perder\w*)\b.{0,200}\b(?:newsletter|mail|casella|notizie|aggiornamenti|gratis|whatsapp|telegram|canale|posta)\b.{0,120}|(?:la |le )?(?:nostr[ae] )?newsletter(?: d(?:i|el|ella|ei|al|a)\b.{0,40}| [«“\"][^»”\"]{2,60}[»”\"])?|resta aggiornat\w\b.{0,60}|disiscriviti\b.{0,80}|annulla (?:l['’])?iscrizione\b.{0,80}|(?:non vedi correttamente|se non (?:visualizzi|vedi|leggi)(?= (?:correttamente|bene|quest|la (?:e-?)?mail|la newsletter|il messaggio|le immagini))|visualizza (?:nel|questa|la mail|online)|(?:apri(?:la)?|leggi(?:la)?) (?:nel|sul) browser)\b.{0,120}|(?:hai ricevuto|ricevi|stai ricevendo) quest[ao] (?:(?:e-?)?mail|messaggio|newsletter|comunicazione)\b.{0,160}|(?:cancella (?:la tua |l['’])?iscrizione|(?:gestisci|modifica|aggiorna) (?:le (?:tue )?)?(?:preferenze|iscrizion[ei])|inoltra a un amico)\b.{0,60}",
    ),
    (
        "a paywall",
        r".{0,40}\b(?:contenut[oi]|articol[oi]) (?:è |sono )?(?:riservat|esclusiv|a pagamento|disponibil|premium|solo)\w*\b.{0,80}\babbona\w+\b.{0,120}|(?:hai già un abbonamento|sei (?:già )?abbonat[oa]|non sei abbonat[oa]|(?:non )?(?:sei|siete) (?:già |ancora )?(?:iscritt|registrat)[oaie](?=\?))\b.{0,200}|(?:abbonati(?: (?:(?:ora|subito|adesso|qui)\b.{0,200}|(?:a partire )?da \d.{0,120}|per (?:legg|continu|sblocc|acced|sosten)\w+\b.{0,200}|e (?:legg|scopr|sostien|ricev|acced)\w*\b.{0,200}|al(?:la|l['’])? ?(?:giornale|edizione|nostr\w+|newsletter|rivista|versione|sito|settimanale|quotidiano)\b.{0,160}))?|accedi(?: (?:ora|subito|qui|gratis|al tuo|alla tua|all['’]area|o |con (?:facebook|google|apple|email|il tuo|le tue)|per (?:legg|continu|comment|salv|sblocc)|e (?:legg|continu|scopr)).{0,100})?|registrati(?: (?:ora|subito|gratis|gratuitamente|al sito|qui|per (?:legg|continu|acced|ricev|comment)\w+|e (?:legg|continu|acced|ricev|scopr)\w*)\b.{0,200})?|sblocca (?:l['’]|tutt|il).{0,200}|sostieni(?:ci)?\b.{0,200})|.{0,30}\bper (?:continuare (?:a leggere|la lettura)|leggere (?:tutto l['’]articolo|l['’]articolo|il resto dell|questo))\w*.{0,200}|offert[ae] (?:speciale|di lancio|per te)\b.{0,120}",
    ),
    (
        "a cookie notice",
        r"(?:noi e (?:terze parti|i nostri)|(?:questo|il nostro|il) sito|utilizziamo|usiamo|con il tuo (?:consenso|accordo)|cliccando|proseguendo|navigando|puoi (?:acconsentire|revocare|liberamente)|accett[ao] (?:tutt[io]|i|e)|rifiuta|gestisci|(?:il )?tuo consenso)\b.{0,300}\b(?:cookie|(?:tuo|vostro) consenso)\b.{0,300}|(?:noi e (?:terze parti|i nostri)|con il tuo (?:consenso|accordo)|puoi (?:acconsentire|revocare|liberamente)|accett[ao] (?:tutt[io]|i|e)|rifiuta|gestisci)\b.{0,300}\b(?:consenso|partner)\b.{0,300}|privacy policy.{0,60}|(?:informativa|note) (?:sulla privacy|legali|privacy).{0,60}|(?:la )?tua privacy\b.{0,80}",
    ),
    (
        "an advertisement",
        r"(?:main |gold |top |official )?sponsor\s?: .{2,60}|messaggio (?:promozionale|pubblicitario) .{2,200}|[-–—\[(]*\s*(?:pubblicità|advertisement|adv|annuncio(?: pubblicitario)?|annunci(?: (?:di )?google)?|sponsorizzato|sponsor|contenut[oi] sponsorizzat[oi]|messaggio (?:promozionale|pubblicitario)|promo|inserzione|spazio pubblicitario)\s*[-–—\])]*|(?:solo |da |a )?(?:€ ?\d[\d.,]*|\d[\d.,]* ?€)(?: ?/ ?\w+)?|(?:in collaborazione con|sponsorizzat[oa] da|offert[oa] da|presentat[oa] da|con il (?:supporto|contributo|sostegno) di|powered by|un progetto di)(?: (?-i:[A-Z])[\w'’&.-]{0,30}){0,4}|quest[ao] (?:edizione|numero|newsletter|puntata|lettera|episodio) è (?:offert|sponsorizzat)\w+ .{2,80}|(?:la notizia|l['’]articolo|il testo|la lettura|il contenuto) (?:continua|prosegue|riprende) (?:dopo|sotto)\b.{0,60}|(?:scorri|continua) (?:dopo|sotto|per continuare)\b.{0,60}",
    ),
    # -------------------------------------------------------------------------------- when and how long
    (
        "a publication date",
        rf"(?:(?:articolo |notizia )?pubblicat[oa]|aggiornat[oa]|ultim[oa] (?:aggiornamento|modifica|revisione)|modificat[oa]|inserit[oa]|creat[oa]|scritto|postato|data(?: di pubblicazione)?)\b[^.!?]{{0,30}}?[:\s]\s*(?:il |in data |a )?{_DATE}.{{0,80}}|(?:aggiornat[oa]|pubblicat[oa])[:\s].{{0,20}}\b(?:ore|minuti|giorni) fa|(?:ultimo )?aggiorna(?:t[oa]|mento)(?: il| alle| al| del|:)*(?: ore)? \d{{1,2}}\b[^.!?]{{0,40}}",
    ),
    (
        "a publication date",
        rf"(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre) \d{{4}}|(?:di |data:? ?)?{_DATE}{_CLOCK}?(?:\s*[(|–-](?!\s?(?-i:[A-ZÀ-Þ])[^|]{{2,80}} [^|]{{2,80}}[a-zà-ÿ]\.$).{{0,80}}|\s+\d+ min\w* (?:di )?lettura)?|(?:ore |alle |h )?\d{{1,2}}[:.]\d{{2}}(?: ?[ap]m)?|(?:emess|diramat|diffus)[oa] (?:il |in data )?{_DATE}{_CLOCK}?(?:,? ore \d{{1,2}})?|[^.!?]{{2,60}}, \[{_DATE}{_CLOCK}\]|\d{{1,2}} (?:ore|minuti|giorni) fa|(?:[•·] ?)?\d{{1,2}} (?:ore|h|minuti|min|giorni) [•·|] ?.{{0,40}}",
    ),
    (
        "a publication date",
        rf"[^.!?]{{2,60}},\s+{_DATE}{_CLOCK}(?!\s*[–-]\s).{{0,60}}",
    ),
    (
        "a publication date",
        r"(?:[ivx]+|prima|seconda|terza|quarta|quinta) domenica (?:di|del|dell['’]|d['’]|dopo(?: la)?|fra l['’]anno)\s?(?:avvento|quaresima|pasqua|tempo|pentecoste|epifania|natale|ordinari\w+)\b[^.!?]{0,40}",
    ),
    ("an index", r"(?:in|su) questo numero\s?: .{2,300}"),
    ("a figure alone", r"[+−–-]?\d[\d.,]*\s?%"),
    (
        "a reading time",
        r"(?:tempo(?: medio)? di lettura|reading time)\b.{0,30}|lettura:.{0,30}|\d{1,2} minuti per legger\w+|lettura (?:di |da )?(?:circa )?\d+['’]? ?min\w*\.?(?: circa)?|durata\s?:? (?:circa )?\d+ ?(?:min\w*\.?|['’])|(?:circa )?\d{1,2}(?:[-–]\d{1,2})? (?:min|minut[oi])|(?:circa )?\d+['’]? ?(?:min(?:ut[oi])?\.?)?(?: di| read)? ?(?:lettura|read)|\d+ min",
    ),
    (
        "a live badge",
        r"(?:diretta|live|in aggiornamento|in diretta|notizia in aggiornamento|articolo in aggiornamento|breaking news|quello che devi sapere|aggiorna|ultim['’]ora)|(?:(?:la |questa |quest['’])?(?:pagina|diretta|articolo|notizia)|il testo)\b.{0,20}\bsi (?:aggiorna|ricarica) (?:(?:da sola|da solo|automaticamente|in automatico)\b.{0,30}|ogni \d.{0,20})",
    ),
    # -------------------------------------------------------------------------------- where in the paper
    (
        "tags",
        r"(?:#[\w/-]+#?[\s,]*)+|(?-i:TAGS?)\s+\S.{2,200}(?<![.!?])|archiviato (?:in|sotto)\s?:?.{0,120}|(?:tags?|argomenti|etichette|parole chiave|categori[ae]|keywords?|topics?|hashtag|(?:titoli|societ[àa]|aziende|persone) citat[iea])\s*:.{0,200}|(?:argomenti|tags?|etichette)(?: (?:della notizia|dell['’]articolo|correlati))?|(?:#\w+[\s,]*)+",
    ),
    (
        "a path of the site",
        r"(?:home(?: ?page)?|sei in|ti trovi in|tu sei qui|sei qui)\s*[>›»/:|].{0,200}|(?:salta|passa) (?:ai contenuti|al contenuto)(?: principal[ei])?|vai (?:ai contenuti|al contenuto|al footer|al menu)\b.{0,60}|skip to content|menu|cerca|home|[^!?>›]{2,40}(?: [>›] [^.!?>›]{2,60}){1,4} [>›] [^>›]{2,140}|(?=[a-z0-9.-]{5,40}$)[a-z0-9-]{3,}(?:\.[a-z0-9-]{2,}){1,3}",
    ),
    (
        "a call to a gallery",
        r"(?:il )?(?:video|foto|immagine|notizia) del giorno|(?:scorri|sfoglia|apri|ingrandisci) (?:la |le |il |l['’])?(?:gallery|galleria|foto|fotogallery|immagini|mappa|video|grafico|album)\b.{0,60}|(?:video|audio|foto|gallery|fotogallery|infografica)|vota (?:il|la|ora|anche|qui)\b.{0,40}[?:!].{0,40}",
    ),
    (
        "a running head",
        r"[^.!?]{3,40} [–-] .{6,40} [–-] pag(?:ina)?\.? ?\d{1,3}|[^.!?]{2,40} [–-] pag\.? ?\d{1,3}(?: [–-] [a-z ]{3,20})?|[^.!?]{3,40} [–-] \d{1,4} [–-] [^.!?]{3,40}",
    ),
    ("a caption", r"[^.!?©]{3,160}\s\(?©\s?[^!?]{2,60}"),
    (
        "a caption",
        r"nell[ae] foto (?:allegat[ae]|qui (?:sopra|sotto))\b.{3,200}|nell[ae] foto\s?[,:] (?:da (?:sinistra|destra)|in (?:alto|basso))\b.{3,200}",
    ),
    (
        "contacts",
        r"(?-i:[A-ZÀ-Þ])[^.!?:,;]{2,60} (?:s\.?r\.?l\.?s?|s\.?p\.?a|s\.?n\.?c|s\.?c\.?a?\.?r\.?l|soc\.? ?coop)\.?",
    ),
    ("a menu", r"indice (?:dei contenuti|della pagina)"),
    ("about the author", r"(?-i:CHI (?:È|SONO))[.:–-]\s.{10,400}"),
    ("a form to fill in", r".{0,200}_{4,}.{0,300}"),
    ("the end of a release", r"[-–—*•#\s]{1,6}(?:fine|30)[-–—*•#\s]{1,6}|(?-i:FINE|Fine) (?:del )?comunicato"),
    ("the number of a part", r"\(?\d{1,2} ?[–-] ?(?:continua|segue|fine)\b.{0,120}\)?"),
    ("a page number", r"(?:pagina|pag\.?):?\s+\d+(?:\s*(?:di|/)\s*\d+)?|\d+ / \d+|[-–—]\s*\d{1,3}\s*[-–—]"),
    (
        "an embedded post",
        r"\[/?[a-z][a-z_-]{2,20}(?: [^\[\]]{0,300})?/?\]|visualizza (?:questo|il) post.{0,80}|un post condiviso da.{0,120}|pic\.twitter\.com.{0,60}|guarda (?:il|questo|anche il) video.{0,80}|il tuo browser non supporta.{0,80}|.{0,60}\babilitare javascript\b.{0,60}|caricamento(?: in corso)?(?: player|\.\.\.|…)?|loading\W{0,4}|replay ad|ads by|\(?(?:clicca|cliccate|fai clic|tocca) (?:sull[ea]|su) (?:immagin|foto|mapp)\w*.{0,60}\)?",
    ),
    (
        "a press office's formula",
        (
            r"(?:archivio|elenco|dettaglio|tutt[ei] (?:le|i|gli)) (?:(?:dell[ae]|dei|degli|di) )?(?:notizi[ae]|news|novità|comunicat[oi](?: stampa)?|avvisi|eventi)|"
            r"[^.!?]{3,60} [–-] (?:foglio|foglietto|settimanale|periodico|bollettino|mensile|bimestrale|trimestrale|quindicinale)\b.{0,80}|albo pretorio\b.{0,120}|(?:con approvazione ecclesiastica|(?:distribuit[oa]|copia|stampat[oa]|ciclostilat[oa]) (?:gratuit\w+|omaggio|in proprio|ai soci)\b)[^.!?]{0,60}|cicl\. in proprio|pro manuscripto|prot(?:ocollo|\.)? ?(?:n[.°º]? ?)?\d[\d./-]{2,16}.{0,30}|(?:previsore|meteorologo)(?: di turno)?\s?: .{2,60}|prossimo (?:aggiornamento|bollettino)\s?: .{2,60}|anno [ivxlc\d]+\W{1,3}(?:n[.°º]|numero)\s?\d+\b.{0,60}|(?:[«\"“][^»\"”]{2,40}[»\"”] ?[–-] ?)?(?:foglio|foglietto|settimanale|periodico|bollettino)(?: \w+){0,3} (?:n[.°º]?|numero) ?\d+.{0,80}|(?-i:[A-Z]{2,8}) ?[–-] ?agenzia\b.{0,60}|(?!.{0,60}\b(?:legge|decreto|d\.?l\.?|dpr|dpcm|sentenza|regolamento|direttiva|ordinanza|delibera)\w* n)[^.!?|]{0,60}\b(?:n[.°º]|numero) ?\d{1,4} ?/ ?(?:19|20)\d{2}|[^.!?|]{2,80}(?:[|·] ?| [–—-] |, )(?:n[.°º]|numero|#) ?\d{1,4}\b(?! (?:al|del|della) (?:mondo|ranking|classific|tabellone)| d['’](?-i:[A-Z])).{0,40}|(?:bollettino|notiziario|circolare|avviso|newsletter|edizione|numero)(?: \w+)? (?:n[.°º]?|numero) ?\d+.{0,80}|avviso (?:alla cittadinanza|pubblico|ai cittadini)|nota (?:per|alla) (?:la )?stampa|not[ae] per (?:la|le|i|gli) (?:redazion[ei]|giornalist[ie]|colleghi)\b.{0,400}|comunicazione (?:alla|ai|agli) (?:stampa|cittadin\w+|utenti)|comunicato(?: stampa)?(?: (?:(?:n[.°º]?|numero|del) ?)?\d+[./°º ].{0,50}| (?:n[.°º]?|numero) ?\d+| congiunto| ?[–—-] ?(?:per|diffusione|da) .{0,40})?|(?:l['’])?(?:addett[oa] stampa|(?:il |la )?(?:responsabile|capo) (?:dell['’])?(?:ufficio stampa|comunicazione))\b.{0,80}|(?:investor relations|media (?:contact|relations)s?|contatti stampa)\b[^.!?]{0,60}|numero \d{1,4}\s?[*·|–-]\s?[^.!?]{4,40}\d{4}|nota stampa(?: (?:n[.°º]?|numero) ?\d.{0,30})?|ufficio stampa\b.{0,80}|l['’]ufficio stampa(?!.{0,60}\b(?:non|è|ha|fa)\b)(?: d[^.!?]{1,60})?|(?:con(?: la| una)?(?: cortese| gentile)? ?(?:preghiera|richiesta)|(?:si (?:prega|chiede)|se ne chiede)(?: (?:la|una|di|dare))?(?: cortese| gentile)?)(?: di)?(?: (?:dare|dar|massima|ampia|la))* (?:pubblicazione|(?:massima |ampia )?diffusione).{0,60}|.{0,20}\bembargo (?:fino|alle|sino)\b.{0,30}\d.{0,60}|per una panoramica su mercati\b.{0,240}|(?:fine|segue) (?:comunicato|nota).{0,20}|per (?:la )?(?:diffusione|pubblicazione) immediata|si invitan?o? (?:le redazioni|i giornalisti|i colleghi|gli organi)\b.{0,160}|rubrica (?:del|della|di|a cura)\b[^.!?]{0,40}|(?:alla cortese attenzione|c\.a\.|ai (?:signori )?(?:giornalisti|redattori)(?=\W*$)|agli organi d['’]informazione)\b.{0,80}"
        ),
    ),
    ("a note", r"cfr\.? [^!?]{5,200}"),
    (
        "a page's own count",
        r"(?:(?:questo )?articolo )?(?:lett[oa]|vist[oa]|visualizzat[oa]|visualizzazioni|visite|letture|views?)[:\s]+[\d.]+(?: volte)?|[\d.]+ (?:visite|letture|visualizzazioni|views?|condivisioni|reazioni|shares?|mi piace)|[\d.]{2,7} (?:battute|caratteri|righe|cartelle)(?: spazi inclusi)?|versione (?:stampabile|pdf|per la stampa)|commenta l['’]articolo|[★☆⭐\s]{0,12}(?:voto |valutazione |media )?\d(?:[.,]\d{1,2})? ?(?:su|/) ?(?:5|10)\b.{0,4}\d+ (?:vot[oi]|recension[ei]|valutazion[ei])\W*|[★☆⭐]{3,10}.{0,40}",
    ),
    (
        "contacts",
        r"(?:(?:associazione|redazione|editore|cooperativa|sede|società)\b(?:[^.!?]{0,60}[,:(–-])?|[^.!?]{2,60}\b(?:srl|s\.r\.l\.|spa|s\.p\.a\.|soc\.? coop\.?|onlus|aps|editore|editrice)\s?[,:(–-]?)\s?(?:[^.!?]{0,30}[,:(–-]\s?)?(?:via|viale|piazza|corso|largo|vicolo|strada) (?-i:[A-ZÀ-Þ\d])[^!?]{1,40}\d[^!?]{0,60}",
    ),
    (
        "a letter's subject",
        r"(?:oggetto|subject)\s?:\s.{0,200}",
    ),
    (
        "a letter's form",
        r"(?:agli |ai |alle )?(?:organi (?:di |d['’])(?:informazione|stampa)|redazioni (?:di|dei|delle|degli|giornalistiche|locali)\b[^.!?]{0,60})|loro sedi|(?:si|vi si) ringrazia (?:per|della|anticipatamente)\b[^.!?]{0,20}\b(?:diffusion|attenzion|pubblicazion|collaborazion)\w+|p\. (?:l[ae]|il|i) (?-i:[A-ZÀ-Þ])[^.!?]{2,80}|-{2,}\s*(?:forwarded message|messaggio (?:inoltrato|originale)|original message|inizio messaggio inoltrato)\b.{0,20}|(?:da|a|cc|from|to|date|data(?=.{0,40}\d{4})|sent|inviato|(?:in )?allegat[oi])\s?:\s.{0,160}|(?:gentil[ei]|spett(?:abile|\.?(?:le)?)|egregi[oa]?|cari|buongiorno)\b[^.!?]{0,30}\b(?:redazion[ei]|colleg(?:a|hi|he)|direzione|testata|giornale|giornalist[ie]|amic[hi]+e?|signori|lettor[ei]|tutti)\b[^.!?,]{0,40},?|(?:con la presente,? )?(?:vi |si )?(?:invi(?:a|amo|o)|inoltr(?:a|iamo|o)|gir(?:o(?! d['’])|iamo)|trasmett(?:e|iamo|o)|alleg(?:a|hiamo|o)|di seguito(?= (?:(?:vi|si|un|una|trovate)\b|il comunicato\W*$))|in allegato)\b.{0,100}\b(?:comunicato|nota|testo)\b.{0,80}|(?:cordiali|distinti|cari|un cordiale|con i migliori|i migliori) salut[io]\b.{0,60}|(?:grazie(?: mille)?|(?:vi )?ringrazi\w*|nel ringraziar\w+|certi)(?: anticipatamente| fin d['’]ora| in anticipo| di una| vi)*(?:,| per| della| se)*(?: (?:l['’]|la|per la|una|vostra|cortese|gentile|vorrete|potrete))*\s?(?:attenzione|collaborazione|pubblicazione|pubblicarlo|disponibilità)\b.{0,40}",
    ),
    (
        "a picture credit",
        r"(?:[-–—]\s*)?(?:foto|photo|ph)\b[^.]{0,80}\s[-–—]|(?:figura|tabella|grafico|fig\.|tab\.|immagine|mappa) \d{1,2}\s*[–—:.-].{0,160}",
    ),
    (
        "a disclaimer",
        (
            r"(?:contenuto|guida|articolo|ricetta) (?:verificat|revisionat)[oa] da(?:l|lla|gli|ll['’])?\b[^.!?]{2,60}|"
            r"(?:l['’]|quest[oa] )?(?:articolo|testo|servizio|contenuto|inchiesta|reportage|intervista) (?!.{0,160}\b(?:è|ha|sono|hanno|era)\b)(?:raccolt|registrat|scritt|realizzat|prodott|tradott|sostenut|finanziat)[oa] (?:con|in|da|dal|grazie|nell|per|il)\w*\b.{0,160}|(?:ha|hanno) collaborato:? (?-i:[A-ZÀ-Þ]).{0,80}|quest[oa] (?:articolo|testo|servizio|inchiesta|intervista) (?:è (?:stat[oa] )?)?pubblicat[oa]\b.{0,160}|\(?pubblicat[oa] anche (?:su|sul|sulla|sulle|in)\b[^.!?]{0,20}.{0,80}|con il patrocinio\b(?!.{0,120}\b(?:è|sono|ha|hanno|si|resta|restano|apre|torna|arriva|nasce|parte|\w+rà|\w+ranno)\b).{0,120}|(?:le opinioni|i pareri|le idee) espress[ei]\b.{0,160}\bautor[ei]\b.{0,120}|scommetti\b.{0,200}|(?=.{0,200}(?:\b18\b|\b(?:minori|vietat|dipendenz|adm|aams|gioca)))(?:.{0,140}\bgioco responsabile\b.{0,60})|(?=.{0,200}\b(?:gioc|scommess|azzard))(?:.{0,140}\bvietato ai minori\b.{0,60})|.{0,60}\bgioca(?:re)? responsabilmente(?:[,.;:–-].{0,40})?|(?:avvertenz[ae]\W{0,3})?(?:il|la|questo|questa) (?:presente )?(?:documento|pubblicazione|nota|report|ricerca|materiale)\b.{0,60}\b(?:finalità|scopo|fini|carattere) (?:esclusivamente |puramente |meramente )?(?:informativ|illustrativ)\w+\b.{0,600}|\(?firma autografa\b.{0,120}|direttor(?:e|rice) responsabile\s?:.{0,240}|(?:autorizzazione|registrazione|iscrizione) (?:del |al |presso (?:il )?)?(?:registro .{0,30})?tribunale\b.{0,160}|(?:(?:i |le )?informazioni (?:contenute|riportate|presenti|fornite)\b.{0,60}\bnon (?:possono )?(?:sostitui|intend|costitui)\w+\b.{0,100})|(?:(?:i )?(?:contenuti|testi|materiali) (?:sono )?|quest[oa] \w+ (?:è )?)?(?:rilasciat|distribuit|pubblicat|disponibil)\w+ (?:con|sotto) licenza (?:cc|mit|a?gpl|apache|bsd|creative commons)(?: (?-i:[A-Z0-9])[\w.-]{0,20}){0,3}(?:\s?[·|–-].{0,60})?|(?=.{0,300}\b(?:link|acquist|affilia|tramite|sito|noi|partner))(?:.{0,80}\b(?:ricev(?!ono\b)\w+|percepi(?!scono)\w+|guadagn(?!ano\b)\w*|riconosciut\w+|trattener\w*) (?:da noi )?una (?:piccola )?(?:commissione|percentuale)\b.{0,120})"
        ),
    ),
    (
        "an embedded post",
        r"(?:[^«“\"]{0,60}[,:;] )?(?:ascolta|guarda|clicca|vedi|leggi)(?:l[oaei]|te)?\b[^«“\"]{0,30}\b(?:qui|(?:qui |qua |il \w+ )(?:sopra|sotto))\b.{0,20}",
    ),
    (
        "a link to another page",
        r"[^.!]{3,80}\?\s*(?:scarica|iscriviti|clicca|scopri|leggi|contattaci|scrivici|abbonati)\b.{0,80}",
    ),
    (
        "a picture credit",
        r"(?:immagin[ei]|foto(?:grafi[ae])?|video) (?:di|in|d['’]) ?(?:copertina|apertura|repertorio|archivio)\s*[:(–-].{0,100}",
    ),
    # -------------------------------------------------------------------------------- from desk to desk
    (
        "a desk's note",
        r"(?:slug|desk|emissione|righe|battute|caratteri|giustezza|embargo)(?:\s?:\s?|\s(?=\d)).{1,100}|priorit[aà]['’]?\s?:?\s?\d{1,2}|lunghezza\s?:.{0,20}\b(?:battute|caratteri|righe)|\(?(?:caratteri|battute|righe)\s[\d.x]+\)?|documento \d+ di \d+|[^.!?]{0,60}\b(?:taglio (?:alto|basso|medio)(?=\W*$|\s?[/–-])|apertura (?:di )?pag\.?|a pag\.|(?-i:PAG)\.?) ?\d*\b[^.!?]{0,80}(?<![.!?])|(?:box(?: a parte| da [^:.!?]{2,30})?\s?: .{1,160})|\([^()]{0,80}\b(?:(?:si può|da|puoi|potete) tagliare|tagliabile|accorciabile|se serve tagl\w+)\b[^()]{0,80}\)|(?-i:(?:SEGUE )?SCHEDA|RICHIAMO(?: IN PRIMA)?|SPALLA|DIDASCALIA(?: FOTO)?(?: \d)?)\s?: .{1,160}|>{2,}\s.{1,200}|didascali[ae](?: \d)?\s?[:–-]\s.{1,160}|segue (?:tabellino|scheda|box|pezzo|intervista)\b[^.!?]{0,40}|foto \d{1,2}\)? (?-i:[A-ZÀ-Þ«]).{3,160}(?<![.!?])|x (?-i:[A-ZÀ-Þ])\w+: .{3,200}|(?-i:PAG|ED|STATO)\s?: .{1,120}|[\[(](?:per (?:il|la|i) (?:desk|redazione|grafic\w+|titolist\w+)|nota (?:per|al|alla)|rubrica|inserire|mettere)\b[^\])]{0,200}[\])]|(?:per|x) (?:il|la|i) (?:correttor\w+|redazione|desk|grafic\w+|titolist\w+)\s?[:,] .{1,200}|(?:da|fin|fino a) qui (?:tagliabile|si taglia)\b.{0,40}|(?-i:X{2,}) .{3,160}|(?:inizio|fine|chiude) (?:testo|pezzo|articolo|documento)(?: [–-] .{1,40})?|\(fine [–-] [^()]{1,60}\)|(?:servizio |testo |testi )?a cura della redazione\b[^.!?]{0,40}|\(\d[\d.]* battute\b[^()]{0,200}\)|\[[^\[\]]{3,300}\]|(?:la prossima (?:settimana|puntata)|nel prossimo numero|in preparazione)\s?: .{1,160}|[^.!?]{0,60}[–-] \d{1,3} righe\b[^.!?]{0,60}|ok (?:direttore|legale|desk|si stampi)\b.{0,60}|visto,? si stampi|stringibile\b.{0,60}|(?-i:NON PUBBLICARE)\b.{0,120}|(?-i:TODO|DA FARE)\s?: .{1,200}|chi scrive\s?: .{3,200}",
    ),
    # -------------------------------------------------------------------------------- sport, for the eye
    (
        "a match sheet",
        r"(?:(?:reti|note)(?=\s?:.{0,120}(?:\d{1,2}['’]|\d{1,2} (?:pt|st)\b|spettator|ammonit|angoli|recuper|rigor))|spettatori|terna|marcator[ei]|marcature|arbitro(?=\s?:)|ammonit[oi]|espuls[oi]|angoli|recupero|sostituzioni|parziali|assist|formazioni|in panchina|a disposizione)\s?: .{1,300}|(?-i:[A-ZÀ-Þ][\w '’.]{2,24}) \(\d(?:-\d){2,4}\)\s?: .{1,300}|(?-i:[A-ZÀ-Þ])[\w '’.-]{2,40}: (?=[^:]{0,400}(?:;[^:;]{0,200}){2})(?:(?-i:[A-ZÀ-Þ])[\w'’]+\.?(?: (?-i:[A-ZÀ-Þ])[\w'’]+\.?){0,2}(?: \([^()]{1,40}\))?[,;.] ?){7,40}|(?-i:[A-ZÀ-Þ][A-ZÀ-Þ '’.]{2,24}): (?:(?-i:[A-ZÀ-Þ])[\w'’. ]{1,24} \d{1,3}[,;.] ?){2,}.{0,120}|(?-i:[A-ZÀ-Þ][A-ZÀ-Þ '’.]{2,24}) ?[-–] ?(?-i:[A-ZÀ-Þ][A-ZÀ-Þ '’.]{2,24}) \d{1,3} ?[-–] ?\d{1,3}|(?-i:[A-ZÀ-Þ][A-ZÀ-Þ '’.]{3,30}) \d{1,2} [–-] (?-i:[A-ZÀ-Þ][A-ZÀ-Þ '’.]{3,30}) \d{1,2}|\(?(?:\d{1,3}-\d{1,3}[,; ]+){1,6}\d{1,3}-\d{1,3}\)?",
    ),
    (
        "a call to the reader",
        (
            rf"quest(?:[aoe] |['’]){_THIS} (?:ti|vi) (?:è|sono) stat[oae] util[ei]\?|"
            rf"(?:ti|vi) (?:è|sono) stat[oae] util[ei] quest(?:[aoe] |['’]){_THIS}\?|"
            r"se (?:quello|quel|ciò) che (?:leggi|hai letto|facciamo|scriviamo) ti (?:piace|è piaciuto|interessa)\b.{0,120}|le lettere,? .{0,80}\b(?:vanno|devono essere) (?:firmate|inviate|spedite|indirizzate)\b.{0,120}\.|[^.!?]{2,60} (?:è una (?:pubblicazione|newsletter) sostenuta dai lettori|is a reader-supported publication)\b.{0,200}|thanks for reading\b.{0,160}|grazie (?:mille )?(?:per|di|a chi) (?:aver(?:e|ci|mi)? )?(?:letto|seguito|ascoltato|legger\w*|seguir\w*|ascoltar\w*)\b.{0,200}|se preferi(?:sci|te) (?:leggere|ascoltare)\b.{0,160}|questo post è pubblico\b.{0,120}|(?=firma\b|.{0,200}\b(?:codice|c\.? ?f\.?|destin|dona|tuo|sostien|tua firma))(?:.{0,120}\b(?:5 ?x ?1000|5 per mille)\b.{0,60})|(?:il nostro )?(?:codice fiscale|iban)\b.{0,4}[A-Z]{0,2}\d{6,}.{0,120}|.{0,60}\biban\b[^:]{0,30}\W{0,3}[A-Z]{2}\d{2}[ A-Z0-9]{10,40}.{0,40}|.{0,60}\b(?:il|un) tuo (?:contributo|sostegno|aiuto)\b.{0,120}|.{0,80}\b[28] ?x ?1000 a(?:l|d|lla|i)\b.{0,120}\bcodice\b.{0,80}|.{0,100}\b(?:per abbonarsi|per abbonamenti|come abbonarsi)\b(?! (?:c['’]è|serv|al (?:bus|tram|treno|teatro)))(?=.{0,40}[:@\d]|.{0,20}\b(?:scriv|telefon|chiam|visit|vai|clicc)).{0,160}|dona (?:ora|adesso|il tuo)\b.{0,80}"
        ),
    ),
    (
        "an embedded post",
        r"(?:(?:ecco|guarda|vedi|ascolta) )?(?:il |l['’]|la )?(?:video ?servizio|servizio video|video|audio|podcast|filmato|intervista video)\b[^.!?:]{0,40}:|video\s?: .{0,120}|(?:guarda|ascolta|segui)\b.{0,80}\b(?:in streaming|su www\.|sul canale|in diretta su|sull['’]app)\b.{0,80}",
    ),
    (
        "a greeting",
        r"(?:buongiorno|buonasera|ciao|salve)[^.!?]{0,20}[,!] .{0,60}\b(?:ecco|allego|mando|invio|trovate|righe|battute|pezzo)\b.{0,60}|(?:buongiorno|buonasera|buondì|ciao|salve|car[eio] (?:lettor[ei]|lettric[ei]|tutt[ei]|amic[hi]?e?|abbonat[ei])|gentil[ei] lettor[ei])(?: (?:a tutt[ei]|lettor[ei]|e lettrici|e buon \w+|e ben(?:venut|trovat)\w+)){0,3}\s?[,!]",
    ),
)
