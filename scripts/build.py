"""Build the site: the same as `carte construire`, with its options and its exit codes (`--aide` lists them)."""

import sys

from carte.cli import main

if __name__ == "__main__":
    main(["construire", *sys.argv[1:]])
