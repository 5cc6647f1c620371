"""The decks that come with the library: a folder each, in YAML."""
