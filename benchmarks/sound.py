"""The back end's speed and memory, against a plain script and against the encoder alone.

``python benchmarks/sound.py`` speaks the clips once and prints the table of docs/performance.md; ``--quick`` leaves
out what takes minutes. Each row compares two programs on the same clips, run by turns in this one call; figures are
medians, in seconds of wall clock and of processors, and MiB at the peak. Its programs can be run alone on the clips:

    ours    measure, lay out, level, limit, encode, tag: all that a bulletin needs, nothing remembered
    limit   the encoder alone, on as many threads, its sound ready at the programme's rate: nobody can be faster
    naive   what one writes first: gTTS's MP3s or WAVs joined with pydub's ``+=`` and exported (this one needs ffmpeg)
"""

from __future__ import annotations

import argparse
import io
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
BITRATE, RATE, QUALITY, USUAL_QUALITY = 96, 44_100, 7, 5
TARGET = -16.0
SENTENCES = (
    "Il consiglio dei ministri ha approvato la legge di bilancio, che passa adesso all'esame del Senato.",
    "La procura ha aperto un fascicolo sull'incidente avvenuto ieri mattina lungo l'autostrada del Sole.",
    "Secondo l'istituto di statistica, a ottobre l'occupazione è cresciuta dello zero virgola due per cento.",
    "Il ponte resta chiuso al traffico fino a domenica; i treni regionali viaggiano con venti minuti di ritardo.",
    "Piove al Nord, sole al Sud e sulle isole maggiori, con temperature in lieve aumento.",
    "La squadra di casa ha vinto per due a uno e sale al terzo posto della classifica.",
    "Il presidente della Repubblica ha ricevuto al Quirinale una delegazione di sindaci dei comuni alluvionati.",
    "A Bruxelles i ministri degli Esteri discutono il pacchetto di sanzioni: la riunione comincia alle quindici.",
)
PAUSES = (0.3, 0.3, 0.6)


# ------------------------------------------------------------------------------------------ clips


