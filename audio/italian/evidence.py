"""What must stand around an abbreviation for it to be one: the needs that its row names."""

from __future__ import annotations

import functools
import re

from audio.italian.forms import Form

# A capital word that begins a sentence, and so is no name a title could belong to.
OPENERS = frozenset(
    "Il Lo La I Gli Le L Un Una Uno E Ed È Ma Non Poi Ora Oggi Ieri Domani Per Con In Da Di Nel Nella Al Alla Ai Del Della "
    "Dal Dalla Su Sul Sulla Tra Fra Ha Hanno Era Sono Si Se Che Chi Quando Anche Dopo Prima Così Questo Questa Quello Quella "
    "Mentre Intanto Infine Inoltre Nessuno Tutti Tutto Come Perché Secondo Secondo A O Ci C Lui Lei Loro Ecco Qui Invece "
    "Nessun Nessuna Però Senza Solo Sì No Già Ancora Nei Nelle Negli Alle Agli Dai Dalle Dei Delle Degli Finora "
    "Nemmeno Neanche Neppure Forse Quindi Perciò Dunque Tanto Molti Molte Alcuni Alcune Ogni Due Tre Serve Sarà Vedremo".split(
        " "
    )
)
# The word after, behind quotes, brackets and signs; a mark between parts the two.
_NEXT = Form(r"[^\w.,;:!?%€$£°§&+=]{0,9}(?P<first>[^\W_]|[%€$£°§&+=])(?P<rest>[^\W_]*)")
_TITLE = Form(r" (?:prof|avv|ing|dott|on|sen|gen|mons|card|arch|col|cap)\. [A-ZÀ-Þ]")
_RIVAL_BEFORE = Form(r"[A-ZÀ-Þ][\w'.]+ $")
_NUMBER = (
    r" ?[«“\"(]?(?:(?:UE|Ue|CEE?|Ce)\)? )?(?:[nN](?:\.|°|º|\.°) ?)?(?:\d(?!\d?enn)|[IVX]\b|[IVXLCDM]{2,}\b|unic[oa]\b)"
)
_ARTICLE = r"(?i:\b(?:(?:il|lo|la|(?:d[ea]|a|ne|su)l(?:l[ao])?|col|un|una|ex|vice|neo|questo|quel) |(?:l|un|(?:d[ea]|a|ne|su)ll?|quell)'))$"
# Each need: the pairs of (before, after) one of which must hold; an empty form always does.
_AROUND = {
    "num": (("", _NUMBER),),
    "day": (
        ("", _NUMBER),
        ("", r" (?:chius|apert|ore\b|alle\b|h\.? ?\d|matt|sera|pom|e (?i:lun|mar|merc?|giov?|ven|sab|dom)\.)"),
        (r"\b(?i:dal|al|il|ogni|nel|di|ch\.|chius[oaie]|apert[oaie]|oggi,?|domani,?|ieri,?|\d[ªa°º]) $", ""),
        (r"(?i:\b(?:lun|mart?|merc?|giov?|ven|sab)\.(?:,| e| al?)) $", ""),
        (r"\b(?i:da|a) $", r" (?:a|al) (?i:lun|mar|mart|merc?|giov?|ven|sab|dom)\b"),
        ("", r" (?:fino|solo|anche|e festivi|dalle)\b"),
    ),
    # "max 12°", "min -3", "min 3/max 9": a temperature.
    "deg": (
        ("", r" ?(?:[-–+] ?\d|\d{1,2}(?:[.,]\d)?(?: ?°|[ /,-]{1,2}(?i:max|min)\b))"),
        (r"(?i:\b(?:min|max))\.? ?[-–+]?\d{1,2}°?[/, -]{1,2}$", ""),
    ),
    "roman": (("", r" ?[IVXLCDM]+(?!\w)"), (r"(?:(?<!\w)[IVXLCDM]{1,6}|\d[°º]) $", "")),
    "era": ((r"(?:\d|[IVXLCDM]|\bsecolo|\bsec\.|\banno|\bmese|[a-z](?:aio|zo|ile|gio|gno|lio|osto|bre)) ?$", ""),),
    # "il cap. dei carabinieri", "l'ing. capo": an article before, a small letter after; the dot ends no sentence.
    "the": ((_ARTICLE, r" [a-zà-ÿ]"),),
    "office": (("", r" (?:a|al|all|alla|alle|ai|agli)\b"),),
    "fee": (("", r" (?:gratuit|liber|inter|ridott|euro|€|\d|a pagamento|con )"),),
    "price": (("", r" ?(?:€ ?\d|\d{1,3}(?:[.,]\d\d)? ?(?:€|euro\b|(?:,|e|/|-) ?rid))"),),
    "score": (("", r" \d{1,3}-\d{1,3}\b"),),
    "of": (("", r" (?:d[ie]|del|della|dei|degli|delle|dello|dell') ?"),),
    # The sheet of a match: "All.: Conte".
    "colon": (("", r" ?:"),),
    "floor": (("", r" \d{1,2}[°º]"),),
    "unit": (("", r" (?:\d|[A-Z]{1,2}-?\d{0,3}(?!\w))"),),
    "court": (("", r",? (?:[Ss]ez|[Cc]iv|[Pp]en|n\.|\d|[A-ZÀ-Þ])"),),
    "note": ((r"(?:^|[.!?…] )[«“\"(]?$", ""),),
    "law": (("", r" (?:art|comma|sent|nota|pag|p\.|anche|sopra|sotto|supra|infra)"),),
    # After a rank: "al 3° p.", "la 6ª punt."; after a number: "le 19 ca.".
    "storey": ((r"\d[°ºª] $", ""),),
    "tally": ((r"\d $", ""),),
    "date": (("", r" \d{1,2}[./-]\d{1,2}[./-]\d"),),
    # In a sheet of marks: "Toloi sv, Hien 6"; in brackets: "15,2 (inv.)".
    "sheet": ((r"[A-ZÀ-Þ][\w'’-]+ $", r"(?:[,;)]|\.?$)"),),
    "brackets": ((r"\($", r"\)"),),
    "bound": ((r"\bin $", r" [A-ZÀ-Þ]"),),
    "road": (
        (r"\b(?:in|angolo|ang\.|zona|tra|fra|da|di)[ /]$", r" [A-ZÀ-Þ]"),
        ("", r" [A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?,? \d{1,4}(?![\d-])"),
    ),
    # "nel s.t.", "s.t. 12'"; in a contract it is something else.
    "half": (("", r" ?(?:\d{1,2}'|:)"), (r"(?:\d'|\b(?:n?el|del|dal|fine|metà)) $", "")),
    "crowd": (("", r" (?:\d|pagant|circa|tot)"),),
    "month": (
        ("", r" \d{1,2}(?:[°º]? (?i:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)|/\d|[.:]\d\d(?!\d))"),
        ("", r" (?:(?:alle )?ore \d|h\.? ?\d|e (?:gio|giov|mer|merc|ven)\.)"),
        (r"(?i:\b(?:dal|lun\.(?:,| e)|oggi,?|domani,?|ieri,?|ogni)) $", " "),
    ),
    "each": ((r"(?:\d|[€£$]|euro|ml[nd]|mila) $", ""),),
    "reg": (("", r" (?:G\.? ?[RCM]\.?|C\.? ?C\.?|n\.)"),),
}
_REACH = 24


