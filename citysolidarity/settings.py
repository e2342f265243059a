"""One settings file, read from the environment; docs/operate.md lists every variable."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from citysolidarity import env
from citysolidarity.country_names import COUNTRY_OVERRIDES
from citysolidarity.database.deadlines import PREFIX, READ_ONLY, deadlines_of

BASE_DIR = Path(__file__).resolve().parent.parent

# --- what the environment says ---------------------------------------------
# On a developer's machine: no https, files straight from static/, a key of 50 characters still.
DEVELOPMENT = env.flag("DEVELOPMENT")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.key("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# Stays when SECRET_KEY is replaced: the hash of an address that is kept must be found again.
HASH_KEY = (env.text("HASH_KEY") and env.key("HASH_KEY")) or SECRET_KEY
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEVELOPMENT else "")
SITE_URL = env.origin("SITE_URL", "http://localhost:8000" if DEVELOPMENT else "")
DATABASE_URL = env.text("DATABASE_URL")
DATABASE_PASSWORD = env.text("DATABASE_PASSWORD")
# Streaming replicas of that database, from which public pages are read.
REPLICA_URLS = env.words("REPLICA_URLS")
REPLICA_LAG_SECONDS = env.number("REPLICA_LAG_SECONDS", 10, least=1, most=25)
# For so long a CDN may give a public page without asking; 0: it asks each time (caching/shared.py).
CDN_SECONDS = env.number("CDN_SECONDS", 0, most=120)
CONTACT_EMAIL = env.text("CONTACT_EMAIL")
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media")))
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(BASE_DIR / "var" / "private")))
# Where pictures and letters are kept in place of these two folders: buckets that speak S3.
MEDIA_BUCKET = env.bucket("MEDIA_BUCKET", plain=DEVELOPMENT)
PRIVATE_BUCKET = env.bucket("PRIVATE_BUCKET", plain=DEVELOPMENT)
COPIES_ROOT = Path(env.text("COPIES_ROOT", str(BASE_DIR / "var" / "copies")))
# Empty, as on a developer's machine: no monthly snapshot is made.
SNAPSHOTS_ROOT = env.text("SNAPSHOTS_ROOT", "" if DEVELOPMENT else str(BASE_DIR / "var" / "snapshots"))
# Empty: no back-ups are made, and nobody is alarmed that there are none (docs/backup.md).
BACKUPS_ROOT = env.text("BACKUPS_ROOT")
BACKUP_KEY = env.key_of_bytes("BACKUP_KEY")
BACKUP_DATABASE_URL = env.text("BACKUP_DATABASE_URL")
ERASURES_ROOT = Path(env.text("ERASURES_ROOT", str(BASE_DIR / "var" / "erasures")))
BEHIND_PROXY = env.flag("BEHIND_PROXY")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1, least=1)
# Browsers are told for two years that this name, and with this flag every name below it, speaks https alone.
HSTS_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", True)
DATABASE_CONNECTION_SECONDS = env.number("DATABASE_CONNECTION_SECONDS", 600)
LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
# Empty, /metrics is no address of the site, and nothing is counted.
METRICS_TOKEN = env.token("METRICS_TOKEN")
# Empty, nothing is traced, and OpenTelemetry is not loaded (operation/tracing.py).
TRACES_URL = env.traces("OTEL_EXPORTER_OTLP_ENDPOINT")
MAIL = env.mailer("MAIL_URL", "outbox:" if DEVELOPMENT else "")
BOUNCES_URL = env.mailbox_to_read("BOUNCES_URL")
# Who is told when something is wrong with the site; empty: CONTACT_EMAIL, or else the lead curators.
ALARM_EMAIL = env.text("ALARM_EMAIL")
QUEUE_ALARM_MINUTES = env.number("QUEUE_ALARM_MINUTES", 15, least=1)
MAIL_FROM = env.mailbox("MAIL_FROM", f"no-reply@{urlsplit(SITE_URL).hostname}")
# On, changes to a public entry wait for a second curator, who publishes them.
CHANGES_BY_TWO = env.flag("CHANGES_BY_TWO")
# Off, every page of the directory is answered by SQL: slower, for looking into a doubt about a figure.
SELECTION_INDEX = env.flag("SELECTION_INDEX", True)
# Off, every page of the directory is rendered whole from its templates: slower, for looking into a doubt about markup.
KEPT_FRAGMENTS = env.flag("KEPT_FRAGMENTS", True)
# Off, of the files that come with the project the statement and the places alone are loaded.
STARTER_DIRECTORY = env.flag("STARTER_DIRECTORY", True)
# Off, a search has no second list, and no typed word reaches the engine of its model, which is native code.
CLOSE_IN_MEANING = env.flag("CLOSE_IN_MEANING", True)

for _name, _addresses in (("DATABASE_URL", [DATABASE_URL]), ("REPLICA_URLS", REPLICA_URLS)):
    if not all(address.startswith(("postgres://", "postgresql://")) for address in _addresses):
        raise ImproperlyConfigured(
            f"{_name} must be the address of a PostgreSQL database: postgres://user:password@host:5432/name"
        )
if DEBUG and not DEVELOPMENT:
    raise ImproperlyConfigured("DEBUG shows visitors the inside of the site: it needs DEVELOPMENT=1.")
if not DEVELOPMENT and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts, and never *.")
if not DEVELOPMENT and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must start with https:// outside development.")
if not DEVELOPMENT and MAIL == env.OUTBOX:
    raise ImproperlyConfigured("MAIL_URL must name a mail server outside development.")
if MEDIA_BUCKET and all(MEDIA_BUCKET[part] == PRIVATE_BUCKET.get(part) for part in ("endpoint_url", "bucket_name")):
    raise ImproperlyConfigured(
        "PRIVATE_BUCKET must be another bucket than MEDIA_BUCKET, which may be opened to the public."
    )

# --- the site ----------------------------------------------------------------
INSTALLED_APPS = [
    "citysolidarity.apps.SiteConfig",
    "practices.apps.PracticesConfig",
    "pledges.apps.PledgesConfig",
    "citysolidarity.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_countries",
    "django_filters",
    "citysolidarity.apps.TasksConfig",
    # Of allauth only what knows authenticator apps, passkeys and recovery codes (citysolidarity/login/factors.py). None
    # of its pages has an address here, and its middleware, which serves them, is left out.
    "citysolidarity.apps.AccountsConfig",
    "allauth.mfa",
]
MIDDLEWARE = [
    # Its id is in every line that a request has written to the log, and every answer is counted.
    "citysolidarity.operation.request_ids.request_ids",
    *(["citysolidarity.operation.measuring.measured"] if METRICS_TOKEN else []),
    *(["citysolidarity.operation.tracing.traced"] if TRACES_URL else []),
    # Before the others, so that redirects to https and refusals of unknown hosts carry these headers too.
    "citysolidarity.middleware.security_headers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "citysolidarity.middleware.GZip",
    "citysolidarity.middleware.known_methods",
    "citysolidarity.caching.stale.last_good_copies",
    "citysolidarity.middleware.database_outage",
    # Within the two that answer for an outage: what fails on a replica is asked again, and is none.
    *(["citysolidarity.caching.reading.FromReplicas"] if REPLICA_URLS else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "citysolidarity.operation.visits.middleware.counted",
    "citysolidarity.middleware.markdown_for_pages",
    # Before anything reads the body; its page is written in the visitor's language.
    "citysolidarity.middleware.bounded_forms",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "citysolidarity.middleware.awake_at_the_desk",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "citysolidarity.urls"
WSGI_APPLICATION = "citysolidarity.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "citysolidarity.context_processors.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DEADLINES = deadlines_of(sys.argv)


def _database(address: str) -> dict:
    found = dj_database_url.parse(
        address, engine="citysolidarity.database", conn_max_age=DATABASE_CONNECTION_SECONDS, conn_health_checks=True
    )
    if DATABASE_PASSWORD:  # a secret of its own, which PostgreSQL's container reads as well
        found["PASSWORD"] = DATABASE_PASSWORD
    return found | {"ANSWER_SECONDS": DEADLINES.answer, "OPTIONS": DEADLINES.options(found.get("OPTIONS", {}))}


DATABASES = {"default": _database(DATABASE_URL)}
for _number, _address in enumerate(REPLICA_URLS, 1):
    _replica = DATABASES[f"{PREFIX}{_number}"] = _database(_address) | {"TEST": {"MIRROR": "default"}}
    _replica["OPTIONS"]["options"] += f" {READ_ONLY}"

# --- languages -----------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("pt", _("Portuguese")),
]
LOCALE_PATHS = [BASE_DIR / "citysolidarity" / "languages" / "locale"]
FORMAT_MODULE_PATH = ["citysolidarity.languages.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
COUNTRIES_OVERRIDE = COUNTRY_OVERRIDES

# --- files -----------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "citysolidarity.http.stylesheets.JoiningFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
JOINED_STYLES = BASE_DIR / "var" / "css"
MEDIA_URL = "/media/"
BUCKET = "citysolidarity.buckets.storage.Bucket"
STORAGES = {
    "default": {"BACKEND": BUCKET, "OPTIONS": MEDIA_BUCKET}
    if MEDIA_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Letters and other papers that only curators may see: never below MEDIA_ROOT, and without an address.
    "private": {"BACKEND": BUCKET, "OPTIONS": PRIVATE_BUCKET}
    if PRIVATE_BUCKET
    else {"BACKEND": "citysolidarity.attachments.models.PrivateFolder"},
    "staticfiles": {
        # The manifest takes some twelve seconds to build: never in development.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- letters ---------------------------------------------------------------------
# A task is a row written in the caller's own transaction: nothing is sent for what was rolled back.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
MAIL_OUTBOX = BASE_DIR / "var" / "outbox" if DEVELOPMENT else None
MAILERS = {"default": MAIL or {"BACKEND": "citysolidarity.mail.sending.NoMailServer"}}

# --- safety ------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 63_072_000
# The list built into browsers takes whole domains only.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HSTS_SUBDOMAINS and not DEVELOPMENT
SECURE_SSL_REDIRECT = not DEVELOPMENT
# Health checks come from inside the platform, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "session" if DEVELOPMENT else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if DEVELOPMENT else "__Host-csrf"
# It goes to the desk's addresses alone, which __Host- does not allow.
DEVICE_COOKIE_NAME = "device" if DEVELOPMENT else "__Secure-device"
# It ends by citysolidarity/login/sessions.py; the browser forgets its cookie when it is closed.
SESSION_ENGINE = "citysolidarity.login.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "citysolidarity.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = [
    "citysolidarity.http.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# RFC 6238, 5.2: at most one step of delay; the codes of the step before and after are taken too.
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "citysolidarity.login.factors.Adapter"
AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
    ),
    {"NAME": "citysolidarity.login.passwords.OwnWords"},
]

# --- what is written down ------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "citysolidarity.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # It tells at each import that it is there.
    "loggers": {"pikepdf": {"level": "WARNING"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
