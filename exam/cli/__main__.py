"""`python -m exam.cli`: the command without its script."""

from exam.cli import main

main()
