"""``python -m audio`` is the command line."""

from audio.cli import main

if __name__ == "__main__":
    main()
