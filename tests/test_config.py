"""Settings: all wrong ones are named at once, each with an example."""

import importlib.abc
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import create_app
from app.config import load, proxies_of
from app.errors import Misconfigured


def _faults(folder: Path, **environment: str) -> tuple[str, ...]:
    with pytest.raises(Misconfigured) as caught:
        load(folder, {f"GARE_{name.upper()}": value for name, value in environment.items()})
    return caught.value.faults


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("gare.db", "not the address of a database"),
        ("postgresql+psycopg://u:geheim@host:port/gare", "not the address of a database"),
        ("oracel://u:geheim@host/gare", "not the address of a database"),
        ("mysql+pymysql://u:geheim@host/gare", ""),
        ("postgresql+asyncpg://u:geheim@host/gare", ""),
    ],
)
def test_a_wrong_database_is_named_among_the_other_wrong_settings(tmp_path: Path, address: str, said: str) -> None:
    faults = _faults(tmp_path, database_url=address, workers="many")

    assert [fault.partition(":")[0] for fault in faults] == ["database_url", "workers"]
    assert said in faults[0]
    assert "geheim" not in "".join(faults)


def test_a_wrong_theme_and_a_wrong_plugin_are_named_among_the_other_wrong_settings(instance: Path) -> None:
    (instance / "gare.toml").write_text("workers = 'many'\nplugins = 'nothing'\ntheme = 'none'\ntimezone = 'Mars'\n")

    with pytest.raises(Misconfigured) as caught:
        create_app(instance)
    assert [fault.partition(":")[0] for fault in caught.value.faults] == ["workers", "plugins", "theme", "timezone"]
    assert all("Example: " in fault for fault in caught.value.faults)


class _Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: object = None) -> None:
        if fullname == "psycopg":
            raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")


def test_a_driver_that_is_missing_is_named_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_Missing(), *sys.meta_path])

    faults = _faults(tmp_path, database_url="postgresql+psycopg://u@host/gare")

    assert "psycopg is missing. Install gare-centrale[postgresql]" in faults[0]


def test_a_right_database_is_taken(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'elsewhere.db'}"

    assert load(tmp_path, {"GARE_DATABASE_URL": address}).truth_url == address


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("openid_issuer", "http://cloud.example.org"),
        ("openid_issuer", "cloud.example.org"),
        ("header_user", "Ynh User"),
        ("header_user", "Ynh_User"),
        ("header_email", "Ynh-User-Email: x"),
        ("header_proxies", "proxy.example.org"),
        ("header_proxies", "10.0.0.1/8"),
        ("header_signout", "javascript:alert(1)"),
        ("header_signout", "/out\r\nSet-Cookie: x"),
    ],
)
def test_what_nobody_could_trust_is_refused_with_an_example(tmp_path: Path, name: str, wrong: str) -> None:
    (fault,) = _faults(tmp_path, **{name: wrong})

    assert fault.startswith(f"{name}: ") and "Example: " in fault


def test_proxies_are_addresses_networks_and_the_word_for_a_socket(tmp_path: Path) -> None:
    config = load(tmp_path, {"GARE_HEADER_PROXIES": "127.0.0.1, ::1 10.1.0.0/16,unix"})

    assert [str(one) for one in proxies_of(config.header_proxies)] == ["127.0.0.1/32", "::1/128", "10.1.0.0/16"]
