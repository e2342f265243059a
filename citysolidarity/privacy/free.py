"""Models whose other fields, those that ``personal.py`` does not name, hold nothing of a person; by why that is so."""

FREE = {
    "codes and languages that we write ourselves": """
        citysolidarity.StaffEmail citysolidarity.WrittenEmail practices.PracticeLetter practices.FollowingLetter
        practices.SubmissionLetter pledges.SignatureLetter pledges.InvitationLetter pledges.SupportLetter
        citysolidarity.EmailChoice citysolidarity.Alarm citysolidarity.Housekeeping pledges.AskedCity pledges.Deed
        pledges.InvitedCity practices.ContactRoute""",
    "random, or derived from what stands beside it": """
        practices.Submission practices.Enquiry practices.Report practices.Following pledges.Support pledges.Invitation
        pledges.SentForm citysolidarity.Document citysolidarity.DeskSession citysolidarity.LimitUse
        citysolidarity.ErasureNote""",
    "about cities, practices and documents, as public sources tell them; a curator publishes it": """
        practices.FormerAddress practices.City practices.PracticeTranslation practices.Network practices.Membership
        practices.OtherMember practices.Place practices.Source practices.Figure practices.Elsewhere practices.Fact
        practices.Transfer practices.Picture practices.Guide practices.GuideStep practices.GuidePractice
        practices.GuideDocument practices.GuideTranslation practices.LibraryDocument practices.Practice
        practices.DocumentPoint practices.DocumentCity practices.DocumentTranslation practices.NetworkTranslation
        pledges.Milestone pledges.Election pledges.SignatureSource practices.SheetImport practices.SheetRow
        practices.TranslationFile""",
    "written by us for everybody": """
        citysolidarity.EditedText pledges.Statement pledges.StatementVersion pledges.Clause practices.Term auth.Group
        auth.Permission practices.PracticeKeywords practices.Need practices.NeedPractice""",
    "numbers of pages, never one of a visit": """
        citysolidarity.PageCount""",
    # Of tasks only keys of rows are kept, never words (worker/backlog.py).
    "of a program, not of a person": """
        citysolidarity.WorkerBeat citysolidarity.BackupRun
        practices.PracticeEmbedding practices.LinkCheck practices.DocumentCheck
        practices.LexiconWord practices.PracticeText contenttypes.ContentType admin.LogEntry
        django_tasks_database.DBTaskResult""",
    "of parts of Django and allauth that are there and not used: their tables stay empty": """
        sessions.Session account.EmailConfirmation""",
}
