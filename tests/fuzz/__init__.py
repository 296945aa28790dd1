"""Fuzz targets: what any bytes at all must not break, told as functions that raise where they do.

A target takes bytes, makes of them what its part of the program reads or writes, and holds the outcome against what
must be true of it. ``scripts/fuzz.py`` drives them by coverage; ``tests/test_fuzz.py`` replays what was found. The
table is in ``targets``: nothing is imported here, so that what a target touches can be instrumented first.
"""
