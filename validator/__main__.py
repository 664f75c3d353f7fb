"""`python -m validator` is the command gouji."""

from validator.cli import main

if __name__ == "__main__":
    main(prog_name="gouji")
