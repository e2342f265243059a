from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = _("Pledges")

    def ready(self):
        from pledges import loading, merging  # noqa: F401  Their receivers listen from here on.
        from pledges.signatories import city_news  # noqa: F401  What is new about a city, for those who follow it.
        from pledges.supports import city_news as answers  # noqa: F401
