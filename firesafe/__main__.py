"""Lets ``python -m firesafe`` stand for the `firesafe` command."""

from firesafe.command import main

main()
