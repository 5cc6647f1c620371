"""The version of the library, and so of its words."""

VERSION = "0.1.0"
