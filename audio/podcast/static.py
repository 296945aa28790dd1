"""Files as podcast clients need them: Starlette's own, with exact types, caching and headers, and the public ones only.

Ranges and validators are the library's; its version is held to one that has them right.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from audio.podcast import store

# The same rules stand in the pages for hosts that send no header; a header also forbids to be framed.
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; script-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Players in browsers read feed, sound, transcript and chapters from other sites' pages, in parts.
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class PublicFiles(StaticFiles):
    """The public files of a folder; everything else is not found."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; browsers ask with OPTIONS whether they may read parts of a file."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a public file, or raise 404 for any other name."""
        if path != "." and not store.is_public(PurePath(path)):
            raise HTTPException(404)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file, or 304 where the client has it, with our headers."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = Path(full_path).name
        response.headers.update({**_HEADERS, "Cache-Control": store.cache_control(name)})
        if response.status_code != 304:  # noqa: PLR2004 - what did not change has no type
            response.headers["Content-Type"] = store.media_type(name)
        if name.endswith(".html"):
            response.headers["Content-Security-Policy"] = _POLICY
        return response
