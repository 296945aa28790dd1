"""Print the phonemes (IPA) that the embedded voice makes of each line of standard input.

A program, not a module: the library keeps its state in globals and its data folder as the working one.
"""

import ctypes as c
import os
import sys

import espeakng_loader

library = c.CDLL(espeakng_loader.get_library_path())
# A relative folder: the library keeps its data path in a short buffer.
os.chdir(espeakng_loader.get_data_path())
_RETRIEVAL, _DONT_EXIT, _UTF8, _IPA = 1, 0x8000, 1, 2
library.espeak_Initialize(_RETRIEVAL, 0, b".", _DONT_EXIT)
library.espeak_SetVoiceByName(b"it")
library.espeak_TextToPhonemes.restype = c.c_char_p
library.espeak_TextToPhonemes.argtypes = [c.POINTER(c.c_char_p), c.c_int, c.c_int]
for line in sys.stdin.buffer:
    text = c.c_char_p(line.strip())
    said = []
    while text.value is not None:
        said.append((library.espeak_TextToPhonemes(c.byref(text), _UTF8, _IPA) or b"").decode())
    sys.stdout.buffer.write((" ".join(said) + "\n").encode())
