"""What the tests of the podcast agree on: a show's address, its clock, two stories and a title that attacks."""

import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn

from audio.podcast import serve
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


@contextlib.contextmanager
def serving(folder: Path, token: str | None = None, listening: socket.socket | None = None) -> Iterator[str]:
    """Serve a folder as `notiziario serve` does, over a real socket, and give its address."""
    bound = listening or socket.create_server(("127.0.0.1", 0))
    settings = uvicorn.Config(serve.make_app(folder, token), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/{f'{token}/' if token else ''}"
    finally:
        server.should_exit = True
        thread.join()
        bound.close()
