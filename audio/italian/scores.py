"""Two numbers that are no sum: scores, fractions, ratios, products, and the chains of a team's shape or a part number."""

from __future__ import annotations

import re

from audio.italian import gender, money, numbers
from audio.italian.forms import Form
from audio.italian.rules import NUMBER, Hit, Rule, before, last_words
from audio.italian.tables import mapping

_SPECIAL_FRACTIONS = {"2": ("mezzo", "mezzi"), "3": ("terzo", "terzi"), "4": ("quarto", "quarti")}
# "gli 11/12 della tredicesima": a part of something, however small.
_OF = Form(r" (?:dei|degli|delle|della|dell'|del|dello)\b")
_DEGREES_AFTER = Form(r" ?°")
# "7/20 al tiro": hits out of shots.
_OUT_OF = Form(r" (?:al tiro|ai liberi|da (?:tre|due|[23])\b|dal campo|dall'arco)")
_BIGGEST_PART, _BIGGEST_ROUND_PART = 10, frozenset({"12", "15", "16", "20", "50", "100", "1000"})
_DECIMAL = frozenset({"100", "1000"})
_NAMED_X = frozenset(
    "raggi asse cromosoma fattore generazione ora giorno signor punto il la un una mister piano".split(" ")
)
_STREETS = frozenset("via viale piazza corso largo vicolo piazzale civico civici".split(" "))
# What stands before two numbers that are pages, hours or the like, never a score.
_RANGES = frozenset(
    "pagina pagine pag pagg pp p capitolo capitoli cap articolo articoli art artt comma commi versetti ore ora anni età "
    "numeri nn n tra fra da dai dalle circa punti righe stanza stanze interno interni scala civici civico canti giorni mesi "
    "euro km chilometri chilometro".split(" ")
)
_SCORES = tuple(
    "vince vinc vins vint vitt batt perd pers sconfi pareggi finisc finit finì termin risultat punteggi impos super espugn "
    "travol pieg match finale semifinal partit derby gara parzial gol rete reti rigor avanti andat ritorno trionf affond "
    "regol domin conquist chiud chius cede ceduto rimont fissa vantaggio ko set".split(" ")
)
# The shape of a screen is a fraction to the ear.
_SCREENS = {"16:9": "sedici noni", "4:3": "quattro terzi", "21:9": "ventuno noni"}
# Sets of tennis and volleyball, quarters of basketball: a tie-break, or another one beside it.
_SETS_AFTER = Form(r" ?\(\d{1,2}\)|,? \d{1,3}-\d{1,3}(?![\d-])")
_SETS_BEFORE = Form(r"(?<![\w-])\d{1,3}-\d{1,3}(?: ?\(\d{1,2}\))?,? $")
# "(0-0 pt)", of which the points of an index have no part.
_NAMED_BEFORE = Form(r"\b(?:pt|st|p\.t\.|s\.t\.|[Aa]ngoli:|ANGOLI:|[Aa]ng\.|[Cc]orner:) $")
_HOURS_AFTER = Form(r" or[ae]\b")
_NAMED_AFTER = Form(r" (?:dcr|d\.c\.r\.|dts|d\.t\.s\.|ai rigori|ai supplementari|al tie-break)")
_HALF = Form(r" ?(?:p\.?t|s\.?t)\b\.?")
_FEW_WORDS = 7
_TEAMS = Form(r"(?:[A-ZÀ-Þ][\w'.]*[-–][A-ZÀ-Þ][\w'. ]*|[A-ZÀ-Þ][\w']+) $")
# Of a match; of votes, where the words speak of a victory.
_HIGHEST_SCORE, _HIGHEST_COUNT = 199, 999


def _score(found: re.Match[str]) -> Hit | str | None:
    if half := _HALF.match(found.string, found.end()):
        said = " a ".join(map(numbers.read, re.split(r" ?[-–] ?", found[0])))
        return Hit(f"{said} nel {'primo' if half[0].strip()[0] == 'p' else 'secondo'} tempo", half.end())
    if money.counts(found.string, found.end()):
        return None  # "10-15 km": a quantity
    first, second = re.split(r" ?[-–] ?", found[0])
    joint = " a " if _is_score(found, first, second) else " "
    return f"{numbers.read(first)}{joint}{numbers.read(second)}"


def _is_score(found: re.Match[str], first: str, second: str) -> bool:
    if max(int(first), int(second)) > _HIGHEST_COUNT or (first + second)[0] == "0" != first:
        return False
    if _NAMED_BEFORE.search(before(found, 10)) or _NAMED_AFTER.match(found.string, found.end()):
        return True
    words = last_words(found, _FEW_WORDS)
    is_set = _SETS_AFTER.match(found.string, found.end()) or _SETS_BEFORE.search(before(found, 12))
    if not words or words[0] in _RANGES or is_set:
        return False
    # "3-5 volte" rises to a noun; "2-1 la Lazio" and "0-2 in casa" do not.
    is_range = int(first) < int(second) and (
        gender.counted(found.string, found.end()) or _HOURS_AFTER.match(found.string, found.end())
    )
    is_sport = any(word.startswith(_SCORES) for word in words)
    is_high = max(int(first), int(second)) > _HIGHEST_SCORE
    return not is_range and (is_sport or (not is_high and bool(_TEAMS.search(before(found)))))


