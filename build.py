"""The door: `python build.py …` is the command `aigaq …`."""

from aigaq.cli import main

if __name__ == "__main__":
    main()
