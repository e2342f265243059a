"""Parts for a ModelAdmin whose rows colleagues share out among themselves and write notes about."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.acts import log_act
from citysolidarity.desk.emails.posting import BACKEND, tell
from citysolidarity.desk.fields import curator_name
from citysolidarity.desk.forms import WholeTexts
from citysolidarity.desk.page import render_page
from citysolidarity.desk.teamwork.emails import assigned_to_staff, note_to_staff
from citysolidarity.desk.teamwork.mentions import mentioned
from citysolidarity.desk.teamwork.models import Assignment, Note


class NoteForm(WholeTexts, forms.ModelForm):
    """``colleagues`` are those who may read it."""

    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": gettext_lazy("Note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "cols": 60})}
        help_texts = {
            "text": gettext_lazy(
                "For the other curators; never public. Anyone you name with an @, such as @ana, gets an e-mail "
                "with a link to it."
            )
        }

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues

    def clean_text(self):
        text = self.cleaned_data["text"]
        self.named, unknown = mentioned(text, self.colleagues)
        if unknown:
            names = ", ".join(person.get_username() for person in self.colleagues)
            sentence = _("Nobody who may read this is called “%(name)s”. There are: %(names)s.")
            raise ValidationError(sentence % {"name": unknown[0], "names": names})
        return text


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(get_user_model().objects.none(), label=gettext_lazy("Whose it is"), required=False,
        empty_label=gettext_lazy("Nobody’s"))  # fmt: skip

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues


class AssignedFilter(admin.SimpleListFilter):
    title = gettext_lazy("whose it is")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [
            ("mine", gettext_lazy("Mine")),
            ("colleague", gettext_lazy("A colleague’s")),
            ("nobody", gettext_lazy("Nobody’s")),
        ]

    def queryset(self, request, queryset):
        given = assigned(queryset.model)
        match self.value():
            case "mine":
                return queryset.filter(Exists(given.filter(to=request.user)))
            case "colleague":
                return queryset.filter(Exists(given.exclude(to=request.user)))
            case "nobody":
                return queryset.exclude(Exists(given))
        return queryset


def assigned(model):
    """The assignment of a row of the outer query."""
    return Assignment.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=OuterRef("pk"))


class Teamwork:
    """Mixed into a ModelAdmin; its page shows ``team`` by the template admin/desk/team.html."""

    @property
    def team_permission(self) -> str:
        """Whoever has it may read notes, write them, and be given a row."""
        return f"{self.opts.app_label}.change_{self.opts.model_name}"

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.team_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_team"
        return [path("<int:object_id>/team/", view, name=name), *super().get_urls()]

    def name_in_emails(self, row) -> str:
        """Nothing that the public typed."""
        return f"{self.opts.verbose_name} {getattr(row, 'reference', None) or row.pk}"

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        team = {"team": self.team(request, obj) if obj else None}
        return super().render_change_form(request, context | team, *args, obj=obj, **kwargs)

    def colleagues(self):
        users = get_user_model().objects.with_perm(self.team_permission, backend=BACKEND)
        return users.filter(is_staff=True).order_by("username")

    def team(self, request, row, note=None, assign=None) -> dict | None:
        """What the template shows; None for whoever may not read notes."""
        if not request.user.has_perm(self.team_permission):
            return None
        colleagues = self.colleagues()
        given = Assignment.objects.about(row).select_related("to", "by").first()
        return {
            "url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_team", args=[row.pk]),
            "assignment": given,
            "written": [],
            "write_url": "",
            "notes": list(Note.objects.about(row).select_related("by")),
            "note": note or NoteForm(colleagues=colleagues, auto_id="id_note_%s"),
            "assign": assign
            or AssignForm(initial={"to": given and given.to_id}, colleagues=colleagues, auto_id="id_assign_%s"),
        }

    @transaction.atomic  # a row that is changed is locked
    def team_view(self, request, object_id):
        """A POST writes a note (``text``), or gives the row to somebody (``to``); the page alone shows both again."""
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        if not (request.user.has_perm(self.team_permission) and self.has_view_permission(request, row)):
            raise PermissionDenied
        change = redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        note = assign = None
        if request.method == "POST" and "to" in request.POST:
            assign = AssignForm(request.POST, colleagues=self.colleagues(), auto_id="id_assign_%s")
            if assign.is_valid():
                self._give(request, row, assign.cleaned_data["to"])
                return change
        elif request.method == "POST":
            note = NoteForm(request.POST, colleagues=self.colleagues(), auto_id="id_note_%s")
            if note.is_valid():
                self._note(request, row, note)
                return change
        context = {"title": _("Notes"), "subtitle": str(row), "row": row, "team": self.team(request, row, note, assign)}
        return render_page(request, self, "admin/desk/team_page.html", context)

    def _give(self, request, row, to) -> None:
        with transaction.atomic():
            given = Assignment.give(row, to, request.user)
            log_act(
                row, request.user, _("Given to %(who)s") % {"who": curator_name(to)} if to else _("Given to nobody")
            )
            if given and to != request.user:
                tell_named(request, assigned_to_staff, [to], given)
        if to is None:
            messages.success(request, _("Nobody is working on it now."))
        else:
            messages.success(request, _("It is for %(who)s now.") % {"who": to.get_full_name() or to.get_username()})

    def _note(self, request, row, form: NoteForm) -> None:
        form.instance.content_type = ContentType.objects.get_for_model(row)
        form.instance.object_id, form.instance.by = row.pk, request.user
        latest = Note.objects.about(row).last()
        if latest and (latest.by_id, latest.text) == (request.user.pk, form.cleaned_data["text"]):
            messages.warning(request, _("Your note is already here; it was not added again."))
            return
        with transaction.atomic():
            note = form.save()
            log_act(row, request.user, _("A note was written."))
            tell_named(request, note_to_staff, [who for who in form.named if who != request.user], note)
        messages.success(request, _("The note has been saved."))


def tell_named(request, letter, people, about) -> None:
    """Write to these colleagues, and say who has no e-mail address here."""
    tell(letter, [person for person in people if person.email], about)
    for person in people:
        if not person.email:
            sentence = _("%(who)s has no e-mail address here, so no e-mail was sent.")
            messages.warning(request, sentence % {"who": person.get_full_name() or person.get_username()})
