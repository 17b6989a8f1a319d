"""The types of fields, by name. A new one is a class in a module beside, and its line here."""

from collections.abc import Mapping
from types import MappingProxyType

from app.forms.form import Field
from app.forms.types.amounts import Number, YesNo
from app.forms.types.base import FieldType, Key, Typed
from app.forms.types.choices import OneChoice, SeveralChoices
from app.forms.types.days import Day, DayRange
from app.forms.types.hours import Hours
from app.forms.types.media import File, Images
from app.forms.types.periods import Period
from app.forms.types.places import Place
from app.forms.types.polls import Polls
from app.forms.types.references import Records
from app.forms.types.rows import Rows
from app.forms.types.schedules import Schedules
from app.forms.types.signups import Signups
from app.forms.types.spaces import Spaces
from app.forms.types.words import Contact, Email, Link, LongText, Phone, Tags, Text

__all__ = ["TYPES", "FieldType", "Key", "Typed", "type_of"]

TYPES: Mapping[str, FieldType] = MappingProxyType(
    {
        one.name: one
        for one in (
            *(Text(), LongText(), Number(), YesNo()),
            *(Day(), DayRange(), Period()),
            *(OneChoice(), SeveralChoices(), Tags()),
            *(Link(), Email(), Phone()),
            *(Place(), Hours(), Images(), File(), Records(), Contact()),
            *(Schedules(), Signups(), Spaces(), Rows(), Polls()),
        )
    }
)


def type_of(field: Field) -> FieldType:
    """Give the type of a field; that of a line of text where nobody knows it any more."""
    return TYPES.get(field.type, TYPES["text"])
