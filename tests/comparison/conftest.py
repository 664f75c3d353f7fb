"""Finds the helpers that make prose."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "claims"))
