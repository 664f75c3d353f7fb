"""Frozen types that every layer speaks. Nothing here reads, decides or prints."""
