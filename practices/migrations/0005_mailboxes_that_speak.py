import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """An e-mail address speaks for a city once its button was pressed and curators have seen its domain; until then none does."""

    dependencies = [
        ('practices', '0004_logs_and_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='practiceletter',
            name='practice_letter_has_a_subject',
        ),
        migrations.RemoveConstraint(
            model_name='submissionevent',
            name='submission_event_step_known',
        ),
        migrations.AddField(
            model_name='contactroute',
            name='mailbox_confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='e-mail address confirmed'),
        ),
        migrations.AddField(
            model_name='contactroute',
            name='seconded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seconded by'),
        ),
        migrations.AddField(
            model_name='contactroute',
            name='speaks_since',
            field=models.DateTimeField(editable=False, null=True, verbose_name='speaks for the city since'),
        ),
        migrations.AddField(
            model_name='contactroute',
            name='vouched_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vouched for by'),
        ),
        migrations.AddField(
            model_name='contactroute',
            name='was_official',
            field=models.BooleanField(default=False, editable=False, verbose_name='at the official domain'),
        ),
        migrations.AddField(
            model_name='submission',
            name='confirms_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='confirms the entry'),
        ),
        migrations.AddField(
            model_name='submission',
            name='mailbox_confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='e-mail address confirmed'),
        ),
        migrations.AddField(
            model_name='submission',
            name='seconded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seconded by'),
        ),
        migrations.AddField(
            model_name='submission',
            name='speaks_since',
            field=models.DateTimeField(editable=False, null=True, verbose_name='speaks for the city since'),
        ),
        migrations.AddField(
            model_name='submission',
            name='vouched_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vouched for by'),
        ),
        migrations.AddField(
            model_name='submission',
            name='was_official',
            field=models.BooleanField(default=False, editable=False, verbose_name='at the official domain'),
        ),
        migrations.AlterField(
            model_name='submissionevent',
            name='step',
            field=models.CharField(choices=[('sent', 'Sent'), ('proved', 'The e-mail address was confirmed'), ('asked', 'The curators asked a question'), ('answered', 'The question was answered'), ('vouched', 'A curator vouched for the e-mail address'), ('contact', 'The e-mail address became the entry’s contact'), ('confirmed', 'Taken as the city’s confirmation'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], max_length=12, verbose_name='what happened'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seconded_by__isnull', True), ('speaks_since__isnull', True), ('was_official', False)), models.Q(('mailbox_confirmed_at__isnull', False), ('speaks_since__isnull', False), ('vouched_by__isnull', False), models.Q(models.Q(('seconded_by__isnull', True), ('was_official', True)), models.Q(('seconded_by__isnull', False), ('was_official', False), models.Q(('seconded_by', models.F('vouched_by')), _negated=True)), _connector='OR')), _connector='OR'), name='contact_route_speaks_when_proved'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(('vouched_by__isnull', True), ('mailbox_confirmed_at__isnull', False), _connector='OR'), name='contact_route_vouched_after'),
        ),
        migrations.AddConstraint(
            model_name='practiceletter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmation__isnull', False), ('enquiry__isnull', True), ('report__isnull', True), ('route__isnull', False)), models.Q(('confirmation__isnull', True), ('enquiry__isnull', False), ('report__isnull', True)), models.Q(('confirmation__isnull', True), ('enquiry__isnull', True), ('report__isnull', False), ('route__isnull', False)), models.Q(('confirmation__isnull', True), ('enquiry__isnull', True), ('name', 'confirm_mailbox'), ('report__isnull', True), ('route__isnull', False)), _connector='OR'), name='practice_letter_has_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('confirms_at__isnull', True), models.Q(('accepted_at__isnull', False), ('speaks_since__isnull', False)), _connector='OR'), name='submission_confirms_when_it_speaks'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seconded_by__isnull', True), ('speaks_since__isnull', True), ('was_official', False)), models.Q(('mailbox_confirmed_at__isnull', False), ('speaks_since__isnull', False), ('vouched_by__isnull', False), models.Q(models.Q(('seconded_by__isnull', True), ('was_official', True)), models.Q(('seconded_by__isnull', False), ('was_official', False), models.Q(('seconded_by', models.F('vouched_by')), _negated=True)), _connector='OR')), _connector='OR'), name='submission_speaks_when_proved'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('vouched_by__isnull', True), ('mailbox_confirmed_at__isnull', False), _connector='OR'), name='submission_vouched_after'),
        ),
        migrations.AddConstraint(
            model_name='submissionevent',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['sent', 'proved', 'asked', 'answered', 'vouched', 'contact', 'confirmed', 'accepted', 'refused', 'withdrawn'])), name='submission_event_step_known'),
        ),
    ]
