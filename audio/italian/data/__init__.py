"""The tables of the Italian room."""
