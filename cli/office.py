"""What alerts are sent from: database, index, and how this installation sends."""

from alerts.channels import Post
from alerts.delivering import Office
from cli.workplace import INDEX_FOLDER, open_database
from crawler import settings
from models.search_index import SearchIndex


def open_office() -> Office:
    """Give what alerts work with under the settings."""
    post = Post(settings.SMTP_URL, settings.MAIL_FROM, tuple(settings.ALLOW_ADDRESSES))
    return Office(open_database(), SearchIndex(INDEX_FOLDER), post, settings.PUBLIC_URL)
