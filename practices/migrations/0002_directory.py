import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('practices', '0001_text_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='City',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='name-cc, such as berlin-de', max_length=120, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='names in other languages')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('kind', models.CharField(choices=[('city', 'City or municipality'), ('county', 'County'), ('province', 'Province'), ('prefecture', 'Prefecture'), ('state', 'State')], default='city', max_length=12, verbose_name='kind')),
                ('latitude', models.FloatField(blank=True, help_text='In degrees, WGS 84.', null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, help_text='In degrees, WGS 84.', null=True, verbose_name='longitude')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of that figure')),
                ('population_source', models.CharField(blank=True, max_length=200, verbose_name='source of that figure')),
                ('geonames_id', models.PositiveIntegerField(blank=True, null=True, unique=True, verbose_name='GeoNames number')),
                ('official_domain', models.CharField(blank=True, help_text='Such as berlin.de', max_length=200, verbose_name='official domain')),
                ('signed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='signed the statement')),
                ('signed_precision', models.CharField(blank=True, choices=[('', 'Not signed'), ('day', 'On this day'), ('before', 'On or before this day'), ('unknown', 'Day not known')], default='', editable=False, max_length=7)),
                ('region', models.GeneratedField(db_persist=True, expression=models.Case(models.When(country__in=['DZ', 'EG', 'EH', 'LY', 'MA', 'SD', 'TN'], then=models.Value('northern-africa')), models.When(country__in=['AO', 'BF', 'BI', 'BJ', 'BW', 'CD', 'CF', 'CG', 'CI', 'CM', 'CV', 'DJ', 'ER', 'ET', 'GA', 'GH', 'GM', 'GN', 'GQ', 'GW', 'IO', 'KE', 'KM', 'LR', 'LS', 'MG', 'ML', 'MR', 'MU', 'MW', 'MZ', 'NA', 'NE', 'NG', 'RE', 'RW', 'SC', 'SH', 'SL', 'SN', 'SO', 'SS', 'ST', 'SZ', 'TD', 'TF', 'TG', 'TZ', 'UG', 'YT', 'ZA', 'ZM', 'ZW'], then=models.Value('sub-saharan-africa')), models.When(country__in=['AG', 'AI', 'AR', 'AW', 'BB', 'BL', 'BO', 'BQ', 'BR', 'BS', 'BV', 'BZ', 'CL', 'CO', 'CR', 'CU', 'CW', 'DM', 'DO', 'EC', 'FK', 'GD', 'GF', 'GP', 'GS', 'GT', 'GY', 'HN', 'HT', 'JM', 'KN', 'KY', 'LC', 'MF', 'MQ', 'MS', 'MX', 'NI', 'PA', 'PE', 'PR', 'PY', 'SR', 'SV', 'SX', 'TC', 'TT', 'UY', 'VC', 'VE', 'VG', 'VI'], then=models.Value('latin-america-and-the-caribbean')), models.When(country__in=['BM', 'CA', 'GL', 'PM', 'US'], then=models.Value('northern-america')), models.When(country__in=['KG', 'KZ', 'TJ', 'TM', 'UZ'], then=models.Value('central-asia')), models.When(country__in=['CN', 'HK', 'JP', 'KP', 'KR', 'MN', 'MO', 'TW'], then=models.Value('eastern-asia')), models.When(country__in=['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'TL', 'VN'], then=models.Value('south-eastern-asia')), models.When(country__in=['AF', 'BD', 'BT', 'IN', 'IR', 'LK', 'MV', 'NP', 'PK'], then=models.Value('southern-asia')), models.When(country__in=['AE', 'AM', 'AZ', 'BH', 'CY', 'GE', 'IL', 'IQ', 'JO', 'KW', 'LB', 'OM', 'PS', 'QA', 'SA', 'SY', 'TR', 'YE'], then=models.Value('western-asia')), models.When(country__in=['BG', 'BY', 'CZ', 'HU', 'MD', 'PL', 'RO', 'RU', 'SK', 'UA'], then=models.Value('eastern-europe')), models.When(country__in=['AX', 'DK', 'EE', 'FI', 'FO', 'GB', 'GG', 'IE', 'IM', 'IS', 'JE', 'LT', 'LV', 'NO', 'SE', 'SJ'], then=models.Value('northern-europe')), models.When(country__in=['AD', 'AL', 'BA', 'ES', 'GI', 'GR', 'HR', 'IT', 'ME', 'MK', 'MT', 'PT', 'RS', 'SI', 'SM', 'VA', 'XK'], then=models.Value('southern-europe')), models.When(country__in=['AT', 'BE', 'CH', 'DE', 'FR', 'LI', 'LU', 'MC', 'NL'], then=models.Value('western-europe')), models.When(country__in=['AU', 'CC', 'CX', 'HM', 'NF', 'NZ'], then=models.Value('australia-and-new-zealand')), models.When(country__in=['FJ', 'NC', 'PG', 'SB', 'VU'], then=models.Value('melanesia')), models.When(country__in=['FM', 'GU', 'KI', 'MH', 'MP', 'NR', 'PW', 'UM'], then=models.Value('micronesia')), models.When(country__in=['AS', 'CK', 'NU', 'PF', 'PN', 'TK', 'TO', 'TV', 'WF', 'WS'], then=models.Value('polynesia'))), output_field=models.CharField(max_length=40))),
                ('size', models.GeneratedField(db_persist=True, expression=models.Case(models.When(population__isnull=True, then=models.Value('unknown')), models.When(population__lt=20000, then=models.Value('under-20k')), models.When(population__lt=50000, then=models.Value('20k-50k')), models.When(population__lt=200000, then=models.Value('50k-200k')), models.When(population__lt=500000, then=models.Value('200k-500k')), models.When(population__lt=1500000, then=models.Value('500k-1.5m')), default=models.Value('over-1.5m')), output_field=models.CharField(max_length=10))),
                ('keywords', models.TextField(default='', editable=False)),
            ],
            options={
                'verbose_name': 'city',
                'verbose_name_plural': 'cities',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
            ],
            options={
                'verbose_name': 'network',
                'verbose_name_plural': 'networks',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(help_text='What the city does, for whom, in one or two sentences.', max_length=280, verbose_name='summary')),
                ('challenge', models.TextField(blank=True, verbose_name='the situation')),
                ('approach', models.TextField(blank=True, verbose_name='what the city does')),
                ('results', models.TextField(blank=True, verbose_name='what changed')),
                ('lessons', models.TextField(blank=True, verbose_name='what others can learn')),
                ('what_did_not_work', models.TextField(blank=True, verbose_name='what did not work')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('language', models.CharField(default='en', max_length=7, verbose_name='written in')),
                ('area', models.CharField(blank=True, max_length=120, verbose_name='where in the city')),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='One to three.', verbose_name='themes')),
                ('populations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, verbose_name='populations')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, verbose_name='groups')),
                ('instrument', models.CharField(max_length=20, verbose_name='instrument')),
                ('contexts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, verbose_name='contexts')),
                ('gcr_objectives', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, verbose_name='Global Compact objectives')),
                ('sdgs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, verbose_name='Sustainable Development Goals')),
                ('started', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='started (year)')),
                ('ended', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ended (year)')),
                ('status', models.CharField(default='unknown', max_length=10, verbose_name='status')),
                ('lead', models.CharField(blank=True, max_length=200, verbose_name='led by')),
                ('partners', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, verbose_name='partners')),
                ('funders', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, verbose_name='funders')),
                ('evidence_level', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='evidence level')),
                ('cost_band', models.CharField(default='unknown', max_length=10, verbose_name='cost a year')),
                ('cost_currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('cost_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of that cost')),
                ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sent to review')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last confirmed')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list, editable=False)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'practice',
                'verbose_name_plural': 'practices',
                'ordering': ['-published_at', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300, unique=True, verbose_name='former path')),
                ('moved_to', models.CharField(blank=True, max_length=300, verbose_name='path it leads to')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why it is gone')),
                ('retired_at', models.DateTimeField(auto_now_add=True, verbose_name='retired')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'ordering': ['-retired_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('moved_to', ''), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('moved_to', ''), _negated=True), ('reason', '')), _connector='OR'), name='former_address_leads_or_explains'), models.CheckConstraint(condition=models.Q(('moved_to', models.F('path')), _negated=True), name='former_address_no_loop')],
            },
        ),
        migrations.CreateModel(
            name='LexiconWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60)),
                ('plain', models.CharField(max_length=60)),
                ('stem', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(blank=True, max_length=7)),
                ('documents', models.PositiveIntegerField(default=0)),
                ('is_term', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('plain', name='gin_trgm_ops'), name='lexicon_alike'), models.Index(fields=['plain'], name='lexicon_plain'), models.Index(fields=['stem', 'language'], name='lexicon_stem')],
                'constraints': [models.UniqueConstraint(fields=('word', 'language'), name='lexicon_word_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='since (year)')),
                ('source_url', models.URLField(max_length=500, verbose_name='address of the source')),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='practices.city', verbose_name='city')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='practices.network', verbose_name='network')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.AddField(
            model_name='city',
            name='networks',
            field=models.ManyToManyField(related_name='cities', through='practices.Membership', to='practices.network'),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('geonames_id', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='GeoNames number')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('near', models.CharField(blank=True, max_length=120, verbose_name='near')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('population', models.PositiveIntegerField(verbose_name='population')),
                ('keys', models.TextField(verbose_name='names as they are compared')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('keys', name='gin_trgm_ops'), name='place_keys')],
            },
        ),
        migrations.CreateModel(
            name='PracticeText',
            fields=[
                ('practice', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='text', serialize=False, to='practices.practice')),
                ('is_public', models.BooleanField(db_default=False, default=False)),
                ('brief', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('whole', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('lexis', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
            ],
        ),
        migrations.AddField(
            model_name='practice',
            name='city',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='practices.city', verbose_name='city'),
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('key', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='key')),
                ('width', models.PositiveSmallIntegerField(editable=False, verbose_name='width in pixels')),
                ('height', models.PositiveSmallIntegerField(editable=False, verbose_name='height in pixels')),
                ('alternative', models.CharField(help_text='What is to be seen, for those who do not see it, in one sentence. No “picture of”.', max_length=250, verbose_name='alternative text')),
                ('credit', models.CharField(help_text='Who made it, as they want to be named: City of Amman, R. Haddad.', max_length=160, verbose_name='credit')),
                ('licence', models.CharField(choices=[('cc0', 'Public domain (CC0)'), ('cc-by-4.0', 'CC BY 4.0'), ('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('permission', 'With the permission of the owner')], help_text='Whoever can be recognised must have agreed, too. No face of a child, no house of a family.', max_length=12, verbose_name='licence')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='added')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=43, unique=True, verbose_name='one-time key')),
                ('reference', models.CharField(db_index=True, editable=False, max_length=9, verbose_name='reference')),
                ('content', models.BinaryField(verbose_name='keyed hash of the answers')),
                ('text', models.TextField(editable=False, max_length=1000, verbose_name='text')),
                ('language', models.CharField(editable=False, max_length=7, verbose_name='language of the page')),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='sent')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed')),
                ('may_be_shown', models.BooleanField(default=False, editable=False, verbose_name='the question may be shown')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='confirmed by the asker')),
                ('relayed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='passed to the role')),
                ('deputy_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='passed to the deputy')),
                ('curators_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='passed to the curators')),
                ('answer', models.TextField(blank=True, help_text='For the asker: write it, then press “Answer”.', max_length=3000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered')),
                ('may_join', models.BooleanField(default=False, editable=False, verbose_name='the answer may be shown')),
                ('public_question', models.TextField(blank=True, help_text='Shortened where that helps, without names and addresses of persons.', max_length=1000, verbose_name='question as it is shown')),
                ('public_answer', models.TextField(blank=True, max_length=3000, verbose_name='answer as it is shown')),
                ('joined_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='shown with the entry')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('joined_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('practice', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'question to a city',
                'verbose_name_plural': 'questions to cities',
                'ordering': ['sent_at', 'pk'],
                'abstract': False,
                'default_related_name': 'enquiries',
            },
        ),
        migrations.CreateModel(
            name='ContactRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.CharField(choices=[('role', 'The role’s mailbox'), ('deputy', 'Its deputy')], default='role', max_length=6, verbose_name='who')),
                ('office', models.CharField(blank=True, help_text='Such as: Integration Office. No name of a person.', max_length=120, verbose_name='office')),
                ('email', models.EmailField(help_text='Best that of an office, which stays when people change. Never shown to anybody outside the desk.', max_length=254, verbose_name='mail address')),
                ('language', models.CharField(default='en', help_text='The language of our letters, as a code: en, fr …', max_length=7, verbose_name='writes in')),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='known since')),
                ('bounced_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='bounced')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routes', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'contact route',
                'verbose_name_plural': 'contact routes',
                'ordering': ['practice', '-seat'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='year')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='asked')),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reminded')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered')),
                ('answer', models.CharField(blank=True, choices=[('still-right', 'It is still right'), ('changed', 'Something has changed'), ('ended', 'It has ended')], editable=False, max_length=11, verbose_name='answer')),
                ('text', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='what changed')),
                ('ended', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='ended (year)')),
                ('decided_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='settled')),
                ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'yearly question',
                'verbose_name_plural': 'yearly questions',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PracticeTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(help_text='What the city does, for whom, in one or two sentences.', max_length=280, verbose_name='summary')),
                ('challenge', models.TextField(blank=True, verbose_name='the situation')),
                ('approach', models.TextField(blank=True, verbose_name='what the city does')),
                ('results', models.TextField(blank=True, verbose_name='what changed')),
                ('lessons', models.TextField(blank=True, verbose_name='what others can learn')),
                ('what_did_not_work', models.TextField(blank=True, verbose_name='what did not work')),
                ('language', models.CharField(max_length=7, verbose_name='language')),
                ('kind', models.CharField(choices=[('written', 'Written in this language'), ('human', 'Translated by people'), ('machine', 'Translated with the help of a machine')], default='human', max_length=7, verbose_name='how it was made')),
                ('made_by', models.CharField(max_length=160, verbose_name='made by')),
                ('follows', models.PositiveIntegerField(editable=False, verbose_name='revision of the original it follows')),
                ('translated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='translated')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='changed')),
                ('revision', models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name='revision')),
                ('shown', models.JSONField(editable=False, null=True, verbose_name='as published')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='published')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='practices.practice', verbose_name='practice')),
                ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
                'ordering': ['practice', 'language'],
                'permissions': [('publish_practicetranslation', 'Can publish translations')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=43, unique=True, verbose_name='one-time key')),
                ('reference', models.CharField(db_index=True, editable=False, max_length=9, verbose_name='reference')),
                ('content', models.BinaryField(verbose_name='keyed hash of the answers')),
                ('text', models.TextField(editable=False, max_length=1000, verbose_name='text')),
                ('language', models.CharField(editable=False, max_length=7, verbose_name='language of the page')),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='sent')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed')),
                ('kind', models.CharField(choices=[('wrong', 'Something is wrong'), ('outdated', 'Something has changed since'), ('harmful', 'Something may harm or expose a person'), ('reply', 'We are the city, or are named here, and want to reply'), ('link', 'A link leads nowhere'), ('other', 'Something else')], editable=False, max_length=8, verbose_name='what is the matter')),
                ('email', models.EmailField(blank=True, editable=False, max_length=254, verbose_name='mail address')),
                ('taken_up_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='marked as under review')),
                ('outcome', models.CharField(blank=True, choices=[('mended', 'The entry has been mended'), ('nothing', 'Looked at: nothing is to be changed'), ('replied', 'The reply is shown with the entry'), ('not-meant', 'No report: advertising, an insult, a test')], help_text='Choose it, then press “Close”.', max_length=9, verbose_name='outcome')),
                ('public_reply', models.TextField(blank=True, help_text='Only for a reply: what stands beside the entry, without names and addresses of persons.', max_length=1000, verbose_name='reply as it is shown')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('practice', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'problem reported',
                'verbose_name_plural': 'problems reported',
                'ordering': ['sent_at', 'pk'],
                'abstract': False,
                'default_related_name': 'reports',
            },
        ),
        migrations.CreateModel(
            name='PracticeLetter',
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
                ('confirmation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='practices.confirmation', verbose_name='yearly question')),
                ('enquiry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='practices.enquiry', verbose_name='question to a city')),
                ('route', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='practices.contactroute', verbose_name='mailbox')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='practices.report', verbose_name='problem reported')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['posted_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('text', models.TextField(max_length=2000, verbose_name='comment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_comments', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'comment of a curator',
                'verbose_name_plural': 'comments of curators',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(choices=[('submitted', 'Sent to review'), ('sent-back', 'Sent back to the drafts'), ('published', 'Published'), ('confirmed', 'Confirmed by the city'), ('ended', 'Marked as ended'), ('archived', 'Taken off the public pages')], max_length=12, verbose_name='what happened')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='review_events', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'event of the review',
                'verbose_name_plural': 'events of the review',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Rewording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rewordings', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'change of words',
                'verbose_name_plural': 'changes of words',
                'ordering': ['-revision'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(max_length=200, verbose_name='publisher')),
                ('url', models.URLField(max_length=1000, verbose_name='address')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('language', models.CharField(blank=True, max_length=7, verbose_name='language')),
                ('archived_url', models.URLField(blank=True, help_text='Where a web archive keeps the page, if it is gone.', max_length=1000, verbose_name='archived copy')),
                ('last_seen_on', models.DateField(blank=True, editable=False, null=True, verbose_name='last seen working')),
                ('broken_since', models.DateField(blank=True, editable=False, null=True, verbose_name='broken since')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_at', models.DateTimeField(auto_now_add=True, verbose_name='looked at')),
                ('outcome', models.CharField(choices=[('works', 'works'), ('moved', 'moved'), ('gone', 'gone'), ('closed', 'closed'), ('failing', 'failing'), ('unreachable', 'unreachable'), ('forbidden', 'forbidden')], max_length=11, verbose_name='outcome')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='HTTP status')),
                ('moved_to', models.URLField(blank=True, max_length=1000, verbose_name='moved to')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='practices.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'link check',
                'verbose_name_plural': 'link checks',
                'ordering': ['-checked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(help_text='As it should be read: 1,280 or 42 %.', max_length=40, verbose_name='value')),
                ('what', models.CharField(max_length=160, verbose_name='what it counts')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='practices.practice', verbose_name='practice')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='practices.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'figure',
                'verbose_name_plural': 'figures',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=43, unique=True, verbose_name='one-time key')),
                ('reference', models.CharField(db_index=True, editable=False, max_length=9, verbose_name='reference')),
                ('content', models.BinaryField(null=True, verbose_name='keyed hash of the answers')),
                ('language', models.CharField(max_length=7, verbose_name='language of the pages')),
                ('kind', models.CharField(choices=[('new', 'A new practice'), ('update', 'A correction of an entry'), ('adaptation', 'A practice that follows another’s example')], default='new', max_length=10, verbose_name='kind')),
                ('answers', models.JSONField(default=dict, verbose_name='answers')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='city')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('email', models.EmailField(max_length=254, verbose_name='mail address')),
                ('office', models.CharField(blank=True, max_length=120, verbose_name='office or role')),
                ('begun_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='begun')),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='saved')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='sent')),
                ('accepted_at', models.DateTimeField(editable=False, null=True, verbose_name='accepted')),
                ('refused_at', models.DateTimeField(editable=False, null=True, verbose_name='refused')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn')),
                ('refusal', models.CharField(blank=True, choices=[('not-local', 'Not done or led by a local authority'), ('off-subject', 'Not about people forced to flee'), ('no-source', 'No source that readers can open'), ('known', 'The entry is in the directory already'), ('promotion', 'Advertises a product or a person'), ('no-answer', 'A question was left without an answer'), ('not-authorised', 'Not sent on behalf of the city')], editable=False, max_length=20, verbose_name='why refused')),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions_about', to='practices.practice', verbose_name='entry it is about')),
                ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to='practices.practice', verbose_name='entry that came of it')),
            ],
            options={
                'verbose_name': 'submission',
                'verbose_name_plural': 'submissions',
                'ordering': ['sent_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CuratorQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='question')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='asked')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='practices.submission', verbose_name='submission')),
            ],
            options={
                'verbose_name': 'question about a submission',
                'verbose_name_plural': 'questions about submissions',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('sent', 'Sent by the city'), ('asked', 'The curators asked a question'), ('answered', 'The city answered'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn by the city')], max_length=12, verbose_name='what happened')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('why', models.CharField(blank=True, max_length=20, verbose_name='why')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='practices.submission', verbose_name='submission')),
            ],
            options={
                'verbose_name': 'event of a submission',
                'verbose_name_plural': 'events of submissions',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionLetter',
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
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='practices.submission', verbose_name='submission')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['posted_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=60)),
                ('language', models.CharField(blank=True, max_length=7)),
                ('text', models.CharField(max_length=120)),
                ('tag', models.CharField(blank=True, max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('stems', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), db_default=[], default=list)),
                ('head', models.TextField(db_default='', default='')),
            ],
            options={
                'indexes': [models.Index(fields=['language', 'head'], name='term_head'), models.Index(fields=['concept'], name='term_concept')],
            },
        ),
        migrations.CreateModel(
            name='TranslationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('published', 'Published'), ('taken-back', 'Taken off the public pages')], max_length=10, verbose_name='what happened')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='practices.practicetranslation', verbose_name='translation')),
            ],
            options={
                'verbose_name': 'event of a translation',
                'verbose_name_plural': 'events of translations',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(verbose_name='revision')),
                ('record', models.JSONField(verbose_name='content')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', to='practices.practice', verbose_name='practice')),
            ],
            options={
                'verbose_name': 'version',
                'verbose_name_plural': 'versions',
                'ordering': ['-revision'],
            },
        ),
        migrations.CreateModel(
            name='Asker',
            fields=[
                ('enquiry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='asker', serialize=False, to='practices.enquiry', verbose_name='question')),
                ('email', models.EmailField(max_length=254, verbose_name='mail address')),
            ],
            options={
                'verbose_name': 'asker',
                'verbose_name_plural': 'askers',
                'constraints': [models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='asker_has_address')],
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('city', 'network'), name='membership_once_per_network'),
        ),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.UniqueConstraint(fields=('country', 'slug'), name='city_once_per_country'),
        ),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.CheckConstraint(condition=models.Q(('slug__endswith', django.db.models.functions.text.Concat(models.Value('-'), django.db.models.functions.text.Lower('country')))), name='city_slug_ends_with_country'),
        ),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.CheckConstraint(condition=models.Q(('country__in', ('AD', 'AE', 'AF', 'AG', 'AI', 'AL', 'AM', 'AO', 'AR', 'AS', 'AT', 'AU', 'AW', 'AX', 'AZ', 'BA', 'BB', 'BD', 'BE', 'BF', 'BG', 'BH', 'BI', 'BJ', 'BL', 'BM', 'BN', 'BO', 'BQ', 'BR', 'BS', 'BT', 'BV', 'BW', 'BY', 'BZ', 'CA', 'CC', 'CD', 'CF', 'CG', 'CH', 'CI', 'CK', 'CL', 'CM', 'CN', 'CO', 'CR', 'CU', 'CV', 'CW', 'CX', 'CY', 'CZ', 'DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'EC', 'EE', 'EG', 'EH', 'ER', 'ES', 'ET', 'FI', 'FJ', 'FK', 'FM', 'FO', 'FR', 'GA', 'GB', 'GD', 'GE', 'GF', 'GG', 'GH', 'GI', 'GL', 'GM', 'GN', 'GP', 'GQ', 'GR', 'GS', 'GT', 'GU', 'GW', 'GY', 'HK', 'HM', 'HN', 'HR', 'HT', 'HU', 'ID', 'IE', 'IL', 'IM', 'IN', 'IO', 'IQ', 'IR', 'IS', 'IT', 'JE', 'JM', 'JO', 'JP', 'KE', 'KG', 'KH', 'KI', 'KM', 'KN', 'KP', 'KR', 'KW', 'KY', 'KZ', 'LA', 'LB', 'LC', 'LI', 'LK', 'LR', 'LS', 'LT', 'LU', 'LV', 'LY', 'MA', 'MC', 'MD', 'ME', 'MF', 'MG', 'MH', 'MK', 'ML', 'MM', 'MN', 'MO', 'MP', 'MQ', 'MR', 'MS', 'MT', 'MU', 'MV', 'MW', 'MX', 'MY', 'MZ', 'NA', 'NC', 'NE', 'NF', 'NG', 'NI', 'NL', 'NO', 'NP', 'NR', 'NU', 'NZ', 'OM', 'PA', 'PE', 'PF', 'PG', 'PH', 'PK', 'PL', 'PM', 'PN', 'PR', 'PS', 'PT', 'PW', 'PY', 'QA', 'RE', 'RO', 'RS', 'RU', 'RW', 'SA', 'SB', 'SC', 'SD', 'SE', 'SG', 'SH', 'SI', 'SJ', 'SK', 'SL', 'SM', 'SN', 'SO', 'SR', 'SS', 'ST', 'SV', 'SX', 'SY', 'SZ', 'TC', 'TD', 'TF', 'TG', 'TH', 'TJ', 'TK', 'TL', 'TM', 'TN', 'TO', 'TR', 'TT', 'TV', 'TW', 'TZ', 'UA', 'UG', 'UM', 'US', 'UY', 'UZ', 'VA', 'VC', 'VE', 'VG', 'VI', 'VN', 'VU', 'WF', 'WS', 'XK', 'YE', 'YT', 'ZA', 'ZM', 'ZW'))), name='city_country_known', violation_error_message='Choose a country from the list.'),
        ),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['city', 'county', 'province', 'prefecture', 'state'])), name='city_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='city_place_whole_and_on_earth', violation_error_message='Give both latitude (-90 to 90) and longitude (-180 to 180), or neither.'),
        ),
        migrations.AddConstraint(
            model_name='city',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_on__isnull', False), ('signed_precision__in', ['day', 'before'])), models.Q(('signed_on__isnull', True), ('signed_precision__in', ['', 'unknown'])), _connector='OR'), name='city_signature_date_fits_precision'),
        ),
        migrations.AddIndex(
            model_name='practicetext',
            index=django.contrib.postgres.indexes.GinIndex(fields=['whole'], name='practice_whole'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='practice_tags'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(condition=models.Q(('archived_at__isnull', True), ('published_at__isnull', False)), fields=['-published_at', 'slug'], name='practice_newest'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('slug__in', ('share', 'compare', 'coverage', 'suggest')), _negated=True), name='practice_slug_not_a_page', violation_error_message='This address belongs to a page of the site: choose another.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('themes__contained_by', ['social-cohesion', 'participation', 'welcome', 'employment', 'housing', 'education', 'health', 'rights', 'reception', 'environment', 'governance', 'culture-sport'])), name='practice_themes_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('populations__contained_by', ['refugees', 'asylum-seekers', 'idps', 'stateless', 'returnees', 'host-community', 'migrants'])), name='practice_populations_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('groups__contained_by', ['women', 'children-youth', 'families', 'older-people', 'lgbtiq', 'people-with-disabilities'])), name='practice_groups_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('contexts__contained_by', ['large-scale-arrival', 'protracted', 'resettlement', 'community-sponsorship', 'mixed-migration', 'internal-displacement', 'reintegration'])), name='practice_contexts_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('gcr_objectives__contained_by', ['1', '2', '3', '4'])), name='practice_gcr_objectives_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('sdgs__contained_by', ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15', '16', '17'])), name='practice_sdgs_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ['service', 'policy', 'institution', 'campaign', 'space', 'partnership', 'network', 'digital', 'funding'])), name='practice_instrument_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['ongoing', 'completed', 'unknown'])), name='practice_status_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('cost_band__in', ['none', 'under-50k', '50k-250k', '250k-1m', 'over-1m', 'unknown'])), name='practice_cost_band_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('themes__len__range', (1, 3))), name='practice_one_to_three_themes', violation_error_message='Choose one to three themes.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('evidence_level__range', (0, 5))), name='practice_evidence_level_known', violation_error_message='Choose from the list.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('started__isnull', True), ('started__range', (1900, 2100)), _connector='OR'), name='practice_started_plausible', violation_error_message='A year lies between 1900 and 2100.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('ended__isnull', True), ('ended__range', (1900, 2100)), _connector='OR'), name='practice_ended_plausible', violation_error_message='A year lies between 1900 and 2100.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('ended__isnull', True), ('started__isnull', True), ('ended__gte', models.F('started')), _connector='OR'), name='practice_years_in_order', violation_error_message="It can't have ended before it started: check the two years."),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ongoing'), _negated=True), ('ended__isnull', True), _connector='OR'), name='practice_running_has_no_end', violation_error_message='A practice that is running has no year of ending: change the status or leave the year out.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at__isnull', True), ('published_at__isnull', True), ('published_at__gte', models.F('submitted_at')), _connector='OR'), name='practice_submitted_before_published', violation_error_message='An entry is sent to review before it is published.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('archived_at__isnull', True), ('published_at__isnull', False), _connector='OR'), name='practice_archived_was_published', violation_error_message='Only what was published can be archived.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('published_at__isnull', False), _connector='OR'), name='practice_confirmed_was_published', violation_error_message='Only what was published can be confirmed.'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('cost_band__in', ['none', 'unknown']), models.Q(models.Q(('cost_currency', ''), _negated=True), ('cost_year__isnull', False)), _connector='OR'), name='practice_cost_has_currency_and_year', violation_error_message='Say in which currency and for which year the cost stands.'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.UniqueConstraint(fields=('practice', 'key'), name='picture_once_per_practice'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alternative', ''), _negated=True), models.Q(('credit', ''), _negated=True), ('licence__in', ['cc0', 'cc-by-4.0', 'cc-by-sa-4.0', 'permission'])), name='picture_says_what_and_whose'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(('height__gt', 0), ('width__gt', 0)), name='picture_has_a_size'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', False), models.Q(('answered_at__isnull', True), ('curators_at__isnull', True), ('deputy_at__isnull', True), ('relayed_at__isnull', True)), _connector='OR'), name='enquiry_confirmed_first'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='enquiry_answered_with_words'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joined_at__isnull', True), ('joined_by__isnull', True)), models.Q(('answered_at__isnull', False), ('joined_at__isnull', False), ('joined_by__isnull', False), ('may_be_shown', True), ('may_join', True), models.Q(('public_question', ''), _negated=True), models.Q(('public_answer', ''), _negated=True)), _connector='OR'), name='enquiry_joined_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='enquiry_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.UniqueConstraint(fields=('practice', 'seat'), name='contact_route_one_per_seat', violation_error_message='An entry has one role’s mailbox and one deputy at most.'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='contact_route_has_address'),
        ),
        migrations.AddConstraint(
            model_name='contactroute',
            constraint=models.CheckConstraint(condition=models.Q(('seat__in', ['role', 'deputy'])), name='contact_route_seat_known'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('practice', 'year'), name='confirmation_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answer__in', ['still-right', 'changed', 'ended']), ('answered_at__isnull', False)), _connector='OR'), name='confirmation_answered_with_a_code'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), ('answer__in', ['changed', 'ended']), _connector='OR'), name='confirmation_text_is_news'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('ended__isnull', True), models.Q(('answer', 'ended'), ('ended__range', (1900, 2100))), _connector='OR'), name='confirmation_year_of_the_end'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('answer__in', ['changed', 'ended']), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='confirmation_settled_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='practicetranslation',
            constraint=models.UniqueConstraint(fields=('practice', 'language'), name='translation_once_per_language', violation_error_message='Somebody has begun this translation already. Your texts are here.'),
        ),
        migrations.AddConstraint(
            model_name='practicetranslation',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ('en', 'fr', 'es', 'ar', 'pt'))), name='translation_language_known'),
        ),
        migrations.AddConstraint(
            model_name='practicetranslation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['written', 'human', 'machine'])), name='translation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='practicetranslation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('summary', ''), _negated=True), models.Q(('made_by', ''), _negated=True)), name='translation_says_what_and_whose'),
        ),
        migrations.AddConstraint(
            model_name='practicetranslation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True), ('shown__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False), ('shown__isnull', False)), _connector='OR'), name='translation_published_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['wrong', 'outdated', 'harmful', 'reply', 'link', 'other'])), name='report_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('outcome__in', ['mended', 'nothing', 'replied', 'not-meant']), _connector='OR'), name='report_closed_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'replied'), _negated=True), models.Q(('public_reply', ''), _negated=True), _connector='OR'), name='report_reply_has_words'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='report_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='practiceletter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmation__isnull', False), ('enquiry__isnull', True), ('report__isnull', True), ('route__isnull', False)), models.Q(('confirmation__isnull', True), ('enquiry__isnull', False), ('report__isnull', True)), models.Q(('confirmation__isnull', True), ('enquiry__isnull', True), ('report__isnull', False), ('route__isnull', False)), _connector='OR'), name='practice_letter_has_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='practiceletter',
            constraint=models.UniqueConstraint(condition=models.Q(('name__in', ('still_right', 'still_right_reminder', 'question_for_role', 'question_for_deputy', 'answer_for_asker', 'under_review'))), fields=('confirmation', 'name'), name='practice_letter_once_for_confirmation'),
        ),
        migrations.AddConstraint(
            model_name='practiceletter',
            constraint=models.UniqueConstraint(condition=models.Q(('name__in', ('still_right', 'still_right_reminder', 'question_for_role', 'question_for_deputy', 'answer_for_asker', 'under_review'))), fields=('enquiry', 'name'), name='practice_letter_once_for_enquiry'),
        ),
        migrations.AddConstraint(
            model_name='practiceletter',
            constraint=models.UniqueConstraint(condition=models.Q(('name__in', ('still_right', 'still_right_reminder', 'question_for_role', 'question_for_deputy', 'answer_for_asker', 'under_review'))), fields=('report', 'name'), name='practice_letter_once_for_report'),
        ),
        migrations.AddConstraint(
            model_name='practiceletter',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('bounced_at__isnull', True), _connector='OR'), name='practice_letter_one_outcome'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='review_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reviewevent',
            constraint=models.CheckConstraint(condition=models.Q(('move__in', ['submitted', 'sent-back', 'published', 'confirmed', 'ended', 'archived'])), name='review_event_move_known'),
        ),
        migrations.AddConstraint(
            model_name='rewording',
            constraint=models.UniqueConstraint(fields=('practice', 'revision'), name='reworded_once_per_revision'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('practice', 'url', 'title'), name='source_once_per_practice'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', 'http://'), ('url__startswith', 'https://'), _connector='OR'), name='source_address_is_web'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('year__isnull', True), ('year__range', (1900, 2100)), _connector='OR'), name='source_year_plausible'),
        ),
        migrations.AddIndex(
            model_name='linkcheck',
            index=models.Index(fields=['source', '-checked_at'], name='link_check_latest'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(('year__range', (1900, 2100))), name='figure_year_plausible'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), ('accepted_at__isnull', False), ('refused_at__isnull', False), ('withdrawn_at__isnull', False), _connector='OR'), name='submission_has_address'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['new', 'update', 'adaptation'])), name='submission_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', False), ('refused_at__isnull', False), ('withdrawn_at__isnull', False), _connector='OR', _negated=True), ('sent_at__isnull', False), _connector='OR'), name='submission_sent_before_decided'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), _negated=True), models.Q(models.Q(('title', ''), _negated=True), models.Q(('place', ''), _negated=True), ('content__isnull', False)), _connector='OR'), name='submission_sent_whole'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('refused_at__isnull', True)), models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), models.Q(('refused_at__isnull', True), ('withdrawn_at__isnull', True)), _connector='OR'), name='submission_one_outcome'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at__isnull', True)), models.Q(('refusal__in', ['not-local', 'off-subject', 'no-source', 'known', 'promotion', 'no-answer', 'not-authorised']), ('refused_at__isnull', False)), _connector='OR'), name='submission_refused_with_a_code'),
        ),
        migrations.AddConstraint(
            model_name='curatorquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='curator_question_answered_with_words'),
        ),
        migrations.AddConstraint(
            model_name='curatorquestion',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('submission',), name='curator_question_one_open'),
        ),
        migrations.AddConstraint(
            model_name='submissionevent',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['sent', 'asked', 'answered', 'accepted', 'refused', 'withdrawn'])), name='submission_event_step_known'),
        ),
        migrations.AddConstraint(
            model_name='submissionletter',
            constraint=models.UniqueConstraint(condition=models.Q(('name__in', ('submission_draft', 'submission_received', 'submission_accepted', 'submission_refused', 'submission_withdrawn'))), fields=('submission', 'name'), name='submission_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='submissionletter',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('bounced_at__isnull', True), _connector='OR'), name='submission_letter_one_outcome'),
        ),
        migrations.AddConstraint(
            model_name='translationevent',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['published', 'taken-back'])), name='translation_deed_known'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('practice', 'revision'), name='version_once_per_revision'),
        ),
    ]
