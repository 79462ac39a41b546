"""The demo's templates can be filled in as their fields say."""

import pytest

from hub.domain.errors import CannotSend
from hub.domain.template import Template, TemplateState, check_template, preview
from hub.services.demo.forms import templates

APPROVED = [template for template in templates() if template.state is TemplateState.approved]


@pytest.mark.parametrize("template", APPROVED, ids=lambda template: template.key)
def test_a_template_filled_in_by_its_examples_can_be_sent(template: Template) -> None:
    values = {field.key: field.example for field in template.fields if field.kind == "text"}
    check_template(template, values, ("image/png",) * sum(field.kind == "image" for field in template.fields))
    assert "{{" not in preview(template, values)


def test_one_is_paused_and_says_why() -> None:
    (paused,) = [template for template in templates() if template.state is TemplateState.paused]
    assert paused.reason
    with pytest.raises(CannotSend, match="paused"):
        check_template(paused, {}, ())
