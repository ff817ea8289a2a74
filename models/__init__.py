"""The tables, the connection to them, and the questions asked of them."""

from models.account import Account, ApiToken, LoginSession
from models.alert import Alert, Delivery
from models.article import Article, ArticleChange, Revision
from models.base import Base
from models.claim import Claim
from models.crawl import Capture, CrawlRun, Lease, Page
from models.outlet import Outlet, Source, SourceCheck
from models.register import RegisterRow
from models.structured import StructuredData
from models.table import ArticleTable, Observation, Series, TableCheck
from models.transfer import Transfer, transfer_claim

__all__ = [
    "Account",
    "Alert",
    "ApiToken",
    "Article",
    "ArticleChange",
    "ArticleTable",
    "Base",
    "Capture",
    "Claim",
    "CrawlRun",
    "Delivery",
    "Lease",
    "LoginSession",
    "Observation",
    "Outlet",
    "Page",
    "RegisterRow",
    "Revision",
    "Series",
    "Source",
    "SourceCheck",
    "StructuredData",
    "TableCheck",
    "Transfer",
    "transfer_claim",
]