def _chain(found: re.Match[str]) -> str:
    return " ".join(numbers.read(part) for part in re.findall(r"\d+", found[0]))


def _fraction(found: re.Match[str]) -> Hit | str:
    """Read "2/3" as "due terzi", and what is no fraction as its two numbers."""
    above, below = found["f_above"], found["f_below"]
    if _STREETS & set(last_words(found, 3)):
        return f"{numbers.read(above)} {numbers.read(below)}"
    if above == below or _OUT_OF.match(found.string, found.end()):
        return f"{numbers.read(above)} su {numbers.read(below)}"
    return _part(found) if _is_part(found) else _two(found)


def _is_part(found: re.Match[str]) -> bool:
    """Tell a part of a whole from two numbers: from the span of "5/6 persone", "800/1000 m" and "2/3°" too."""
    above, below, line, end = found["f_above"], found["f_below"], found.string, found.end()
    if (
        below in {"0", "1"}
        or "0" in {above[0], below[0]}
        or int(above) >= int(below)
        or _DEGREES_AFTER.match(line, end)
    ):
        return False
    is_measured = bool(money.counts(line, end))
    noun = gender.counted(line, end)
    is_span = above != "1" and int(below) == int(above) + 1 and (is_measured or bool(noun and noun[-1] in "ie"))
    if is_span or (is_measured and len(above) > 1):
        return False
    is_odd = int(below) > _BIGGEST_PART and (below not in _BIGGEST_ROUND_PART or above != "1") and below not in _DECIMAL
    return not is_odd or bool(_OF.match(line, end))


def _part(found: re.Match[str]) -> Hit | str:
    above, below = found["f_above"], found["f_below"]
    one, many = _SPECIAL_FRACTIONS.get(below) or (
        numbers.ordinal(int(below)),
        numbers.ordinal(int(below), plural=True),
    )
    if above == "1":
        return _part_of_unit(found, one) or _one_part(found, one, gender.counted(found.string, found.end()))
    return f"{numbers.cardinal(int(above))} {many}"


def _two(found: re.Match[str]) -> Hit | str:
    """Read two numbers that are no fraction, and the unit of "140/90 mmHg"."""
    above, below, end = numbers.read(found["f_above"]), found["f_below"], found.end()
    is_counted = money.counts(found.string, end) or _DEGREES_AFTER.match(found.string, end)
    if found["f_above"][0] == "0" or not is_counted:
        return f"{above} {numbers.read(below)}"
    last = money.counted(found.string, below, end, None, ranged=True)
    return Hit(f"{above} {last.said}", last.end)


def _doses(found: re.Match[str]) -> str:
    """Read "3/die" of a prescription."""
    count = int(found[0].partition("/")[0])
    return "una volta al giorno" if count == 1 else f"{numbers.cardinal(count)} volte al giorno"


def _marks(found: re.Match[str]) -> str:
    """Read "81,5/100", a mark with decimals."""
    mark, best = found[0].split("/")
    return f"{numbers.read(mark)} su {numbers.read(best)}"


def _out_of_many(found: re.Match[str]) -> str:
    """Read "3,4/100mila ab.", how many of so many."""
    return f"{numbers.read(found['o_count'])} ogni {numbers.read(found['o_of'])}{found['o_mila'] or ''}"


def _mixed(found: re.Match[str]) -> str:
    """Read "2½" as "due e mezzo"."""
    return f"{numbers.read(found['m_whole'])} e {mapping('symbols')[found['m_part']]}"


def _part_of_unit(found: re.Match[str], one: str) -> Hit | None:
    """Read "1/2 kg" as "mezzo chilo" and "1/4 l" as "un quarto di litro"."""
    if not money.counts(found.string, found.end()):
        return None
    whole = money.counted(found.string, "1", found.end(), None, ranged=True)
    unit = whole.said.replace("'", " ").partition(" ")[2]
    if one != "mezzo":
        return Hit(f"un {one} di {unit}", whole.end)
    return Hit(f"{'mezza' if gender.of(unit) == 'f' else 'mezzo'} {unit}", whole.end)


def _one_part(found: re.Match[str], one: str, noun: str | None) -> str:
    left = last_words(found, 1)
    if one == "mezzo" and noun:
        return "mezza" if gender.of(noun) == "f" else "mezzo"
    if one == "mezzo" and _OF.match(found.string, found.end()):
        return "metà"
    return one if left[:1] == ["un"] or (one == "mezzo" and left[:1] == ["e"]) else f"un {one}"


def _multiple(found: re.Match[str]) -> str:
    """Read "0,9x" of balance sheets."""
    return f"{numbers.read(found[0][:-1].replace('.', ','))} volte"


