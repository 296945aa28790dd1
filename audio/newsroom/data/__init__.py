"""Tables of news Italian; each names its source in its first line."""
