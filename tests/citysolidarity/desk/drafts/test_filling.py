from django.http import QueryDict

from citysolidarity.desk.drafts.filling import fill


def test_filling_changes_only_the_form_that_holds_all_the_fields():
    box, choice = (
        '<input type="checkbox" name="c" value="1" checked>',
        '<option value="a" selected>A<option value="b">B',
    )
    first = '<svg viewBox="0 0 1 1"/><form><input name=q></form>'
    page = f'{first}<form><textarea name="t">old</textarea>{box}<select name="s">{choice}</select></form>'
    filled = fill(page, QueryDict("t=%3C/textarea%3E&s=b"))
    assert filled.startswith(first)
    assert "&lt;/textarea&gt;</textarea>" in filled
    assert '<input type="checkbox" name="c" value="1">' in filled
    assert '<option value="a">A<option value="b" selected>' in filled
    assert fill(page, QueryDict("nowhere=1")) is None
