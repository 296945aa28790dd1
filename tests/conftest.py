"""What holds for every test: a property may take its time on a loaded machine, for speed is measured in benchmarks."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
