"""What commands share: the options that name a draft and its originals, the run itself, options that contradict each other."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ..case import Case, WitnessSpec, load_case
from ..settings import Settings, check_choice, check_slugs, load_settings
from ..text import LANGUAGE, Document, InputError

if TYPE_CHECKING:
    from ..finding import Report
    from ..plan import Plan
    from ..translate.engine import Engine

_LANGUAGE = re.compile(r"(?P<path>.+):(?P<language>[a-z]{2,3}(-[A-Za-z0-9]+)*)")
PATH = click.Path(path_type=Path)
fast_option = click.option("--fast", is_flag=True, help="Likelihood, estimator and lexicon only: no checks, no detector, no back-translation.")


class Share(click.FloatRange):
    """A number from 0 to 1. `nan` is none, though it is neither under the one nor over the other."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = super().convert(value, param, ctx)
        return number if number == number else self.fail("nan is no number from 0 to 1", param, ctx)


@dataclass
class Inputs:
    """A draft, its witnesses and the settings of one run; `paths` are files that no output may overwrite."""

    draft: Document
    witnesses: list[Document]
    settings: Settings
    title: str = ""
    dateline: date | None = None
    paths: list[Path] = field(default_factory=list)


def input_options(command: Callable) -> Callable:
    """The arguments that `gather` takes, on a command that passes them on as keywords."""
    for option in reversed([
        click.argument("draft", type=PATH, required=False),
        click.argument("more", nargs=-1, metavar=""),
        click.option("--source", "-s", "sources", multiple=True, metavar="[NAME=]FILE[:LANG]", help="An original; give one option each."),
        click.option("--case", "case", type=PATH, metavar="FOLDER", help="A folder whose case.toml names draft and originals."),
        click.option("--language", metavar="LANG", help="Language of the draft.  [default: detected]"),
        click.option("--from", "from_", metavar="LANG", help="Language of the originals.  [default: detected]"),
        click.option("--date", "dateline", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Date line of the draft: what yesterday and last year count from."),
        click.option("--engine", metavar="NAME", help="Translation engine; `none` works by vocabulary alone.  [default: pocket]"),
        click.option("--no-cache", is_flag=True, help="Translate everything anew."),
    ]):
        command = option(command)
    return command


def names(ctx: click.Context, option: click.Parameter, values: Sequence[str]) -> tuple[str, ...] | None:
    """Callback of an option that takes `a,b` and can be repeated; None where it was not given."""
    found = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if values and not found:
        raise click.BadParameter("names no check", ctx, option)
    return found or None


def language(ctx: click.Context, option: click.Parameter, value: str) -> str:
    """Callback of an option that takes a language where no text is read that could contradict it."""
    if not LANGUAGE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no language code; give one such as zh, zh-Hant, en or ja", ctx, option)
    return value


def known_checks(select: Sequence[str] | None, ignore: Sequence[str] | None, given: Mapping[str, Any] | None = None) -> None:
    """Raises InputError for a check that does not exist, and where the two leave none on.

    `given`: the options of the command line, where what it does not name is from the settings file.
    """
    from ..nuance import MEMBERS

    for option, slugs in (("select", select), ("ignore", ignore)):
        check_slugs(slugs or (), MEMBERS, f"--{option}" if given is None or given.get(option) else f"settings, {option}")
    check_choice(select or (), ignore or ())


def login() -> str:
    """The name an editor works under. Raises InputError where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise InputError("--author", "your login has no name", "Give --author NAME") from None


def unheard(options: Sequence[str], why: str) -> None:
    """Raises click.UsageError if one of these parameters of the running command was given: it would be ignored."""
    ctx = click.get_current_context()
    given = [param.opts[0] for name in options for param in ctx.command.params
             if param.name == name and ctx.get_parameter_source(name) is not ParameterSource.DEFAULT]
    if given:
        raise click.UsageError(f"{' and '.join(given)} would be ignored: {why}. Leave out one or the other")


def gather(*, draft: Path | None, sources: Sequence[str], case: Path | None, more: Sequence[str] = (), language: str | None = None, from_: str | None = None,
           dateline: datetime | None = None, engine: str | None = None, no_cache: bool = False, **options: Any) -> Inputs:
    """Read what the command line names. `options` are fields of Settings that win over the settings file.

    Raises InputError, or click.UsageError where draft and originals are not named.
    """
    if more:  # `verify check draft original`, as of a command that compares two files
        raise click.UsageError(f"DRAFT is {draft}, so what is {more[0]}? An original is given with --source {more[0]}")
    if case is not None:
        if draft is not None or sources:
            raise click.UsageError("give either --case or DRAFT with --source, not both")
        given = load_case(case)
    elif draft is None or not sources:
        raise click.UsageError("name a DRAFT and at least one --source, or a --case")
    else:
        given = Case("", None, draft, [parse_source(source) for source in sources])
    settings = load_settings(given.draft).changed(engine=engine, cache=False if no_cache else None, **options)
    known_checks(settings.select, settings.ignore, options)
    document = _read(given.draft, language or given.language or settings.language, given.draft.name)
    taken = {document.name}
    witnesses, called = [], {}
    for spec in given.witnesses:
        if given.draft.exists() and spec.path.exists() and spec.path.samefile(given.draft):
            raise InputError(spec.path, "is the draft itself", "Name an original")
        name = spec.name
        while name in taken:
            name = spec.path.name if spec.path.name not in taken else name + "+"
        taken.add(name)
        called[spec.name] = name
        witnesses.append(_read(spec.path, spec.language or from_, name))
    for spec, witness in zip(given.witnesses, witnesses):
        witness.relays, witness.origin = called.get(spec.relays), spec.title
    paths = [given.draft, *(w.path for w in given.witnesses), *settings.termbase, *filter(None, (given.path, settings.path))]
    return Inputs(document, witnesses, settings, given.title, dateline.date() if dateline else given.dateline, paths)


def parse_source(text: str) -> WitnessSpec:
    """`toutiao=page.html:zh` → name, path and language; a file of exactly that name comes before any parting."""
    name, path, language = "", text, None
    if not Path(path).exists() and "=" in path:
        name, path = (part.strip() for part in path.split("=", 1))
    if not Path(path).exists() and (parted := _LANGUAGE.fullmatch(path)):
        path, language = parted["path"], parted["language"]
    if not path:
        raise click.UsageError(f"--source {text!r} names no file")
    return WitnessSpec(name or Path(path).name.split(".")[0] or Path(path).name, Path(path), language)


def refuse_unreadable(settings: Settings, draft: Document, witnesses: Sequence[Document]) -> None:
    """Raises InputError for a baseline or termbase that cannot be read: asked before the work, not after."""
    from ..documents.termbase import read_termbase
    from ..nuance import chosen
    from ..suppress import read_baseline

    if settings.baseline:
        read_baseline(settings.baseline)
    base = lambda document: document.language.split("-")[0]
    for path in settings.termbase if "term" in chosen(settings.select, settings.ignore) else ():
        for language in {base(witness) for witness in witnesses}:
            read_termbase(path, language, base(draft))


def run(inputs: Inputs, progress: Callable[[str, int, int], None], **plan: Any) -> Report:
    """The journey, with the engine that the settings name; `plan` are fields of `plan.Plan`."""
    from ..pipeline import check

    report = check(inputs.draft, inputs.witnesses, plan_of(inputs.settings, dateline=inputs.dateline, **plan), engine_of(inputs.settings), progress)
    if inputs.title:
        report.title = inputs.title
    return report


def refuse_unrelated(report: Report) -> None:
    """Raises InputError where no original was compared: "no findings", or "signed", would read as a pass."""
    if not any(report.beads.values()):
        raise InputError(report.draft.path or report.draft.name, "shares nothing with any original, so nothing was checked", "Name its originals with --source")


def plan_of(settings: Settings, **plan: Any) -> Plan:
    """What the settings say of the run; `plan` are further fields of `plan.Plan`."""
    from ..plan import Plan

    options = {"term": {"termbase": settings.termbase}} if settings.termbase else {}
    return Plan(select=settings.select, ignore=settings.ignore, min_confidence=settings.min_confidence, check_options=options, **plan)


def engine_of(settings: Settings) -> Engine | None:
    """The engine that the settings name, None for `none`."""
    if settings.engine == "none":
        return None
    from ..translate import load

    return load(settings.engine, cache=settings.cache)


def _read(path: Path, language: str | None, name: str) -> Document:
    from ..documents import read

    return read(path, language=language, name=name)
