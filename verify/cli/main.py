"""`verify`: finds the command, runs it, and turns whatever goes wrong into one line and an exit code.

Exit codes: 0 nothing at or over --fail-on, 1 findings, 2 could not run or not to the end, 130 interrupted, 141 nobody reads stdout any more.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from .. import __version__
from ..text import visible

# name -> what it does. Each lives in the module of that name beside this file, as a click command of that
# name; one whose file is not there is not offered. Kept here so that --help imports none of them.
COMMANDS = {
    "check": "Verify a draft against its originals.",
    "quotes": "Show each quote of the draft beside its originals.",
    "align": "Align a draft with one original, sentence by sentence.",
    "translate": "Translate a file, one sentence a line.",
    "score": "Score pairs of source and translation.",
    "audit": "Score a large corpus, resumable.",
    "review": "Open the page where an editor decides.",
    "decisions": "Show, export and merge what editors decided.",
    "models": "List, download and convert translation models.",
    "bench": "Measure checks and scores on evaluation sets.",
}
EXAMPLES = """\b
Examples:
  verify check draft.en.txt --source original.zh.txt
  verify check --case corpora/kato-card --format html --out report.html
  verify quotes --case corpora/kato-card"""


class Commands(click.Group):
    """Subcommands by name, imported when run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        folder = Path(__file__).parent
        return [name for name in COMMANDS if (folder / f"{name}.py").is_file()]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return getattr(import_module(f".{name}", __package__), name) if name in self.list_commands(ctx) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="verify")
def verify() -> None:
    """Does this English text still say what the original said?

    Aligns a draft with one or several originals, quotes first, and reports what was lost, gained or changed.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run `verify` with these arguments (those of the process by default); returns the exit code."""
    if "_VERIFY_COMPLETE" in os.environ:
        verify.main(prog_name="verify")
    for name in ("stdout", "stderr"):  # closed by the shell (`>&-`): Python gives None, and print(file=None) would go to stdout
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a report is UTF-8 in a pipe; a terminal shows what it can
            stream.reconfigure(**({"errors": "backslashreplace"} if stream.isatty() else {"encoding": "utf-8", "errors": "backslashreplace"}))
    debug = os.environ.get("VERIFY_DEBUG", "") not in ("", "0")
    try:
        code = _run(list(sys.argv[1:] if args is None else args))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _unread()
    except KeyboardInterrupt:
        return _say("verify: interrupted", 130)
    except Exception as error:
        if debug:
            traceback.print_exc()
            return 2
        return _say(_line(error), 2)


def _run(args: list[str]) -> int:
    try:
        with verify.make_context("verify", args or ["--help"]) as ctx:
            result = verify.invoke(ctx)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:  # `verify models`: the help, in its own lines
        click.echo(asked.format_message(), err=True)
        return 2
    except click.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) and not isinstance(result, bool) else 0


def _line(error: Exception) -> str:
    """One line for a user: what went wrong, where, and the cure if we know one."""
    from ..text import InputError, sentence

    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "verify"
        return f"{path}: {sentence(error.format_message())} See: {path} --help"
    if isinstance(error, click.ClickException):
        return f"verify: {error.format_message()}"
    if type(error).__name__ == "NoEngine":  # by name: its module need not be loaded to compare
        return f"verify: {error}"
    if isinstance(error, OSError):
        return f"{error.filename or 'verify'}: {(error.strerror or str(error)).lower()}. Check the name, the rights and the free space."
    if isinstance(error, MemoryError):
        return "verify: out of memory. Give it a smaller text, or a smaller model."
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (f"verify: internal error: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno}). "
            f"Please report it with the output of the same command under VERIFY_DEBUG=1.")


def _unread() -> int:
    """`verify check … | head`: nobody is left to tell. The code is that of a program that SIGPIPE ended (128 + 13)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 141


def _say(line: str, code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _unread()
    try:
        print(visible(" ".join(line.split())), file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # a full disk takes no words; the exit code still tells
    return code


if __name__ == "__main__":
    sys.exit(main())
