"""`python -m civicgauge` is the command."""

from civicgauge.cli import main

if __name__ == "__main__":
    main()