def _times(found: re.Match[str]) -> Hit:
    parts = re.findall(r"\d+(?:[.,]\d+)*", found[0])
    if money.counts(found.string, found.end()):  # "10x15 cm": the last number belongs to its unit
        last = money.counted(found.string, parts[-1], found.end(), None, ranged=True)
        return Hit(" per ".join([*map(numbers.read, parts[:-1]), last.said]), last.end)
    return Hit(" per ".join(map(numbers.read, parts)), found.end())


def _per_thousand(found: re.Match[str]) -> str:
    """Read "5xmille" and "8 x mille", shares of a tax."""
    return f"{numbers.read(re.match(r'[0-9]+', found[0])[0])} per {found[0].rpartition('x')[2].strip()}"  # type: ignore[index]


def _per(found: re.Match[str]) -> str | None:
    """Read the x of "1.000 euro x 12 mesi" and "allerta x temporali", but not of "raggi x"."""
    return None if _NAMED_X & set(last_words(found, 1)) else "per"


def _power(found: re.Match[str]) -> str:
    return f"{numbers.read(found[0][:-1])} al {'quadrato' if found[0][-1] == '²' else 'cubo'}"


def _raised(found: re.Match[str]) -> str:
    """Read "10^6" as "dieci alla sesta"."""
    base, power = found[0].split("^")
    sign = "meno " if power.startswith("-") else ""
    return f"{numbers.read(base)} alla {sign}{numbers.ordinal(int(power.lstrip('-')), gender='f')}"


def _power_of_letters(found: re.Match[str]) -> str:
    """Read "mc²" of a formula."""
    return f"{numbers.letters(found[0][:-1])} al {'quadrato' if found[0][-1] == '²' else 'cubo'}"


def _ratio(found: re.Match[str]) -> str:
    if found[0] in _SCREENS:
        return _SCREENS[found[0]]
    return " a ".join(numbers.read(part) for part in re.split(" ?: ?", found[0]))


RULES = (
    Rule("times", r"(?<![\w.,/-])\d{1,4}[²³](?!\w)", _power, "%"),
    Rule("times", r"(?<!\w)(?![cdkm]?m[²³])[^\W\d_]{1,3}[²³](?!\w)", _power_of_letters, "J"),
    Rule("fraction", r"(?<![\w.,/-])(?P<m_whole>\d{1,4}) ?(?P<m_part>[½¼¾⅓⅔])", _mixed, "%"),
    Rule("times", r"(?<![\w.,/-])\d{1,2}/(?:die|dì)(?!\w)", _doses, "/"),
    Rule("fraction", r"(?<![\w.,/-])\d{1,3},\d{1,2}/(?:10|30|100|110)(?![\w/]|[.,]\d)", _marks, ","),
    Rule(
        "ratio",
        r"(?<![\w.,/-])(?P<o_count>\d{1,4}(?:,\d{1,2})?)/(?P<o_of>10{0,2}(?=mila)|10{0,2}\.000)(?P<o_mila>mila)?(?!\w|[.,]\d)",
        _out_of_many,
        "/,",
    ),
    Rule("ratio", r"(?<![\w.,:/-])\d{1,3}(?::| : )\d{1,4}(?:\.\d{3})*(?![\w:/]|[.,]\d)", _ratio, ":"),
    Rule("fraction", r"(?<![\w.,/-])(?P<f_above>\d{1,3})/(?P<f_below>\d{1,4})(?![\w/€]|[.,]\d| ?[%€])", _fraction, "/"),
    Rule(
        "score",
        r"(?<![\w.,/–-])\d{1,4} ?[-–] ?\d{1,4}(?![\w%‰€$£°ºª]|[-–/]\w|[.,]\d| ?(?:per cento|[€%]))",
        _score,
        "-",
    ),
    Rule("code", r"(?<![\w.,])\d{1,4}(?:[-–]\d{1,4}){2,}(?![\w]|[-–]\w)", _chain, "-"),
    Rule("times", r"(?<![\w.,])\d{1,4}\^-?\d{1,3}(?!\w)", _raised, NUMBER),
    Rule("times", r"(?<![\w.,])\d{1,3} ?x ?(?:mille|cento)(?!\w)", _per_thousand, "lxa"),
    Rule(
        "times",
        r"(?<![\w.,])\d{1,2}(?:[.,]\d{1,2}x|x(?= (?:(?:il|gli|l') ?)?(?i:ebitda|utili|ricavi|vendite)))(?!\w)",
        _multiple,
        ",.l",
    ),
    Rule("times", r"(?<=[\w%€°.'] )x(?= ?[\da-zà-ÿ])", _per, first="x"),
    Rule("times", r"(?<![\w.,])\d{1,4}(?:,\d+)?(?: ?[x×] ?\d[\d.]{0,8}(?:,\d+)?)+(?!\w)", _times, "a,lx."),
)
