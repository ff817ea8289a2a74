"""Lets ``python -m cli`` do what the console command does."""

from cli.app import main

main()
