"""The position that a form asks for: by a press, keys, a search, a photo; two fields are there without scripts."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD

pytest_plugins = ["tests.browser.map_fixtures"]
pytestmark = pytest.mark.browser

FORM = "/-/map/form"


def test_without_scripts_the_fields_of_a_position_stand_alone(open_map: Callable[..., Any]) -> None:
    page = open_map(FORM, java_script_enabled=False)

    assert page.locator("#gc-field-lat").is_visible() and not page.locator("[data-map-input]").is_visible()


def test_a_press_on_the_map_fills_the_fields(open_map: Callable[..., Any]) -> None:
    page = open_map(FORM)
    page.locator(".map-frame").click(position={"x": 200, "y": 100})
    lat, lon = page.input_value("#gc-field-lat"), page.input_value("#gc-field-lon")

    assert 44 < float(lat) < 44.4 and 4 < float(lon) < 4.4
    assert page.locator(".map-status").inner_text() == f"Lieu choisi\u00a0: {lat}, {lon}"


def test_the_keyboard_chooses_the_middle(open_map: Callable[..., Any]) -> None:
    page = open_map(FORM)
    page.get_by_role("button", name="Prendre le milieu").press("Enter")

    assert page.input_value("#gc-field-lat") and page.locator(".pin.chosen").count() == 1


def test_a_village_is_found_without_accents(open_map: Callable[..., Any]) -> None:
    page = open_map(FORM)
    page.fill("#gc-field-commune", "saint etienne")
    page.get_by_label("Adresse, village ou code postal").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="30120 Saint-Étienne-du-Vallon").click()

    assert (page.input_value("#gc-field-lat"), page.input_value("#gc-field-lon")) == ("44.12000", "4.11000")


def test_the_place_of_a_photo_is_offered_then_used(open_map: Callable[..., Any]) -> None:
    page = open_map(FORM)
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(44.25, -4.3)}
    page.set_input_files("#gc-field-photo", photo)
    page.get_by_role("button", name="Utiliser ce lieu").click()

    assert (page.input_value("#gc-field-lat"), page.input_value("#gc-field-lon")) == ("44.25000", "-4.30000")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0" + b"\xff" * 400, b"GIF89a"]
)
def test_a_photo_without_a_place_offers_nothing(open_map: Callable[..., Any], content: bytes) -> None:
    page = open_map(FORM)
    page.set_input_files("#gc-field-photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
    page.wait_for_timeout(200)

    assert page.locator(".map-offer").count() == 0


def jpeg(lat: float, lon: float) -> bytes:
    """Make a photo that says where it was taken."""
    picture = Image.new("RGB", (8, 8), "green")
    exif = picture.getexif()
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N" if lat >= 0 else "S", GPS.GPSLatitude: (int(abs(lat)), (abs(lat) % 1) * 60, 0),
            GPS.GPSLongitudeRef: "E" if lon >= 0 else "W", GPS.GPSLongitude: (int(abs(lon)), (abs(lon) % 1) * 60, 0),
        }
    )  # fmt: skip
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif)
    return stream.getvalue()
