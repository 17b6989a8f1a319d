"""Animated pictures: kept where they are small and sound, without what they carry beside their frames."""

import io

import pytest
from PIL import Image

from app.errors import WrongType
from app.wiki.gif import bare_gif
from app.wiki.pictures import clean_picture


def frames(count: int, size: tuple[int, int] = (40, 30)) -> list[Image.Image]:
    images = [Image.new("P", size, number % 256) for number in range(count)]
    for image in images:
        image.putpalette(bytes(value for index in range(256) for value in (index, 255 - index, 100)))
    return images


def animate(images: list[Image.Image], **options: object) -> bytes:
    stream = io.BytesIO()
    images[0].save(stream, "GIF", save_all=True, append_images=images[1:], duration=100, loop=0, **options)
    return stream.getvalue()


def shown(content: bytes) -> tuple[int, int]:
    """Count the frames, and read the duration of the first one in milliseconds."""
    with Image.open(io.BytesIO(content)) as image:
        return image.n_frames, image.info["duration"]


def with_noise_of_every_frame() -> bytes:
    images = [Image.effect_noise((400, 400), 90).convert("P") for _ in range(20)]
    return animate(images)


def test_an_animated_gif_keeps_its_frames_and_their_timing():
    cleaned = clean_picture(animate(frames(5)))

    assert cleaned.extension == "gif"
    assert shown(cleaned.content) == (5, 100)
    assert b"NETSCAPE2.0" in cleaned.content


def test_comments_and_metadata_of_a_gif_are_gone():
    sent = animate(frames(3), comment=b"taken at 44.73, 4.59")
    place = sent.index(b"!\xff\x0bNETSCAPE2.0")
    sent = sent[:place] + b"!\xff\x0bXMP DataXMP\x05place\0" + sent[place:]

    cleaned = clean_picture(sent).content

    assert not any(word in cleaned for word in (b"44.73", b"XMP", b"place"))
    assert shown(cleaned) == (3, 100)


def test_what_hides_behind_the_end_of_a_gif_is_gone():
    cleaned = clean_picture(animate(frames(3)) + b"PK\3\4 an archive <script>alert(1)</script>")

    assert cleaned.content.endswith(b"\0;")
    assert b"script" not in cleaned.content


def test_a_large_animation_becomes_its_first_frame():
    sent = with_noise_of_every_frame()
    assert len(sent) > 2_000_000

    assert clean_picture(sent).extension == "png"


def test_an_animation_of_too_many_frames_becomes_its_first_frame():
    assert clean_picture(animate(frames(301, (8, 8)))).extension == "png"


def test_an_animation_of_too_many_dots_becomes_its_first_frame():
    assert clean_picture(animate(frames(9, (1900, 1900)))).extension == "png"


def test_a_gif_that_does_not_move_becomes_png():
    assert clean_picture(animate(frames(1))).extension == "png"


def test_an_animation_with_a_broken_frame_shows_the_first_one():
    sent = animate(frames(4))
    broken = sent[: len(sent) - 20] + bytes(19) + b";"

    assert clean_picture(broken).extension == "png"


def test_a_gif_that_ends_in_the_middle_is_refused():
    with pytest.raises(WrongType):
        clean_picture(animate(frames(1, (300, 300)))[:60])


def test_taking_a_gif_apart_never_fails():
    sent = animate(frames(3))

    for end in range(len(sent)):
        assert bare_gif(sent[:end]) is None


def test_an_animated_webp_becomes_one_picture():
    stream = io.BytesIO()
    images = [image.convert("RGB") for image in frames(3)]
    images[0].save(stream, "WEBP", save_all=True, append_images=images[1:])

    cleaned = clean_picture(stream.getvalue())

    with Image.open(io.BytesIO(cleaned.content)) as image:
        assert (cleaned.extension, image.n_frames) == ("webp", 1)
