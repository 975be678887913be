"""Fields are tied to their hints and errors, whatever kind they are of."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

FIELD = '{% from "components/fields.html" import labelled %}{{ labelled(field) }}'
SUMMARY = '{% from "components/error_summary.html" import error_summary %}{{ error_summary(form) }}'


class Sheet(Form):
    place = StringField("Place", [InputRequired("Say on which floor.")], description="Floor, side")
    seen = TextAreaField("What was seen", [Optional(), Length(max=200)])
    town = SelectField("Town", choices={"1": "Laoxian", "2": "Chengguan"})
    use = RadioField("Use", [InputRequired("Choose one.")], choices={"a": "Factory", "b": "Both"})
    read = BooleanField("I have read it", [InputRequired("Read it, then tick.")])
    list = FileField("List")


@pytest.fixture
def wrong():
    form = Sheet(MultiDict({"town": "1"}))
    assert not form.validate()
    return form


@pytest.mark.parametrize("name", ["place", "read"])
def test_a_wrong_field_is_described_by_its_error(render, wrong, name):
    field = render(FIELD, field=wrong[name])

    assert 'aria-invalid="true"' in field
    assert f'{name}-error"' in field.split("<input")[1]
    assert f'id="{name}-error"' in field


def test_a_hint_is_read_before_the_error(render, wrong):
    assert 'aria-describedby="place-hint place-error"' in render(FIELD, field=wrong.place)


def test_a_wrong_group_is_described_as_a_whole(render, wrong):
    group = render(FIELD, field=wrong.use)

    assert (
        '<fieldset class="field field--wrong" id="use" tabindex="-1" aria-describedby="use-error"'
        in group
    )
    assert group.count('type="radio"') == 2


def test_what_may_be_left_empty_says_so(render):
    assert '<span class="field__note">Optional</span>' in render(FIELD, field=Sheet().seen)
    assert "field__note" not in render(FIELD, field=Sheet().place)


def test_a_file_field_is_named_by_its_label(render):
    assert 'aria-label="List"' in render(FIELD, field=Sheet().list)


def test_a_chosen_town_stays_chosen(render, wrong):
    assert '<option selected value="1">Laoxian</option>' in render(FIELD, field=wrong.town)


def test_the_summary_leads_to_every_wrong_field_in_their_order(render, wrong):
    summary = render(SUMMARY, form=wrong)

    assert [part.split('"')[0] for part in summary.split('href="#')[1:]] == ["place", "use", "read"]
