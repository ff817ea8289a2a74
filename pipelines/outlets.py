"""Whose article it is: collections of other people's pages give each to the outlet of its own domain."""

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.outlet import Outlet
from pipelines.extract.urls import site_of

COLLECTS = ("archive", "discovery")  # kinds of outlet that publish nothing of their own


def outlet_of_article(session: Session, found_by: int, url: str) -> int:
    """Give the id of the outlet an article belongs to: the source's own, or for a collection that of the domain.

    A domain that no outlet has becomes an outlet of its own, named after the domain, of which nothing else is known.
    """
    site = site_of(url)
    if session.scalar(select(Outlet.kind).where(Outlet.id == found_by)) not in COLLECTS or site.endswith(".invalid"):
        return found_by
    known = outlets_by_site(session)
    if site not in known:
        outlet = Outlet(name=site, homepage=f"{urlsplit(url).scheme}://{site}/", languages=[])
        session.add(outlet)
        session.flush()
        known[site] = outlet.id
    return known[site]


def outlets_by_site(session: Session) -> dict[str, int]:
    """Give the outlet of each registered domain; where several share one, the one registered first."""
    rows = session.execute(select(Outlet.homepage, Outlet.id).where(Outlet.homepage.is_not(None)).order_by(Outlet.id))
    sites: dict[str, int] = {}
    for homepage, identity in rows:
        sites.setdefault(site_of(homepage or ""), identity)
    return sites
