"""Addresses that once answered, at the desk."""

from django.contrib import admin

from practices.models import FormerAddress


@admin.register(FormerAddress)
class FormerAddressAdmin(admin.ModelAdmin):
    list_display = ["path", "moved_to", "reason", "retired_at"]
    search_fields = ["path", "moved_to", "reason"]
    fields = ["path", "moved_to", "reason", "retired_at"]
    readonly_fields = ["retired_at"]