def bears_out(needs: str, line: str, start: int, end: int) -> bool:
    """Tell whether what stands before ``start`` and after ``end`` is what a row of the table asks for."""
    if needs in _AROUND or ":" in needs:
        left = line[max(0, start - _REACH) : start]
        return any(before.search(left) and after.match(line, end) for before, after in _forms(needs))
    first = _NEXT.match(line, end)
    is_capital = bool(first and first["first"].isupper())
    opens = bool(
        first and first["first"] + first["rest"] in OPENERS and line[first.end() : first.end() + 1] not in {".", "-"}
    )
    if needs == "cap":
        return (is_capital and not opens) or bool(_TITLE.match(line, end))
    if needs == "match":
        return is_capital and bool(_RIVAL_BEFORE.search(line[max(0, start - _REACH) : start]))
    return needs != "any" or bool(first and not opens)


@functools.cache
def _forms(needs: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the pairs of a need, compiled when a line first asks; a row may name the very words."""
    pairs = _AROUND.get(needs) or (_neighbours(needs),)
    return tuple((re.compile(before), re.compile(after)) for before, after in pairs)


def _neighbours(needs: str) -> tuple[str, str]:
    """Return the pair of "after:raccolta" and "before:regional*,comunal*", words that stand on one side."""
    side, _, listed = needs.partition(":")
    words = "|".join(
        re.escape(word[:-1]) + r"\w*" if word[-1] == "*" else re.escape(word) for word in listed.split(",")
    )
    return (rf"(?:\b|(?=\W))(?i:{words})(?:[ (]|(?<='))$", "") if side == "after" else ("", rf",? (?i:{words})(?!\w)")
