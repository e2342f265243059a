"""The tasks of the worker, at the desk: the page that their package brings, in the language of whoever reads it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_tasks_db.admin import DBTaskResultAdmin


class TasksDesk(DBTaskResultAdmin):
    list_display = ("id", "what", "status", "enqueued_at", "started_at", "finished_at", "priority", "queue_name")

    @admin.display(description=_("task"))
    def what(self, task):
        return task.task_name

    @admin.display(description=_("traceback"))
    def formatted_traceback(self, task):
        return super().formatted_traceback(task)

    @admin.display(description=_("run after"))
    def display_run_after(self, task):
        return super().display_run_after(task)