def speak_clips(folder: Path, count: int, *, ready: bool = True) -> None:
    """Write ``count`` clips of the embedded voice, no two the same, and with ``ready`` the whole sound for limit."""
    import numpy as np

    from audio import engines, pcm
    from audio.model import Span

    engine = engines.make("espeak")
    base = [engine.speak((Span(text),), "it") for text in SENTENCES]
    engine.close()
    folder.mkdir(parents=True)
    with (folder / "whole.raw").open("wb") as whole:
        for index in range(count):
            speech = base[index % len(base)]
            sound = bytes(2 * (index // len(base))) + speech.pcm
            with wave.open(str(folder / f"{index:05}.wav"), "wb") as file:
                file.setparams((1, 2, speech.rate, 0, "NONE", ""))
                file.writeframes(sound)
            if ready:
                samples = pcm.resample(np.frombuffer(sound, "<i2"), speech.rate, RATE)
                whole.write(samples.tobytes() + bytes(2 * round(PAUSES[index % 3] * RATE)))


def fill_cache(folder: Path) -> None:
    """Lay the clips where a voice would have left them."""
    from audio.engines.cache import Cache
    from audio.model import Speech

    cache = Cache(folder / "cache", 10**12)
    for path in sorted(folder.glob("*.wav")):
        with wave.open(str(path), "rb") as file:
            cache.put(f"{path.stem:0>64}", Speech(file.readframes(file.getnframes()), file.getframerate()))


# ------------------------------------------------------------------------------------------ the three programs


def ours(folder: Path, jobs: int, *extra: str) -> None:
    """Make the bulletin with this program's back end; ``edited`` swaps the sound of one clip in the middle first."""
    from audio import sound
    from audio.config import SoundSettings
    from audio.engines.cache import Cache
    from audio.model import Role, Script, Segment, Speech, Tags

    cache = Cache(folder / "cache", 10**12)
    keys = [f"{path.stem:0>64}" for path in sorted(folder.glob("*.wav"))]
    if "edited" in extra:
        keys[len(keys) // 2] = keys[0]
    segments = [Segment(Role.PARAGRAPH, "", "", "it", PAUSES[i % 3], i // 50) for i in range(len(keys))]
    script = Script("Prova", False, tuple(f"Parte {i}" for i in range(len(keys) // 50 + 1)), tuple(segments))
    digests = [cache.digest(key) or "" for key in keys]

    def load(index: int) -> Speech:
        return cache.get(keys[index]) or Speech(b"", RATE)

    settings = SoundSettings(target_lufs=TARGET, bitrate_kbps=BITRATE, music="music" in extra)
    if "stereo" in extra:
        settings = replace(settings, profile="music", bitrate_kbps=128)
    memory = sound.Memory(digests, cache)
    with (folder / "ours.mp3").open("wb+") as out:
        timeline = sound.render(script, load, settings, Tags("Prova", "A", "B"), out, memory=memory, jobs=jobs)
    (folder / "seconds").write_text(str(timeline.seconds))


def limit(folder: Path, jobs: int, *extra: str) -> None:
    """Encode sound that is ready, a stretch on each thread, and write it: no loudness, no limiter, no chapters.

    With ``usual`` LAME works as carefully as it does where nobody asks for less.
    """
    import lameenc

    size = (folder / "whole.raw").stat().st_size // 2
    borders = [size * part // jobs * 2 for part in range(jobs + 1)]

    def stretch(part: int) -> bytes:
        encoder = lameenc.Encoder()
        encoder.set_bit_rate(BITRATE)
        encoder.set_in_sample_rate(RATE)
        encoder.set_out_sample_rate(RATE)
        encoder.set_channels(1)
        encoder.set_quality(USUAL_QUALITY if "usual" in extra else QUALITY)
        encoder.silence()
        mp3 = bytearray()
        with (folder / "whole.raw").open("rb") as file:
            file.seek(borders[part])
            left = borders[part + 1] - borders[part]
            while left:
                mp3 += encoder.encode(file.read(min(left, 2 * 10 * RATE)))
                left = max(0, left - 2 * 10 * RATE)
        return bytes(mp3 + encoder.flush())

    with ThreadPoolExecutor(jobs) as pool:
        (folder / "limit.mp3").write_bytes(b"".join(pool.map(stretch, range(jobs))))


def naive(folder: Path, _jobs: int, *extra: str) -> None:
    """Join the clips as one writes it first; ``mp3`` takes them as gTTS gives them, ``loudnorm`` levels by ffmpeg."""
    from pydub import AudioSegment

    kind = "mp3" if "mp3" in extra else "wav"
    programme = AudioSegment.empty()
    for index, path in enumerate(sorted(folder.glob(f"*.{kind}"))):
        programme += AudioSegment.from_file(path, kind) + AudioSegment.silent(round(1000 * PAUSES[index % 3]))
    programme.set_frame_rate(RATE).export(folder / "naive-out.mp3", format="mp3", bitrate=f"{BITRATE}k")
    if "loudnorm" in extra:
        asked = "loudnorm=I=-16:TP=-1:dual_mono=true:print_format=json"
        command = ["ffmpeg", "-y", "-hide_banner", "-i", str(folder / "naive-out.mp3"), "-af"]
        first = subprocess.run([*command, asked, "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
        found = json.loads(first[first.rindex("{") : first.rindex("}") + 1])
        names = {"input_i": "I", "input_tp": "TP", "input_lra": "LRA", "input_thresh": "thresh"}
        told = ":".join(f"measured_{short}={found[name]}" for name, short in names.items())
        out = ["-ar", str(RATE), "-b:a", f"{BITRATE}k", str(folder / "level.mp3")]
        subprocess.run([*command, f"{asked}:{told}:linear=true", *out], capture_output=True, check=True)


PROGRAMS: dict[str, Callable[..., None]] = {"ours": ours, "limit": limit, "naive": naive}


# ------------------------------------------------------------------------------------------ measuring


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost: seconds of clock, seconds of processors, MiB at the peak."""

    wall: float
    cpu: float
    peak: float


def run(program: str, folder: Path, jobs: int, *extra: str) -> Cost:
    """Run a program in a process of its own, with nothing remembered unless ``extra`` says ``warm``."""
    if program == "ours" and "warm" not in extra:
        for note in (folder / "cache").rglob("*.note"):
            note.unlink()
    command = [sys.executable, __file__, "--run", program, str(folder), str(jobs), *extra]
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, float(told))


def peak_mib() -> float:
    """Return this process's peak of memory; ru_maxrss would count what its parent had when it began."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text()).group(1)) / 1024  # type: ignore[union-attr]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def pairs(first: Sequence[str], second: Sequence[str], folder: Path, rounds: int) -> tuple[Cost, Cost, float, float]:
    """Run two programs by turns; return the medians of both and of the ratios of each turn, wall and processors."""
    runs = [(run(first[0], folder, 2, *first[1:]), run(second[0], folder, 2, *second[1:])) for _ in range(rounds)]
    medians = [
        Cost(*(statistics.median(getattr(turn[side], name) for turn in runs) for name in ("wall", "cpu", "peak")))
        for side in (0, 1)
    ]
    wall, cpu = (statistics.median(getattr(a, name) / getattr(b, name) for a, b in runs) for name in ("wall", "cpu"))
    return medians[0], medians[1], wall, cpu


def quality(folder: Path) -> str:
    """Return what a meter and a ruler say of the decoded MP3."""
    import numpy as np

    from audio import pcm
    from audio.sound import limiter, loudness

    steps, peak, samples = [], 0.0, 0
    with (folder / "ours.mp3").open("rb") as file:
        for block, rate in pcm.decode_blocks(io.BytesIO(file.read()), 10.0):
            steps.append(loudness.energies(block, rate))
            peak = max(peak, limiter.true_peak(block))
            samples += len(block)
    heard = loudness.integrated_lufs(np.concatenate(steps)) + loudness.AS_HEARD_DB
    planned = float((folder / "seconds").read_text())
    return f"{heard:.2f} LUFS, {20 * np.log10(peak):.2f} dBTP, {samples - round(planned * RATE):+d} samples"


def row(name: str, first: Sequence[str], second: Sequence[str], folder: Path, rounds: int) -> None:
    """Print a row of the table."""
    a, b, wall, cpu = pairs(first, second, folder, rounds)
    figures = [f"{a.wall:.2f} / {a.cpu:.2f} / {a.peak:.0f}", f"{b.wall:.2f} / {b.cpu:.2f} / {b.peak:.0f}"]
    print(f"| {name} | {' | '.join(figures)} | {wall:.2f} | {cpu:.2f} | {quality(folder)} |", flush=True)


def main() -> None:
    """Speak the clips, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", nargs="+", help="PROGRAM FOLDER JOBS [EXTRA…]: one program, alone")
    parser.add_argument("--quick", action="store_true", help="only up to 100 clips")
    parser.add_argument("--growth", action="store_true", help="only how the cost grows, to 5,000 clips")
    parser.add_argument("--rounds", type=int, default=5, help="turns for each row")
    options = parser.parse_args()
    if options.run:
        PROGRAMS[options.run[0]](Path(options.run[1]), int(options.run[2]), *options.run[3:])
        print(peak_mib())
        return
    with tempfile.TemporaryDirectory() as temporary:
        if options.growth:
            growth(Path(temporary))
            return
        table(Path(temporary), options.rounds, [10, 100] if options.quick else [10, 100, 1000, 5000])


def growth(folder: Path) -> None:
    """Print what 10 to 5,000 clips cost, and what the plain script takes for as many as it can in a while."""
    print(
        "| clips | ours: CPU s, per 100 clips, peak MiB | plain script: CPU s, per 100 clips, peak MiB |\n|---|---|---|"
    )
    for count in (10, 100, 300, 1000, 5000):
        clips = folder / str(count)
        speak_clips(clips, count, ready=False)
        fill_cache(clips)
        cells = [run("ours", clips, 2)]
        cells += [run("naive", clips, 1)] if shutil.which("ffmpeg") and count <= 1000 else []
        shown = [f"{cost.cpu:.2f}, {cost.cpu / count * 100:.2f}, {cost.peak:.0f}" for cost in cells]
        print(f"| {count} | {' | '.join(shown)} |", flush=True)
        shutil.rmtree(clips)


def table(folder: Path, rounds: int, sizes: Sequence[int]) -> None:
    """Print all rows."""
    print("| row | wall s / CPU s / peak MiB | against | wall ratio | CPU ratio | decoded |\n|---|---|---|---|---|---|")
    has_ffmpeg = shutil.which("ffmpeg") is not None
    for count in sizes:
        clips = folder / str(count)
        speak_clips(clips, count)
        fill_cache(clips)
        turns = rounds if count <= 100 else max(1, rounds // 3) if count <= 1000 else 1
        row(f"{count} clips, against the encoder alone", ["ours"], ["limit"], clips, turns)
        row(f"{count} clips, against the encoder at its usual quality", ["ours"], ["limit", "usual"], clips, turns)
        row(f"{count} clips, nothing changed", ["ours", "warm"], ["limit"], clips, turns)
        row(f"{count} clips, one edited, against cold", ["ours", "warm", "edited"], ["ours"], clips, 1)
        if has_ffmpeg and count <= 1000:
            row(f"{count} clips, against the plain script", ["ours"], ["naive"], clips, turns if count <= 100 else 1)
        if has_ffmpeg and count == 100:
            for path in sorted(clips.glob("*.wav")):
                subprocess.run(["ffmpeg", "-v", "error", "-i", path, path.with_suffix(".mp3")], check=True)
            row("100 clips, against the script with loudnorm", ["ours"], ["naive", "loudnorm"], clips, 2)
            row("100 clips, against the script on MP3s", ["ours"], ["naive", "mp3"], clips, 2)
        shutil.rmtree(clips)


if __name__ == "__main__":
    main()
