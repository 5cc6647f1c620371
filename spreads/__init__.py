"""The spreads that come with the library: a YAML file each."""
