import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pledges', '0002_history_and_edition'),
        ('practices', '0004_logs_and_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BlockedMailbox',
            fields=[
                ('mailbox', models.BinaryField(primary_key=True, serialize=False, verbose_name='keyed hash of the address')),
                ('blocked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='blocked')),
            ],
            options={
                'verbose_name': 'blocked mailbox',
                'verbose_name_plural': 'blocked mailboxes',
            },
        ),
        migrations.CreateModel(
            name='LimitUse',
            fields=[
                ('pk', models.CompositePrimaryKey('act', 'who', blank=True, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=40, verbose_name='act')),
                ('who', models.BinaryField(verbose_name='who')),
                ('moments', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), verbose_name='moments')),
            ],
            options={
                'verbose_name': 'use of a limit',
                'verbose_name_plural': 'uses of limits',
            },
        ),
        migrations.CreateModel(
            name='WorkerBeat',
            fields=[
                ('worker', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='worker')),
                ('seen_at', models.DateTimeField(verbose_name='last seen')),
            ],
            options={
                'verbose_name': 'worker',
                'verbose_name_plural': 'workers',
            },
        ),
        migrations.CreateModel(
            name='DeskSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('started_at', models.DateTimeField(verbose_name='since')),
                ('seen_at', models.DateTimeField(verbose_name='last step')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='browser')),
                ('network', models.CharField(blank=True, max_length=40, verbose_name='from where, roughly')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='desk_sessions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'permissions': [('end_sessions', 'Can end a colleague’s sessions')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, help_text='Such as: Letter of the mayor, 3 May 2026.', max_length=120, verbose_name='what it is')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='bytes')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='added')),
                ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='deleted')),
                ('added_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('deleted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deleted by')),
                ('practice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='practices.practice')),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='pledges.signature')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
            },
        ),
        migrations.CreateModel(
            name='DocumentView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to='citysolidarity.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'look at a document',
                'verbose_name_plural': 'looks at documents',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('signature__isnull', False), ('practice__isnull', False), _connector='XOR'), name='document_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), ('deleted_at__isnull', False), _connector='OR'), name='document_says_what_it_is'),
        ),
    ]
