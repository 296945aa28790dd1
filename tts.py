"""Run the command line from a checkout: ``python tts.py make articolo.txt``."""

from audio.cli import main

if __name__ == "__main__":
    main()
