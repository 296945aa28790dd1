"""Pictures and sounds that come with the program, made by a script and free of rights.

``cover.otf`` is Roboto Slab Bold (Apache License 2.0), the letters of Western European languages only.
"""
