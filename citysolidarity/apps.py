from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "citysolidarity"
    verbose_name = _("Cities of Solidarity")
