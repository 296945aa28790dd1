"""What the tests of the podcast agree on: a show's address, its clock, two stories and a title that attacks."""

import datetime as dt
from collections.abc import Callable

from audio.podcast.episode import Episode

# What an editor, or an attacker, can put into a title.
HOSTILE = "Titolo <script>alert(1)</script> \"&'é… ]]> &amp;"
NOW = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
BASE = "https://esempio.it/podcast/"
STORIES = {
    "siena.txt": "Ponte chiuso a Siena\n\nSIENA - Il ponte è chiuso da ieri. Riapre domenica alle 18:30, dicono.\n",
    "mare.txt": "Mare calmo a Rimini\n\nIl mare è calmo oggi a Rimini & dintorni. Domani pioverà.\n",
}

AddEpisode = Callable[..., Episode]
