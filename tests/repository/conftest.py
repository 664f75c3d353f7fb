"""Finds the helpers that make prose, which those that make series need."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "claims"))
