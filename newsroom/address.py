"""Where the sample outlets answer."""

from crawler.settings import NEWSROOM_PORT


def newsroom_url(slug: str, path: str = "/") -> str:
    """The URL of a path at one of the sample outlets."""
    return f"http://{slug}.localhost:{NEWSROOM_PORT}{path}"
