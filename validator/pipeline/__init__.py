"""Paths -> results: finds the files, takes each through every stage, holds the reports against each other."""

from .knowledge import load_ruleset
from .reading import read, read_paths
from .run import Run, check, check_paths, join_paths
from .settings import Settings

__all__ = ["Run", "Settings", "check", "check_paths", "join_paths", "load_ruleset", "read", "read_paths"]
