"""`python -m lif_nlp`: the command line, where the program `lif` is blocked or not on the path."""

from lif_nlp.cli import main

if __name__ == "__main__":
    main()
