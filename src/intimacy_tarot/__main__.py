"""`python -m intimacy_tarot` is the script `intimacy-tarot`."""

from intimacy_tarot._cli import main

if __name__ == "__main__":
    raise SystemExit(main())
