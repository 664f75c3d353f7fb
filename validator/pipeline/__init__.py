"""Paths -> results: finds the files, takes each through every stage, holds the reports against each other."""

from .knowledge import load_ruleset
from .run import Run, check_paths, join_paths
from .settings import Settings
from .single import read_path, read_paths

__all__ = ["Run", "Settings", "check_paths", "join_paths", "load_ruleset", "read_path", "read_paths"]
