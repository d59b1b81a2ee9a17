"""`python -m carte` is `carte`."""

from carte.cli import main

main()
