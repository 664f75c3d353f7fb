"""A repository of twelve bodies over six years, made of figures; its series need the helpers that make prose."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "claims"))
