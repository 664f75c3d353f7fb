"""Writes the repository of twelve bodies over six years into a folder: python tests/repository/make.py FOLDER."""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]

if __name__ == "__main__":
    sys.path[0] = str(TESTS)
    from repository.written import MIXED, WEB, write_repository

    kinds = WEB if "--web" in sys.argv else MIXED
    files = write_repository(Path(sys.argv[1]).resolve(), kinds)
    print(f"{len(files)} reports in {sys.argv[1]}")
