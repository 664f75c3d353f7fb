"""Forms and rules: files of data -> the types that checking applies."""
