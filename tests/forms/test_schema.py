"""A form as JSON Schema."""

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms.form import Form
from app.forms.schema import json_schema
from app.forms.types import TYPES
from tests.forms.examples import covoiturage, field
from tests.forms.test_types_properties import VALUES_OF, quietly


def test_a_record_is_described_without_its_private_fields() -> None:
    schema = json_schema(covoiturage(), "en")

    assert (schema["title"], schema["required"]) == ("Car sharing", ["depart", "arrivee"])
    assert "phone" not in schema["properties"]
    assert jsonschema_rs.is_valid(schema, {"depart": "a", "arrivee": "b", "phase": "idea", "needs": ["du-temps"]})
    assert not jsonschema_rs.is_valid(schema, {"depart": "a", "arrivee": "b", "phase": "gone"})


@pytest.mark.parametrize("name", sorted(set(TYPES) - {"contact"}))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_a_type_holds_fits_its_schema(name: str, data: st.DataObject) -> None:
    form = Form("it", {"": "It"}, {"": "It"}, (field(name),))
    value = quietly(lambda: TYPES[name].check(field(name), data.draw(VALUES_OF)))

    assert value is None or jsonschema_rs.is_valid(json_schema(form), {"it": value})
