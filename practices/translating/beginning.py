"""A translation is begun on the page of its original, and once in each language."""

from django.contrib import messages
from django.shortcuts import redirect

from practices.vocabularies.languages import LANGUAGES


class BegunOnce:
    """For the desk of translations: ``original`` names the field of what is translated; ``say_where`` tells the way to it."""

    def get_changeform_initial_data(self, request):
        return {name: request.GET.get(name, "") for name in (self.original, "language")}

    def add_view(self, request, form_url="", extra_context=None):
        if request.method == "GET" and self.has_add_permission(request):
            given = self.get_changeform_initial_data(request)
            key = int(given[self.original]) if given[self.original].isdecimal() else 0
            begun = self.model.objects.filter(**{self.original: key}, language=given["language"]).first()
            if begun:
                return redirect(f"admin:{self.opts.label_lower.replace('.', '_')}_change", begun.pk)
            originals = self.opts.get_field(self.original).related_model
            if given["language"] not in LANGUAGES or not originals.objects.filter(pk=key).exists():
                messages.info(request, self.say_where)
                return redirect(f"admin:{originals._meta.label_lower.replace('.', '_')}_changelist")
        return super().add_view(request, form_url, extra_context)
