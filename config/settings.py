"""All settings, from environment variables (`docs/operations.md` lists them).

`MODE` is `development` (default: demonstration on this machine) or `production`, which refuses to start when
something that protects people is missing.
"""

import os
import tomllib
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(env("ENV_FILE", default=str(BASE_DIR / ".env")))

MODE = env("MODE", default="development")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured(f"MODE vaut « development » ou « production », pas « {MODE} ».")
PRODUCTION = MODE == "production"
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
MEDIA_ROOT = DATA_DIR / "documents"
for folder in (DATA_DIR, MEDIA_ROOT):
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)


def development_secret_key() -> str:
    """A key of this machine's own, kept between two starts so that sessions survive."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        with suppress(FileExistsError):  # another process was first: its key is everybody's
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


#: The keys that seal the ledger, outside the database (`docs/registre.md`).
LEDGER_KEYS = Path(env("LEDGER_KEYS", default=str(DATA_DIR / "ledger_keys")))
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)
PUBLIC_URL = env("PUBLIC_URL", default=f"http://localhost:{PORT}").rstrip("/")
if PRODUCTION:
    SECRET_KEY = env("SECRET_KEY", default="")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("En production, SECRET_KEY (50 caractères au moins) est obligatoire.")
    if len(set(SECRET_KEY)) < 10:
        raise ImproperlyConfigured("En production, SECRET_KEY se tire au hasard : celle-ci se devine.")
    if DEBUG:
        raise ImproperlyConfigured(
            "En production, DEBUG est interdit : il montrerait des secrets aux visiteurs."
        )
    if not PUBLIC_URL.startswith("https://"):
        raise ImproperlyConfigured("En production, PUBLIC_URL est obligatoire et commence par https://")
else:
    SECRET_KEY = env("SECRET_KEY", default="") or development_secret_key()
#: Keys that the install had before: what they signed, and the list of oppositions, is still read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_URL).hostname or "localhost",
    "localhost",
    "127.0.0.1",
    "[::1]",
    *env.list("ALLOWED_HOSTS", default=[]),
]

# Applications -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "billing",
    "offers",
    "crm",
    "funnel",
    "hosters",
    "pricing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_filters",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # a page read again and unchanged is not sent again
    "csp.middleware.CSPMiddleware",
    "hosters.middleware.PrivacyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hosters.middleware.HosterMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "hosters.forms.FormRenderer"

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
                "hosters.context.hoster",
                "offers.glossary.context.glossary",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "pricing.templatetags.french",
            ],
            "libraries": {"lucide": "hosters.icons"},
        },
    }
]

# Data -------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'chatiere.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",  # a transaction that will write takes its lock at once: no deadlock
        # Recursive triggers: `INSERT OR REPLACE` asks the guards of frozen tables too (billing/immutability).
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # In a burst each acceptance waits for its number: on a slow machine, longer than for anything else.
    # Pages ask short questions of rows that are in memory: compiling a query takes longer than running it, and an
    # index costs no more than reading on.
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c lock_timeout=8s -c statement_timeout=10s -c jit=off -c random_page_cost=1.1"
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES = {"default": env.cache("CACHE_URL", default=REDIS_URL or "locmemcache://")}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 50_000}  # the visitors of a day, forgotten at midnight
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # A Redis that accepts connections and never answers must not freeze the pages, nor close the login.
    CACHES["default"]["BACKEND"] = "hosters.cache.SteadyRedisCache"
    CACHES["default"]["OPTIONS"] = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}

# Background work: the truth is in the database rows; Celery only carries nudges -----------------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | float]
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_throttle": 1,
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "max_retries": 0,  # a request that must open a connection does not insist; the sweeper will
    }
else:
    CELERY_BROKER_TRANSPORT = "config.atomicfs:Transport"
    BROKER_QUEUE = DATA_DIR / "broker" / "queue"
    BROKER_QUEUE.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_QUEUE),
        "data_folder_out": str(BROKER_QUEUE),
        "control_folder": str(BROKER_QUEUE.with_name("exchanges")),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 20
CELERY_TASK_TIME_LIMIT = 30
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING below is for the worker too
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    # Expired when late: a worker that comes back after a night has one sweep to do, not thousands.
    "sweep": {"task": "hosters.tasks.sweep_task", "schedule": 5.0, "options": {"expires": 10}},
    "votes and reminders of boards": {"task": "billing.tasks.run_boards_task", "schedule": 3600.0},
    "announce debits": {"task": "billing.tasks.announce_debits_task", "schedule": 3600.0},
    "reminders of unpaid invoices": {"task": "billing.tasks.run_reminders_task", "schedule": 3600.0},
    "issue due invoices": {"task": "billing.tasks.run_billing_task", "schedule": 3600.0},
    # Several times a day: a small machine may be asleep at any fixed hour.
    "end what is over": {"task": "crm.tasks.purge_task", "schedule": 6 * 3600.0},
    "ask for satisfaction": {"task": "billing.tasks.ask_for_satisfaction_task", "schedule": 24 * 3600.0},
    "expire quotes": {"task": "billing.tasks.expire_quotes_task", "schedule": 3600.0},
    "keep the heads of the ledgers": {"task": "billing.tasks.keep_ledger_heads_task", "schedule": 86_400.0},
    "forget old drafts": {"task": "billing.tasks.forget_old_drafts_task", "schedule": 86_400.0},
}

# Language, time, files --------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Accounts of the staff --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "hosters.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "hosters.accounts.StaffAccountAdapter"
ACCOUNT_FORMS = {
    "login": "hosters.login_form.StaffLoginForm",
    "reset_password": "hosters.account_forms.PasswordAskedForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # an open screen is not enough to change the address of an account
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# How many reverse proxies of ours write X-Forwarded-For; 0 believes nobody.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# Seconds that the counters of the funnel wait in memory before they are written together; 0 writes at once.
FUNNEL_WRITE_EVERY = env.float("FUNNEL_WRITE_EVERY", default=2.0)

# How many public forms one address may send in an hour.
PUBLIC_FORMS_PER_HOUR = env.int("PUBLIC_FORMS_PER_HOUR", default=30 if PRODUCTION else 100_000)
# How many of them may write to one address, and to one hoster, in an hour: they all lead to mails.
PUBLIC_FORMS_TO_ONE_ADDRESS = env.int("PUBLIC_FORMS_TO_ONE_ADDRESS", default=10 if PRODUCTION else 100_000)
PUBLIC_FORMS_TO_ONE_HOSTER = env.int("PUBLIC_FORMS_TO_ONE_HOSTER", default=600 if PRODUCTION else 100_000)

# Mail -------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Chatière <chatiere@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 10
if EMAIL_URL := env("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# In development, the mails written to files can be read in a page of the application.
MAILBOX_PAGE = not PRODUCTION and not EMAIL_URL

# Security ---------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_ENGINE = "hosters.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hosters.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sante/"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL, *env.list("CSRF_TRUSTED_ORIGINS", default=[])]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "chatiere": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
