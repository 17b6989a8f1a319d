"""Commands of plugins: `gare NAME COMMAND`, below those of the program."""

from collections.abc import Mapping
from typing import Any

import click

from app.cli.command import Command, Group, instance, opened, telling_failures
from app.cli.language import _
from app.hooks import Hooks
from app.loader import load_config, load_hooks
from app.plugin import Plugin


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
        return [*super().list_commands(ctx), *(plugin.name for plugin in plugins if self._own(plugin))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command of the program, or the group of a plugin; these are loaded only if need be."""
        own = super().get_command(ctx, cmd_name)
        if isinstance(own, click.Group):
            return _merged(own)
        return own if own is not None else self._group_of(cmd_name)

    def _own(self, plugin: Plugin) -> list[click.Command]:
        """List the commands of a plugin but for those that stand in groups of the program."""
        return [one for one in plugin.commands() if not _is_added(one, self.commands)]

    def _group_of(self, name: str) -> click.Command | None:
        hooks = _load()
        plugin = next((one for one in hooks.plugins if one.name == name and self._own(one)), None)
        if plugin is None:
            return None
        group = _PluginGroup(name, help=_(plugin.help), commands=self._own(plugin))
        group.hooks = hooks
        return group


class _PluginGroup(Group):
    """The commands of one plugin; the instance is open while one runs."""

    hooks: Hooks

    def invoke(self, ctx: click.Context) -> Any:
        """Run one of them; its errors become a sentence."""
        with telling_failures(), opened(hooks=self.hooks):
            return super().invoke(ctx)


class _PluginCommand(Command):
    """One command of a plugin in a group of the program."""

    hooks: Hooks

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; its errors become a sentence."""
        with telling_failures(), opened(hooks=self.hooks):
            return super().invoke(ctx)


def _load() -> Hooks:
    with telling_failures():
        return load_hooks(load_config(instance()))


def _is_added(command: click.Command, known: Mapping[str, click.Command]) -> bool:
    """Tell whether a command of a plugin is a group that adds to one of the program's."""
    return isinstance(command, click.Group) and isinstance(known.get(command.name or ""), click.Group)


def _merged(own: click.Group) -> click.Group:
    """Give a group of the program with what plugins add to it; its own commands win."""
    try:
        hooks = _load()
    except click.ClickException:  # the program's own commands work whatever is wrong with plugins
        return own
    groups = [one for plugin in hooks.plugins for one in plugin.commands() if _is_added(one, {str(own.name): own})]
    added = {
        name: _opening(command, hooks)
        for group in groups
        if isinstance(group, click.Group) and group.name == own.name
        for name, command in group.commands.items()
    }
    return Group(own.name, help=own.help, commands={**added, **own.commands}) if added else own


def _opening(command: click.Command, hooks: Hooks) -> click.Command:
    """Let a command of a plugin run while the instance is open."""
    if isinstance(command, click.Group):
        group = _PluginGroup(command.name, help=command.help, commands=command.commands)
        group.hooks = hooks
        return group
    opening = _PluginCommand(command.name, callback=command.callback, params=list(command.params), help=command.help)
    opening.hooks = hooks
    return opening
