"""Build the site: the same as `carte construire`. Exit codes: 0 published, 1 nothing published, 2 wrong options."""

import sys

from carte.cli import main

if __name__ == "__main__":
    main(["construire", *sys.argv[1:]])
