"""`verify align`: a draft beside one original, sentence by sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

PATH = click.Path(path_type=Path)
FORMATS = click.Choice(["text", "tsv", "tmx", "json"])
SUFFIXES = {".txt": "text", ".tsv": "tsv", ".tmx": "tmx", ".json": "json"}
EXAMPLES = """\b
Examples:
  verify align original.zh.txt draft.en.txt
  verify align --one-per-line --out memory.tmx zh.txt en.txt
  verify align --embeddings sentence-transformers/LaBSE original.th.txt draft.en.txt"""


@click.command(epilog=EXAMPLES)
@click.argument("source", type=PATH)
@click.argument("target", type=PATH)
@click.option("--from", "source_language", metavar="LANG", help="Language of SOURCE.  [default: detected]")
@click.option("--to", "target_language", metavar="LANG", help="Language of TARGET.  [default: detected]")
@click.option("--format", "form", type=FORMATS, help="[default: by the suffix of --out, else text]")
@click.option("--one-per-line", is_flag=True, help="Each line is a segment; nothing is split.")
@click.option("--engine", default="none", show_default=True, metavar="NAME",
              help="Also compare with a machine translation: pocket, ct2:…, hub:…; none aligns by lexicon alone.")
@click.option("--embeddings", metavar="MODEL",
              help="A sentence-transformers folder or hub name instead of the lexicon: needs the extra `align`.")
@click.option("--no-cache", is_flag=True, help="Translate everything anew, and keep nothing.")
@click.option("--out", type=PATH, metavar="FILE", help="Write there instead of standard output.")
def align(source: Path, target: Path, source_language: str | None, target_language: str | None, form: str | None, one_per_line: bool,
          engine: str, embeddings: str | None, no_cache: bool, out: Path | None) -> None:
    """Align SOURCE (the original) with TARGET (the translation), sentence by sentence.

    A sentence without counterpart is shown as a gap.
    """
    from ..align import beads, formats
    from ..documents import read
    from ..text import visible
    from .common import unheard
    from .output import format_of, progress, refuse, write

    if embeddings:
        unheard(("engine", "no_cache"), "--embeddings aligns without a translation")
    refuse(out, [source, target])
    form = form or format_of(out, SUFFIXES)
    documents = (read(source, source_language, one_per_line=one_per_line), read(target, target_language, one_per_line=one_per_line))
    for document in documents:
        for warning in document.warnings:
            print(visible(f"{document.name}: {warning}"), file=sys.stderr)
    with progress() as report:
        back = _back(documents[1], documents[0].language, engine, no_cache, report)
        found = beads.align(*documents, _encoder(embeddings) if embeddings else None, back_translations=back)
    if beads.relatedness(*documents, found) < beads.UNRELATED:
        print(visible(f"{target}: shares hardly anything with {source}; the alignment below may mean nothing"), file=sys.stderr)
    content = formats.render(*documents, found, form)
    if form == "tsv" and out is None and sys.stdout.isatty():  # a pipe gets the texts as they are
        content = "\n".join("\t".join(map(visible, line.split("\t"))) for line in content.split("\n"))
    write(content, out)


def _encoder(model: str):
    from ..align import embedding

    return embedding.SentenceTransformerSimilarity(embedding.load(model))


def _back(document, language: str, engine: str, no_cache: bool, report) -> list[str] | None:
    if engine == "none":
        return None
    from ..translate import load, zoo

    machine = load(engine, cache=not no_cache)
    if not machine.supports(document.language, language):
        raise zoo.no_engine(machine.name, document.language, language)
    texts, made = [segment.text for segment in document.segments], []
    for first in range(0, len(texts), 64):
        report("translating", first, len(texts))
        made += [translation.text for translation in machine.translate(texts[first:first + 64], document.language, language)]
    return made
