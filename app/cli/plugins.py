"""Commands of plugins: `gare NAME COMMAND`, below those of the program."""

from typing import Any

import click

from app.cli.command import Group, instance, opened, telling_failures
from app.cli.language import _
from app.hooks import Hooks
from app.loader import load_config, load_hooks


class Program(Group):
    """The command `gare`: what the program can do itself, then a group for each plugin that has commands.

    The plugins are those of the instance that `--instance`, before the name, or $GARE_INSTANCE says.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the program's own commands, then the plugins."""
        try:
            plugins = _load().plugins
        except click.ClickException:  # who asks for help reads it all the same; every command says the fault
            plugins = []
        return [*super().list_commands(ctx), *(plugin.name for plugin in plugins if plugin.commands())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command of the program, or the group of a plugin; these are loaded only if need be."""
        own = super().get_command(ctx, cmd_name)
        return own if own is not None else _group_of(cmd_name)


class _PluginGroup(Group):
    """The commands of one plugin; the instance is open while one runs."""

    hooks: Hooks

    def invoke(self, ctx: click.Context) -> Any:
        """Run one of them; its errors become a sentence."""
        with telling_failures(), opened(hooks=self.hooks):
            return super().invoke(ctx)


def _load() -> Hooks:
    with telling_failures():
        return load_hooks(load_config(instance()))


def _group_of(name: str) -> click.Command | None:
    hooks = _load()
    plugin = next((one for one in hooks.plugins if one.name == name and one.commands()), None)
    if plugin is None:
        return None
    group = _PluginGroup(name, help=_(plugin.help), commands=list(plugin.commands()))
    group.hooks = hooks
    return group
