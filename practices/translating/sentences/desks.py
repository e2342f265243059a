"""Translations of guides, of the library's documents and of networks, at the desk."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from practices.models import DocumentTranslation, Guide, GuideTranslation, LibraryDocument, NetworkTranslation
from practices.translating.sentences.admin import SentencesAdmin
from practices.translating.sentences.forms import form_for


@admin.register(GuideTranslation)
class GuideTranslationAdmin(SentencesAdmin):
    say_where = gettext_lazy("Open the guide that you want to translate: its page lists the languages.")
    until_whole = gettext_lazy("sentences are missing: readers see the original")
    form = form_for(GuideTranslation)
    list_display = ["guide", "language_name", "stands", "translated_on"]
    list_select_related = ["guide"]
    search_fields = ["guide__title__unaccent", "guide__slug"]

    def get_queryset(self, request):
        whole = GuideTranslation.objects.whole().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(whole=Exists(whole))

    def is_whole(self, row) -> bool:
        return row.whole

    def is_read(self, row) -> bool:
        return row.is_whole() and Guide.objects.published().filter(pk=row.guide_id).exists()


@admin.register(DocumentTranslation)
class DocumentTranslationAdmin(SentencesAdmin):
    say_where = gettext_lazy("Open the document that you want to translate: its page lists the languages.")
    form = form_for(DocumentTranslation)
    list_display = ["document", "language_name", "stands", "translated_on"]
    search_fields = ["document__title__unaccent", "document__english_title__unaccent", "document__slug"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document").prefetch_related("document__points")

    def is_read(self, row) -> bool:
        return LibraryDocument.objects.published().filter(pk=row.document_id).exists()


@admin.register(NetworkTranslation)
class NetworkTranslationAdmin(SentencesAdmin):
    say_where = gettext_lazy("Open the network that you want to translate: its page lists the languages.")
    form = form_for(NetworkTranslation)
    list_display = ["network", "language_name", "stands", "translated_on"]
    list_select_related = ["network"]
    search_fields = ["network__name", "network__slug"]
