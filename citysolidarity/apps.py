from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "citysolidarity"
    verbose_name = _("Cities of Solidarity")

    def ready(self):
        from citysolidarity import documents
        from citysolidarity.roles import create_roles

        documents.connect()
        post_migrate.connect(create_roles, sender=self, dispatch_uid="create_roles")


class DeskConfig(AdminConfig):
    default_site = "citysolidarity.desk.Desk"

    def ready(self):
        from django.contrib import admin

        super().ready()
        # What allauth registers by itself would show the secrets of colleagues' authenticator apps.
        found = [model for model in admin.site._registry if model.__module__.startswith("allauth.")]
        admin.site.unregister(found)


class AccountsConfig(AccountConfig):
    """allauth's models, without its demand for a middleware whose pages we do not serve."""

    default = False

    def ready(self):
        pass
