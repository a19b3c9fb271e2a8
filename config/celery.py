"""The Celery application. Tasks take primary keys and may run twice; the rows say what is left to do."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("chatiere")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
