"""Our readings beside others', and how fast: raw text, regular expressions with num2words, spokenform, espeak-ng.

    python benchmarks/italian.py              # accuracy of each class on the set of cases, then speed
    python benchmarks/italian.py --hostile    # and seconds for two million characters of each hostile text

A case counts as read when the reading equals an accepted one, blanks, marks and capitals aside. espeak-ng reads no
letters: it counts where it makes the same phonemes of the written form as of an accepted one, which flatters it.
spokenform is tried where it is installed (``pip install spokenform``). None of these is a dependency of the program.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib
import importlib.util
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import quality_gate  # noqa: E402 - the gate beside this one

from audio.italian import spoken  # noqa: E402 - the checkout, not an installed copy

Reader = Callable[[str], str]
ARTICLE = (ROOT / "examples" / "nato-munizioni.txt").read_text(encoding="utf-8")
STRESSED = frozenset({"accent", "homograph", "name"})
STARTS, TURNS_SECONDS = 7, 1.0
HOSTILE_CHARACTERS = 2_000_000
# What repeats, with the tokens that start most rules.
HOSTILE = (
    *("I e ", "XX ", "X ", "I-", "a@", "12-", "1/", "1:", "1-1 ", "S. ", "art. ", "A.A.A.", "A.", "n. ", "(", "((( "),
    *(
        "1.1.1.1",
        "www.",
        "#",
        "+39 ",
        "😀",
        "e\u0301\u0301",
        "'a ",
        "('a",
        "1'",
        "1° ",
        "€ ",
        "x9",
        "BCE ",
        "Bce ",
        "alle 10.30 ",
    ),
    *("1 milione ", "il 3 marzo ", "principi ", "Macron ", "parola ", " ", "-", "1" * 60, "a" * 60),
)


def naive() -> Reader:
    """Return what a short script does: a dozen substitutions, and num2words for whatever digits are left."""
    from num2words2 import num2words

    def number(found: re.Match[str]) -> str:
        whole, _, fraction = found[0].replace(".", "").partition(",")
        said = str(num2words(int(whole), lang="it"))
        return f"{said} virgola {num2words(int(fraction), lang='it')}" if fraction else said

    steps: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
        (r"(\d+)(?:º|°)", lambda f: str(num2words(int(f[1]), lang="it", to="ordinal"))),
        (r"€ ?([\d.,]+)", r"\1 euro"),
        (r"€", " euro"),
        (r"\$", " dollari"),
        (r" ?%", " per cento"),
        (r"\bdott\.", "dottor"),
        (r"\bart\.", "articolo"),
        (r"\bn\. ?(?=\d)", "numero "),
        (r"\becc\.", "eccetera"),
        (r"\bkm/h\b", "chilometri orari"),
        (r"\bkm\b", "chilometri"),
        (r"\bmln\b", "milioni"),
        (r"\bmld\b", "miliardi"),
        (r"(\d{1,2}):(\d\d)", r"\1 e \2"),
        (r"\d+(?:\.\d{3})*(?:,\d+)?", number),
    )

    def read(text: str) -> str:
        for form, said in steps:
            text = re.sub(form, said, text)
        return text

    return read


def spokenform() -> Reader | None:
    """Return spokenform's Italian, None where it is not installed."""
    if importlib.util.find_spec("spokenform") is None:
        return None
    prepare = importlib.import_module("spokenform").prepare
    return lambda text: str(prepare(text, language="it", normalize_literals=True).text)


def phonemes() -> Reader:
    """Return what espeak-ng's Italian voice makes of a text, in IPA."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetVoiceByName(b"it")

    def read(text: str) -> str:
        place = ctypes.c_char_p(text.encode())
        out = []
        while place.value:
            out.append((library.espeak_TextToPhonemes(ctypes.byref(place), 1, 2) or b"").decode())
        return " ".join(out)

    return read


def bare(text: str) -> str:
    """Return the letters of a reading in small form."""
    return re.sub(r"\W", "", text.lower())


def heard(ipa: str, kind: str) -> str:
    """Return phonemes to compare; stress and length count only where the class is about them."""
    return bare(ipa if kind in STRESSED else re.sub("[ˈˌː]", "", ipa))


def accuracy(readers: dict[str, Reader]) -> None:
    """Print per cent read right in each class and in all, a column for each reader."""
    ipa = phonemes()
    right: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    total: dict[str, int] = defaultdict(int)
    for kind, written, accepted in quality_gate.cases():
        wanted = {bare(form) for form in accepted}
        sounds = {heard(ipa(form), kind) for form in accepted}
        for group in (kind, "ALL"):
            total[group] += 1
            for name, read in readers.items():
                right[group][name] += bare(read(written)) in wanted
            right[group]["espeak-ng"] += heard(ipa(written), kind) in sounds
    names = [*readers, "espeak-ng"]
    print(f"{'class':20}{'n':>6}" + "".join(f"{name:>12}" for name in names))
    for kind in [*sorted(total.keys() - {"ALL"}), "ALL"]:
        print(
            f"{kind:20}{total[kind]:6}" + "".join(f"{100 * right[kind][name] / total[kind]:11.1f}%" for name in names)
        )


def speed(readers: dict[str, Reader]) -> None:
    """Print characters a second on an article, and milliseconds from the start to a first reading (medians)."""
    lines = [line for line in ARTICLE.splitlines() if line]
    size = sum(map(len, lines))
    for name, read in readers.items():
        turns, begin = 0, time.process_time()
        while (spent := time.process_time() - begin) < TURNS_SECONDS:
            for line in lines:
                read(line)
            turns += 1
        print(f"{name:12} {turns * size / spent:12,.0f} characters a second")
    code = (
        "import time; t = time.process_time(); from audio.italian import spoken; "
        "spoken('Il 3,5% del Pil, il dott. Rossi, la BCE, il XX secolo, alle 18.30'); print(time.process_time() - t)"
    )
    starts = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True) for _ in range(STARTS)
    ]
    print(f"import, tables and a first reading: {1000 * statistics.median(float(run.stdout) for run in starts):.0f} ms")


def hostile() -> None:
    """Print the seconds that two million characters of each hostile text take, the slowest first."""
    spent = []
    for piece in HOSTILE:
        text = (piece * (HOSTILE_CHARACTERS // len(piece) + 1))[:HOSTILE_CHARACTERS]
        begin = time.process_time()
        spoken(text)
        spent.append((time.process_time() - begin, piece))
    for seconds, piece in sorted(spent, reverse=True):
        print(f"{seconds:8.2f} s  {piece[:20]!r}")


def main() -> None:
    """Print accuracy, speed and, where asked, hostile texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hostile", action="store_true", help="time hostile texts as well")
    options = parser.parse_args()
    readers: dict[str, Reader] = {"ours": spoken, "raw text": str, "naive": naive()}
    if other := spokenform():
        readers["spokenform"] = other
    accuracy(readers)
    speed(readers)
    if options.hostile:
        hostile()


if __name__ == "__main__":
    main()
