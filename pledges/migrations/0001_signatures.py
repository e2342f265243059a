import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('practices', '0004_logs_and_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('stated', 'Stated in a source'), ('online', 'Signed online')], editable=False, max_length=6, verbose_name='origin')),
                ('institution', models.CharField(blank=True, max_length=200, verbose_name='institution')),
                ('office', models.CharField(choices=[('unknown', 'Not known'), ('mayor', 'Mayor'), ('deputy-mayor', 'Deputy mayor'), ('council-president', 'President of the council'), ('governor', 'Governor'), ('chief-executive', 'City manager or chief executive'), ('other', 'Other')], default='unknown', max_length=20, verbose_name='office of the signer')),
                ('office_other', models.CharField(blank=True, max_length=120, verbose_name='other office')),
                ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='name of the signer')),
                ('name_may_be_shown', models.BooleanField(default=False, verbose_name='the name may be shown')),
                ('visibility', models.CharField(choices=[('public', 'Public now'), ('from-date', 'Public from a date'), ('counted', 'Counted, not named')], default='public', max_length=10, verbose_name='visibility')),
                ('public_from', models.DateField(blank=True, null=True, verbose_name='public from')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='signed')),
                ('not_before', models.DateField(blank=True, null=True, verbose_name='not before')),
                ('precision', models.CharField(choices=[('day', 'On this day'), ('before', 'On or before this day'), ('between', 'Between two days'), ('unknown', 'Day not known')], default='unknown', max_length=7, verbose_name='how exact the day is')),
                ('signed_by', models.CharField(blank=True, help_text='About when, and who.', max_length=300, verbose_name='what the source says')),
                ('drafted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='drafted')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='confirmed')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('expired_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='expired')),
                ('refused_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='refused')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='superseded')),
                ('refusal', models.CharField(blank=True, choices=[('no-proof', 'No proof that the institution decided'), ('no-mandate', 'The person may not sign for the institution'), ('not-a-government', 'Not a local or regional government'), ('wrong-place', 'Sent for the wrong place'), ('duplicate', 'Sent twice'), ('not-me', 'The holder of the address did not send it')], editable=False, max_length=20, verbose_name='why it was refused')),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='practices.city', verbose_name='city')),
                ('superseded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='pledges.signature', verbose_name='superseded by')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'ordering': ['city__name', 'pk'],
                'permissions': [('curate_signature', 'Can verify, publish, refuse and supersede signatures'), ('lead_curate_signature', 'Can withdraw a signature, with a reason')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short name')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField(verbose_name='signatories')),
                ('accuracy', models.CharField(choices=[('exact', 'Exactly'), ('about', 'About'), ('more-than', 'More than')], default='exact', max_length=10, verbose_name='how exact the number is')),
                ('countries', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='countries')),
                ('on', models.DateField(help_text='For a month: any day in it.', verbose_name='day')),
                ('precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('month-end', 'End of a month')], default='day', max_length=10, verbose_name='how exact the day is')),
                ('source_title', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('source_publisher', models.CharField(max_length=200, verbose_name='publisher')),
                ('source_url', models.URLField(blank=True, max_length=1000, verbose_name='address of the source')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('on', 'count'), name='milestone_once'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='milestone_counts_someone')],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('key', models.CharField(max_length=43, primary_key=True, serialize=False, verbose_name='one-time key')),
                ('reference', models.CharField(db_index=True, max_length=9, verbose_name='reference')),
                ('content', models.BinaryField(verbose_name='keyed hash of the answers')),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='sent')),
                ('signature', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sent_form', to='pledges.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'form sent',
                'verbose_name_plural': 'forms sent',
            },
        ),
        migrations.CreateModel(
            name='StatementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=7, verbose_name='language')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('preamble', models.TextField(verbose_name='preamble')),
                ('closing', models.TextField(verbose_name='closing')),
                ('note', models.TextField(blank=True, help_text='Shown with the text; not part of it.', verbose_name='whose wording this is')),
                ('valid_from', models.DateField(blank=True, help_text='Empty while it is a draft.', null=True, verbose_name='valid from')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='fingerprint')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='pledges.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'version of the statement',
                'verbose_name_plural': 'versions of the statement',
                'ordering': ['statement', 'language', '-number'],
            },
        ),
        migrations.AddField(
            model_name='signature',
            name='version',
            field=models.ForeignKey(blank=True, help_text='Empty for history: the sources do not say which wording was signed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='pledges.statementversion', verbose_name='version signed'),
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('promise', models.TextField(verbose_name='promise')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='pledges.statementversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'clause',
                'verbose_name_plural': 'clauses',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SignatureContact',
            fields=[
                ('signature', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact', serialize=False, to='pledges.signature', verbose_name='signature')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('decision_url', models.URLField(blank=True, help_text='As the form says. It is public only once a curator has seen it and recorded it as evidence.', max_length=500, verbose_name='page said to show the decision')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
            ],
            options={
                'verbose_name': 'contact of a signature',
                'verbose_name_plural': 'contacts of signatures',
                'constraints': [models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='signature_contact_has_address')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('official-mail', 'Mail from the official address'), ('published-decision', 'Decision published on the official site'), ('called-back', 'Called back'), ('letter', 'Copy of a letter'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('url', models.URLField(blank=True, help_text='Shown to the public for a published decision.', max_length=1000, verbose_name='address of the page')),
                ('number_found_at', models.CharField(blank=True, help_text='Found by yourself, never taken from the form. Not public.', max_length=300, verbose_name='where the number called was found')),
                ('seen_on', models.DateField(verbose_name='seen on')),
                ('note', models.TextField(blank=True, help_text='For curators only.', verbose_name='note')),
                ('was_strong', models.BooleanField(default=False, editable=False, verbose_name='strong')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='recorded')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='pledges.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'piece of evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['seen_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['official-mail', 'published-decision', 'called-back', 'letter', 'other'])), name='evidence_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'published-decision'), _negated=True), models.Q(('url', ''), _negated=True), _connector='OR'), name='evidence_published_decision_has_address'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'called-back'), _negated=True), models.Q(('number_found_at', ''), _negated=True), _connector='OR'), name='evidence_number_found_independently'), models.CheckConstraint(condition=models.Q(('url', ''), ('url__startswith', 'http://'), ('url__startswith', 'https://'), _connector='OR'), name='evidence_address_is_web')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('text', models.CharField(max_length=280, verbose_name='what the city will do')),
                ('due', models.DateField(verbose_name='by when')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='pledges.clause', verbose_name='clause')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='pledges.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('signature', 'position'), name='commitment_position_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='commitment_says_what')],
            },
        ),
        migrations.CreateModel(
            name='SignatureEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('stated', 'Entered from a source'), ('drafted', 'Sent by the form'), ('confirmed', 'Confirmed from the mailbox'), ('verified', 'Checked by a curator'), ('published', 'Published'), ('expired', 'Expired unconfirmed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('withdrawal-undone', 'Withdrawal undone'), ('superseded', 'Replaced by a newer signature')], max_length=20, verbose_name='what happened')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('by', models.ForeignKey(blank=True, help_text='The curator; empty for the signer and for the clock.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='pledges.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['stated', 'drafted', 'confirmed', 'verified', 'published', 'expired', 'refused', 'withdrawn', 'withdrawal-undone', 'superseded'])), name='signature_event_kind_known'), models.UniqueConstraint(condition=models.Q(('kind__in', ('withdrawn', 'withdrawal-undone')), _negated=True), fields=('signature', 'kind'), name='signature_event_once_per_move'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('verified', 'published')), _negated=True), ('by__isnull', False), _connector='OR'), name='signature_event_names_the_curator')],
            },
        ),
        migrations.CreateModel(
            name='SignatureLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(editable=False, max_length=40, verbose_name='letter')),
                ('language', models.CharField(editable=False, max_length=7, verbose_name='language')),
                ('nonce', models.BinaryField()),
                ('posted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='posted')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='sent')),
                ('bounced_at', models.DateTimeField(editable=False, null=True, verbose_name='bounced')),
                ('reply', models.CharField(blank=True, editable=False, max_length=16, verbose_name='what the mail server answered')),
                ('used', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, editable=False, verbose_name='links used')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='pledges.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['posted_at'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('name__in', ('confirm_signature', 'already_signed'))), fields=('signature',), name='signature_letter_first'), models.UniqueConstraint(condition=models.Q(('name__in', ('confirmed_receipt', 'verified_notice', 'published_notice', 'refused'))), fields=('signature', 'name'), name='signature_letter_once'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('bounced_at__isnull', True), _connector='OR'), name='signature_letter_one_outcome')],
            },
        ),
        migrations.CreateModel(
            name='SignatureSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(max_length=200, verbose_name='publisher')),
                ('url', models.URLField(max_length=1000, verbose_name='address')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='pledges.signature', verbose_name='signature')),
            ],
            options={
                'verbose_name': 'source of a signature',
                'verbose_name_plural': 'sources of signatures',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('signature', 'url', 'title'), name='signature_source_once'), models.CheckConstraint(condition=models.Q(('url__startswith', 'http://'), ('url__startswith', 'https://'), _connector='OR'), name='signature_source_address_is_web'), models.CheckConstraint(condition=models.Q(('year__isnull', True), ('year__range', (1900, 2100)), _connector='OR'), name='signature_source_year_plausible')],
            },
        ),
        migrations.AddConstraint(
            model_name='statementversion',
            constraint=models.UniqueConstraint(fields=('statement', 'language', 'number'), name='statement_version_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='statementversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sha256', ''), ('valid_from__isnull', True)), models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('valid_from__isnull', False)), _connector='OR'), name='statement_version_valid_has_fingerprint'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at__isnull', False), ('superseded_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('city',), name='signature_one_live_per_city'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'stated'), ('confirmed_at__isnull', True), ('drafted_at__isnull', True), ('verified_at__isnull', True), ('version__isnull', True), ('expired_at__isnull', True), ('published_at__isnull', False), ('refused_at__isnull', True), ('name_may_be_shown', False), ('signer_name', ''), ('visibility', 'public')), models.Q(('origin', 'online'), ('drafted_at__isnull', False), ('version__isnull', False), models.Q(('institution', ''), _negated=True)), _connector='OR'), name='signature_origin_fits'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('drafted_at__isnull', False), ('confirmed_at__gte', models.F('drafted_at'))), ('origin', 'stated'), _connector='OR'), name='signature_confirmed_at_follows_drafted_at'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('verified_at__isnull', True), models.Q(('confirmed_at__isnull', False), ('verified_at__gte', models.F('confirmed_at'))), ('origin', 'stated'), _connector='OR'), name='signature_verified_at_follows_confirmed_at'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('verified_at__isnull', False), ('published_at__gte', models.F('verified_at'))), ('origin', 'stated'), _connector='OR'), name='signature_published_at_follows_verified_at'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('expired_at__isnull', True), models.Q(('drafted_at__isnull', False), ('expired_at__gte', models.F('drafted_at'))), ('origin', 'stated'), _connector='OR'), name='signature_expired_at_follows_drafted_at'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('refused_at__isnull', True), models.Q(('drafted_at__isnull', False), ('refused_at__gte', models.F('drafted_at'))), ('origin', 'stated'), _connector='OR'), name='signature_refused_at_follows_drafted_at'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expired_at__isnull', True), ('refused_at__isnull', True), _connector='OR'), models.Q(('expired_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), models.Q(('expired_at__isnull', True), ('superseded_at__isnull', True), _connector='OR'), models.Q(('refused_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), models.Q(('refused_at__isnull', True), ('superseded_at__isnull', True), _connector='OR'), models.Q(('withdrawn_at__isnull', True), ('superseded_at__isnull', True), _connector='OR')), name='signature_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('expired_at__isnull', True), ('confirmed_at__isnull', True), _connector='OR'), name='signature_expired_unconfirmed'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('refused_at__isnull', True), ('published_at__isnull', True), _connector='OR'), name='signature_refused_unpublished'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('confirmed_at__isnull', False), ('origin', 'stated'), _connector='OR'), name='signature_withdrawn_was_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('superseded_at__isnull', True), ('superseded_by__isnull', True)), models.Q(('published_at__isnull', False), ('superseded_at__isnull', False), ('superseded_by__isnull', False)), _connector='OR'), name='signature_superseded_by_another'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at__isnull', True)), models.Q(('refusal__in', ['no-proof', 'no-mandate', 'not-a-government', 'wrong-place', 'duplicate', 'not-me']), ('refused_at__isnull', False)), _connector='OR'), name='signature_refusal_has_code'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('public_from__isnull', False), ('visibility', 'from-date')), models.Q(('public_from__isnull', True), ('visibility__in', ['public', 'counted'])), _connector='OR'), name='signature_visibility_fits'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('not_before__isnull', True), ('precision', 'day'), ('signed_on__isnull', False)), models.Q(('not_before__isnull', True), ('precision', 'before'), ('signed_on__isnull', False)), models.Q(('not_before__isnull', False), ('not_before__lte', models.F('signed_on')), ('precision', 'between'), ('signed_on__isnull', False)), models.Q(('precision', 'unknown'), ('signed_on__isnull', True)), _connector='OR'), name='signature_date_fits_precision'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office__in', ['unknown', 'mayor', 'deputy-mayor', 'council-president', 'governor', 'chief-executive']), ('office_other', '')), models.Q(('office', 'other'), models.Q(('office_other', ''), _negated=True)), _connector='OR'), name='signature_office_fits'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('name_may_be_shown', False), models.Q(('signer_name', ''), _negated=True), _connector='OR'), name='signature_shown_name_exists'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='clause_position_once'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='clause_code_once'),
        ),
    ]
