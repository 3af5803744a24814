"""The command `synaq`: a group of commands, each imported only when it is asked for."""

import importlib
from typing import ClassVar

import click


class LazyGroup(click.Group):
    """A group whose commands are named as ``module:attribute`` and imported on first use."""

    lazy: ClassVar[dict[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.lazy:
            module, attribute = self.lazy[cmd_name].split(":")
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)


class Synaq(LazyGroup):
    lazy: ClassVar[dict[str, str]] = {
        "backup": "exam.cli.backup:backup",
        "bank": "exam.cli.bank:bank",
        "demo": "exam.cli.demo:demo",
        "form": "exam.cli.form:form",
        "init": "exam.cli.init:init",
        "norms": "exam.cli.norms:norms",
        "people": "exam.cli.people:people",
        "restore": "exam.cli.backup:restore",
        "serve": "exam.cli.serve:serve",
        "stats": "exam.cli.stats:stats",
        "user": "exam.cli.user:user",
        "verify": "exam.cli.verify:verify",
    }


@click.group(cls=Synaq)
@click.version_option(package_name="synaq")
def main() -> None:
    """Synaq: the examination service for the attestation of officers."""
