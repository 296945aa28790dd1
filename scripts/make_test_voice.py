"""Write the voice that the tests of Piper speak with: a few kB that the real piper-tts loads, a beep for each phoneme.

    pip install onnx && python scripts/make_test_voice.py

The files are committed, so that the tests need no ``onnx``. The graph is ours: each phoneme has a length and a pitch in
three tables, frames follow from the lengths, and a sine from the pitches. It honours the three scales a real voice has
(noise, length, noise of length); marks and pads are silent.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent.parent / "tests" / "voices"
NAME = "it_IT-prova-tiny"
RATE, HOP, SYMBOLS = 22_050, 256, 256
_LETTERS = (
    "abcdefhijklmnopqrstuvwxyzæçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏ"
    "ʐʑʒʔʕʘʙʛʜʝʟʡʢʲˈˌːˑ˞βθχᵻⱱ"
)
_VOWELS = set("aeiouɛɔɪʊəæɑɒʌyø")
# Those Piper's own tables give to the marks that every voice has.
IDS = {mark: index for index, mark in enumerate("_^$ !'(),-.:;?")} | {
    letter: 14 + index for index, letter in enumerate(_LETTERS)
}


def tables() -> dict[str, np.ndarray]:
    """Return frames, cycles a sample, and amplitude of each symbol; together about a newsreader's pace."""
    frames, cycles, loud = (np.zeros(SYMBOLS, np.float32) for _ in range(3))
    for symbol, index in IDS.items():
        if symbol in "_^$ˈˌ":
            frames[index] = 0.4
        elif symbol in ".:;?!,":
            frames[index] = 14 if symbol == "," else 24
        elif symbol in " -'()":
            frames[index] = 2
        elif symbol == "ː":
            frames[index] = 3
        else:
            vowel = symbol in _VOWELS
            frames[index] = 6.5 if vowel else 4.2
            cycles[index] = ((160 + 9 * (index % 23)) if vowel else (420 + 13 * (index % 31))) / RATE
            loud[index] = 0.3 if vowel else 0.08
    return {"frames_of": frames, "cycles_of": cycles, "loud_of": loud}


# What is computed, one line each: output = operator(inputs); operator attributes follow in braces.
GRAPH = """
noise = Gather(scales, zero)
length = Gather(scales, one)
ids = Reshape(input, flat)
frames = Gather(frames_of, ids)
stretched = Mul(frames, length)
whole = Ceil(stretched)
ends = CumSum(whole, zero)
total = ReduceSum(whole) {"keepdims": 0}
clock = Range(nought, total, unit)
clock_column = Unsqueeze(clock, axis_one)
ends_row = Unsqueeze(ends, axis_zero)
past = LessOrEqual(ends_row, clock_column)
past_number = Cast(past) {"to": 7}
place = ReduceSum(past_number, axis_one) {"keepdims": 0}
now = Gather(ids, place)
now_cycles = Gather(cycles_of, now)
now_loud = Gather(loud_of, now)
cycles_column = Unsqueeze(now_cycles, axis_one)
loud_column = Unsqueeze(now_loud, axis_one)
cycles_samples = Tile(cycles_column, hop)
loud_samples = Tile(loud_column, hop)
cycles = Reshape(cycles_samples, flat)
loud = Reshape(loud_samples, flat)
turns = CumSum(cycles, zero)
turns_whole = Floor(turns)
phase = Sub(turns, turns_whole)
angle = Mul(phase, circle)
sine = Sin(angle)
tone = Mul(sine, loud)
random = RandomNormalLike(tone)
random_scaled = Mul(random, noise)
random_soft = Mul(random_scaled, softness)
random_loud = Mul(random_soft, loud)
sound = Add(tone, random_loud)
shaped = Reshape(sound, batch_shape)
lengths = Cast(input_lengths) {"to": 1}
lengths_none = Mul(lengths, nought)
output = Add(shaped, lengths_none)
"""


def build() -> onnx.ModelProto:
    """Return the model; its last two lines keep an input alive that Piper always feeds."""
    constants: dict[str, Any] = tables() | {
        "zero": np.int64(0),
        "one": np.int64(1),
        "nought": np.float32(0),
        "unit": np.float32(1),
        "circle": np.float32(2 * np.pi),
        "softness": np.float32(0.004),
        "flat": np.array([-1]),
        "axis_zero": np.array([0]),
        "axis_one": np.array([1]),
        "hop": np.array([1, HOP]),
        "batch_shape": np.array([1, 1, -1]),
    }
    nodes = []
    for line in GRAPH.strip().splitlines():
        output, _, call = line.partition(" = ")
        operator, _, rest = call.partition("(")
        inputs, _, attributes = rest.partition(")")
        nodes.append(helper.make_node(operator, inputs.split(", "), [output], **json.loads(attributes.strip() or "{}")))
    shapes: dict[str, tuple[int, list[int | str]]] = {
        "input": (TensorProto.INT64, ["batch_size", "phonemes"]),
        "input_lengths": (TensorProto.INT64, ["batch_size"]),
        "scales": (TensorProto.FLOAT, [3]),
        "output": (TensorProto.FLOAT, ["batch_size", 1, "time"]),
    }
    values = {name: helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in shapes.items()}
    output = values.pop("output")
    initial = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "prova", list(values.values()), [output], initial)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], producer_name="notiziario")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model


def configuration() -> dict[str, Any]:
    """Return what Piper wants to know of a voice."""
    return {
        "audio": {"sample_rate": RATE, "quality": "x_low"},
        "espeak": {"voice": "it"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [index] for symbol, index in IDS.items()},
        "num_symbols": SYMBOLS,
        "num_speakers": 1,
        "speaker_id_map": {},
        "hop_length": HOP,
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    onnx.save(build(), str(FOLDER / f"{NAME}.onnx"))
    (FOLDER / f"{NAME}.onnx.json").write_text(json.dumps(configuration(), ensure_ascii=False), encoding="utf-8")
    (FOLDER / f"{NAME}.MODEL_CARD").write_text("# Prova\n\n* License: CC0, made by scripts/make_test_voice.py\n")
