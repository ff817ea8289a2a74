"""The sample newsroom: nine invented outlets on loopback, each ``<slug>.localhost``, for the demo and the tests.

Seven have a spider in ``newsroom/spiders``. Two have none and are there to try out the adding of a source:
``poligon`` (Russian, offers an Atom feed) and ``cordillera`` (Spanish, offers a sitemap only).
The content lies in ``outlets/<slug>``: ``outlet.toml``, ``template.html`` and one ``articles/*.md`` file a story;
``expected.json`` holds the truth about all of it. Outlets, people, agencies and most events are invented.
"""

from newsroom.server import Newsroom, Request

__all__ = ["Newsroom", "Request"]
