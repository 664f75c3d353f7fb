"""The page on this computer: files dropped into a browser -> verdicts, audit pages, copies and lists to take away."""
