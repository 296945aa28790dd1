"""Who listens: a folder of files that any web server can serve, and every podcast app accepts.

``publish`` is the door: an episode is added, the show's feed and pages are rebuilt from what is there, and the folder
is brought to the public. ``serve`` serves it, ``check`` reads a feed as the directories do.
"""
