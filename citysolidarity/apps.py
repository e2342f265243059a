from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "citysolidarity"
    verbose_name = _("Cities of Solidarity")

    def ready(self):
        from citysolidarity.roles import create_roles

        post_migrate.connect(create_roles, sender=self, dispatch_uid="create_roles")


class DeskConfig(AdminConfig):
    default_site = "citysolidarity.desk.Desk"
