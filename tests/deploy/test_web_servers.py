"""The web servers before the site let through what it takes, and large bodies only where it takes them."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.config import declared

DEPLOY = Path(__file__).parents[2] / "deploy"
NGINX = {"nginx.conf": "", "nginx-subpath.conf": "/wiki", "yunohost/conf/nginx.conf": "/wiki"}
CADDY = ("Caddyfile", "Caddyfile.subpath")
BELOW = {**NGINX, **dict.fromkeys(CADDY, "")}  # Caddy takes the folder away before it compares
UNITS = {"m": 2**20, "g": 2**30, "MB": 10**6}
AROUND = 1_000_000  # bytes of a form around its file


def text_of(file: str) -> str:
    return (DEPLOY / file).read_text(encoding="utf-8").replace("__PATH__", "/wiki").replace("__APP__", "gare")


def for_lists(file: str) -> re.Pattern[str]:
    """Give the rule for addresses that take the export of a mailing list."""
    [rule] = set(re.findall(r"(?:location ~|@list path_regexp) (\S+)", text_of(file)))
    return re.compile(rule)


def sizes(file: str) -> list[int]:
    """Give the largest bodies, in bytes, the smaller one first."""
    found = re.findall(r"(?:client_max_body_size|max_size) (\d+)(m|g|MB)\b", text_of(file))
    return sorted(int(number) * UNITS[unit] for number, unit in found)


@pytest.mark.parametrize("file", BELOW)
def test_large_bodies_go_to_the_import_of_a_list_and_nowhere_else(app: Flask, file: str) -> None:
    rule, below = for_lists(file), BELOW[file]
    addresses = {
        one.endpoint: below + re.sub(r"<[^>]*>", "7", one.rule)
        for one in app.url_map.iter_rules()
        if "POST" in (one.methods or ())
    }

    assert [name for name, address in addresses.items() if rule.search(address)] == ["archive_import.take"]


@pytest.mark.parametrize("file", BELOW)
def test_what_the_site_takes_comes_through(file: str) -> None:
    small, large = sizes(file)

    assert small >= declared()["upload_bytes"].default + AROUND
    assert large >= declared()["mail_upload_bytes"].default + AROUND


@pytest.mark.parametrize("file", NGINX)
def test_visitors_cannot_say_where_they_come_from(file: str) -> None:
    said = text_of(file)
    is_left_to_yunohost = "include __PROXY_PARAMS__;" in said

    assert is_left_to_yunohost or "proxy_set_header X-Forwarded-For $remote_addr;" in said
    assert "proxy_set_header X-Forwarded-Prefix" in said
    assert "$proxy_add_x_forwarded_for" not in said


@pytest.mark.parametrize("file", NGINX)
def test_every_line_of_nginx_is_closed(file: str) -> None:
    lines = [line.partition("  #")[0].strip() for line in text_of(file).splitlines()]
    open_lines = [line for line in lines if line and not line.startswith("#") and line[-1] not in ";{}"]

    assert open_lines == []
    assert text_of(file).count("{") == text_of(file).count("}")


@pytest.mark.parametrize("file", BELOW)
def test_it_leads_to_the_socket_of_the_service(file: str) -> None:
    assert "/run/gare/gare.sock" in text_of(file)
    assert "--bind unix:/run/gare/gare.sock" in text_of("gare.service")
