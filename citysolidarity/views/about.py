"""What the site says about itself; the operator's address comes from the context processor ``site``."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request):
    """What this is, who it is for, where it comes from."""
    return render(request, "site/about.html")


@require_safe
def about_method(request):
    """What counts as a practice, and how entries are checked."""
    return render(request, "site/about_method.html")


@require_safe
def about_accessibility(request):
    """The accessibility statement."""
    return render(request, "site/about_accessibility.html")


@require_safe
def about_privacy(request):
    """What is kept about visitors and about people named in entries."""
    return render(request, "site/about_privacy.html")


@require_safe
def about_data(request):
    """The licence of the data, and how to take it."""
    return render(request, "site/about_data.html")


@require_safe
def about_contact(request):
    """How to reach whoever operates the site."""
    return render(request, "site/about_contact.html")
