from importlib import import_module

from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django_tasks_db.apps import TasksAppConfig


class SiteConfig(AppConfig):
    name = "citysolidarity"
    verbose_name = _("Cities of Solidarity")

    def ready(self):
        from citysolidarity.attachments.models import connect
        from citysolidarity.backups import checks  # noqa: F401 - registers its check
        from citysolidarity.buckets import checks as of_buckets  # noqa: F401 - likewise
        from citysolidarity.database import guarantees  # noqa: F401 - registers its check
        from citysolidarity.desk.roles import create_roles
        from citysolidarity.erasures.journal import when_idle
        from citysolidarity.languages.catalogs import compile_catalogs
        from citysolidarity.login import journal  # noqa: F401 - connects its signals
        from citysolidarity.worker.signals import worker_idle

        compile_catalogs()
        connect()
        worker_idle.connect(when_idle, dispatch_uid="journal of erasures")
        post_migrate.connect(create_roles, sender=self, dispatch_uid="create_roles")


class DeskConfig(AdminConfig):
    default_site = "citysolidarity.desk.site.Desk"

    def ready(self):
        from django.contrib import admin

        super().ready()
        import_module("citysolidarity.desk.log")
        for name in ("desk.logins", "desk.wording.emails"):  # which connect their signals
            import_module(f"citysolidarity.{name}")
        for name in ("desk.emails.digest", "people.emails"):  # a worker sends them before it has loaded any page
            import_module(f"citysolidarity.{name}")
        # The admin pages of allauth would show the secrets of colleagues' authenticator apps.
        models = [model for model in admin.site._registry if model.__module__.startswith("allauth.")]
        admin.site.unregister(models)
        from django_tasks_db.models import DBTaskResult

        from citysolidarity.worker.tasks_desk import TasksDesk

        admin.site.unregister(DBTaskResult)
        admin.site.register(DBTaskResult, TasksDesk)


class TasksConfig(TasksAppConfig):
    default = False
    verbose_name = _("Tasks of the worker")


class AccountsConfig(AccountConfig):
    """allauth's models, without its check for a middleware whose pages we do not serve."""

    default = False

    def ready(self):
        pass
