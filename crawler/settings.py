"""Every setting; what comes from the environment was read by crawler.environment."""

import os
import shutil
from pathlib import Path

from crawler.environment import read_environment, read_keys

_environment = read_environment()

# Our own settings.

# Used by stages.KeepPage, the search index and the command line.
DATA_DIR = _environment.data_dir.expanduser().resolve()
# Used by everything that opens the database.
DATABASE_URL = _environment.database_url or f"sqlite:///{DATA_DIR / 'armswatch.sqlite3'}"
# Used by spider_loader.FolderSpiderLoader.
SPIDERS_FOLDER = _environment.spiders
# Used by gate.Gate.
ALLOW_ADDRESSES = _environment.allow_addresses
# Used by keys.SourceKey: by name of the source.
KEYS = read_keys()
# Used by scheduler.Crawls: crawls at a time, and seconds one may take.
CRAWLS = _environment.crawls
CRAWL_DEADLINE = _environment.crawl_deadline
# Used by scheduler.Schedule: hours between two checks of all sources, 0 for none.
CHECK_HOURS = _environment.check_hours
# Used by newsroom.address.
NEWSROOM_PORT = _environment.newsroom_port
# Used by cli.serving: where the web pages are served, under which names, behind which proxies, to whom.
HOST = _environment.host
ALLOWED_HOSTS = _environment.allowed_hosts
PROXIES = _environment.proxies
LOGIN = _environment.login
# Used by middlewares.ObeyRobots: bytes of robots.txt that are parsed (RFC 9309, 2.5 asks for 500 KiB).
ROBOTS_MAXSIZE = 512 * 1024
# Used by middlewares.ObeyRobots: seconds; a longer Crawl-delay is cut to this.
CRAWL_DELAY_MAX = 60.0
# Used by base_spiders.ArticleSpider: requests to article pages in one run.
PAGES_PER_RUN = 2_000
# Used by base_spiders.ArticleSpider: requests in one run to pages of ways in beyond the first of each.
WAYS_IN_PER_RUN = 200
# Used by stages.Store: articles in one transaction, and seconds after which a smaller batch is written.
STORE_BATCH = 40
STORE_SECONDS = 2.0

# Used for proposer.Model: where claims are asked for too; None where they are not.
MODEL_URL = _environment.model_url
MODEL_NAME = _environment.model_name
MODEL_KEY = _environment.model_key

# Used by cli.alerting: how alerts are sent, and where their links lead.
SMTP_URL = _environment.smtp_url.get_secret_value() if _environment.smtp_url else None
MAIL_FROM = _environment.mail_from
PUBLIC_URL = _environment.public_url.rstrip("/")
# scrapy-playwright's, for sources that need a browser: https://github.com/scrapy-plugins/scrapy-playwright
# Chromium can connect to nothing, loopback included (its proxy is a closed port): browser.Browser answers instead.
PLAYWRIGHT_LAUNCH_OPTIONS = {
    "executable_path": _environment.browser or shutil.which("chromium"),
    "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root
    "args": [
        "--proxy-server=127.0.0.1:9",
        "--proxy-bypass-list=<-loopback>",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking",
        "--disable-component-update",
    ],
}
PLAYWRIGHT_CONTEXTS = {"default": {"service_workers": "block", "accept_downloads": False}}
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 1
PLAYWRIGHT_PROCESS_REQUEST_HEADERS = None

# Scrapy's: https://docs.scrapy.org/en/latest/topics/settings.html

BOT_NAME = "armswatch"
SPIDER_MODULES = [] if _environment.only_own_spiders else ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
SPIDER_LOADER_CLASS = "crawler.spider_loader.FolderSpiderLoader"
TEMPLATES_DIR = str(Path(__file__).parent / "templates")
COMMANDS_MODULE = ""
USER_AGENT = f"armswatch/0.1 (+{_environment.contact})"
LOG_LEVEL = _environment.log_level
LOG_FORMATTER = "crawler.log_formatter.ShortLogFormatter"

# One request at a time to a host. The delay must stay above 0: without one Scrapy 2.19 ignores the concurrency
# per domain on its asyncio reactor (seen: ten at once).
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = max(_environment.delay, 0.001)
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_ITEMS = 4  # 100 starts that many tasks a response

# Only the web, through the one gate.
DOWNLOAD_HANDLERS = {
    "http": "crawler.gate.GuardedDownloadHandler",
    "https": "crawler.gate.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "crawler.gate.GuardedResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TIMEOUT = 45  # seconds for the whole answer, not only while idle
DOWNLOAD_MAXSIZE = 12 * 1024 * 1024  # also holds for what comes out of decompression
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 8
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the page or way in that it costs is counted and logged once, by its cause
COOKIES_ENABLED = False  # the cookie middleware looks the public suffix list up over the network
REFERRER_POLICY = "no-referrer"
HTTPPROXY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
ROBOTSTXT_OBEY = False  # ObeyRobots does it: Scrapy's own reads an error 500 as "all allowed"
ROBOTSTXT_USER_AGENT = "armswatch"

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.Unpack": 590,
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {}
ITEM_PIPELINES = {
    "pipelines.stages.Frontier": 100,
    "pipelines.stages.KeepPage": 200,
    "pipelines.stages.Extract": 300,
    "pipelines.stages.FindClaims": 400,
    "pipelines.stages.Store": 500,
}
EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "pipelines.stages.CrawlReport": 100,
}
