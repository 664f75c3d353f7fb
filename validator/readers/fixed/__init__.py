"""Carriers whose pages are laid out for good, PDF and OFD -> documents, by way of what is printed where."""
