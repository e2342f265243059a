from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Directory")

    def ready(self):
        from practices.loading.terms import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="load_terms")

        from citysolidarity.worker.signals import worker_idle
        from practices.correspondence.reports import curators  # noqa: F401  A worker sends its e-mails.
        from practices.desk.mentions import tell_whoever_is_named
        from practices.models.entries.embeddings_kept_up import keep_embeddings_up
        from practices.models.entries.review import ReviewComment, ReviewEvent
        from practices.sharing.emails import tell_the_city

        worker_idle.connect(keep_embeddings_up, dispatch_uid="keep_embeddings_up")
        post_save.connect(tell_the_city, sender=ReviewEvent, dispatch_uid="tell_the_city")
        post_save.connect(tell_whoever_is_named, sender=ReviewComment, dispatch_uid="tell_whoever_is_named")
