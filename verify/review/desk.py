"""What one review holds between requests: the report, the decisions, and the draft with its edits."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..decisions import DISMISSED, OPEN, Decision, Decisions
from ..finding import Finding, Report, Suppressed
from ..plan import Plan
from ..report.where import in_order
from ..text import Document, InputError
from ..translate.engine import Engine
from .draft_file import DraftFile
from .edited import EDITABLE, edited, shown, taken_back
from .recheck import recheck

CARRIED = "verify"  # author of a decision that moves with its finding over an edit of the same sentence


@dataclass(frozen=True)
class Shown:
    """The findings on the page, and those that are not: set aside by somebody or an option, or too unsure."""

    findings: list[Finding]
    aside: list[Suppressed] = field(default_factory=list)
    unsure: list[Finding] = field(default_factory=list)


@dataclass
class Source:
    """What a review begins with. `check` runs the whole journey on a draft; None: the originals are not at hand.

    `show` takes out findings that settings, baseline and comments in the draft suppress.
    """

    report: Report
    plan: Plan = field(default_factory=Plan)
    engine: Engine | None = None
    check: Callable[[Document], Report] | None = None
    show: Callable[[Document, Sequence[Finding]], Shown] = lambda draft, findings: Shown(list(findings))


@dataclass(frozen=True)
class _Edit:
    """The draft's text before and after, and the sentence: where others edited since, only that goes back."""

    author: str
    before: str
    after: str
    was: str
    became: str


class Desk:
    """Every method can be called from several threads. `decisions` is the caller's to close.

    `findings` are in the order of the page; a key is the fingerprint, with a count where two have the same.
    """

    def __init__(self, source: Source, decisions: Decisions, author: str):
        self.source, self.decisions, self.author = source, decisions, author
        self.lock = threading.RLock()
        self.version = 0  # of the draft's text on this page
        self.notes: list[str] = []
        self._acts: list[_Edit | str] = []  # what "undo" takes back: edits, and names of authors who decided
        self.file = self._opened_file()
        self._put(source.report)
        self.saved = self.report.draft.text
        if self.file:
            self._take_up()

    # ------------------------------------------------------------ reading

    @property
    def why_fixed(self) -> str:
        """Why the draft cannot be edited here; empty if it can."""
        if self.source.check is None:
            return "The originals' files are not beside this report, so nothing can be checked anew."
        if self.file is None:
            return f"A draft in the format {self.report.draft.format} is not edited here; take an export with comments."
        return ""

    @property
    def dirty(self) -> bool:
        """Whether the draft has edits that are not in its file."""
        return self.report.draft.text != self.saved

    def states(self) -> dict[str, Decision]:
        return self.decisions.current()

    # ------------------------------------------------------------ decisions

    def decide(self, keys: Sequence[str], state: str, *, author: str, reason: str = "") -> list[Decision]:
        """All or none; on disk when this returns. Raises InputError for a finding that is not on the page."""
        with self.lock:
            missing = [key for key in keys if key not in self.findings]
            if missing or not keys:
                raise InputError("decision", "this finding is no longer on the page", "Load the page again")
            made = self.decisions.decide_all([self.findings[key] for key in keys], state, author=author, reason=reason)
            self._acts.append(author.strip())
            return made

    def undo(self, author: str) -> str:
        """Take back that author's last act, an edit or a decision; says what it was."""
        with self.lock:
            own = [act for act in self._acts if (act.author if isinstance(act, _Edit) else act) == author.strip()]
            last = own[-1] if own else author
            if isinstance(last, _Edit):
                self._undo_edit(last)
                done = "The edit was taken back."
            else:
                mark = self.decisions.undo(author)
                many = sum(d.time == mark.time and d.author == mark.author for d in self.decisions.history()) if mark else 0  # a bulk goes back as one
                done = "" if not mark else f"Taken back: {many} decisions." if many > 1 else f"Taken back: {mark.check or 'decision'}."
            for place in range(len(self._acts) - 1, -1, -1):
                if self._acts[place] is last:
                    del self._acts[place]
                    break
            return done or "There is nothing to undo."

    # ------------------------------------------------------------ the draft

    def edit(self, segment: int, before: str, after: str, *, author: str) -> None:
        """Segment `segment`, which shows `before`, is to say `after`; its beads are checked anew.

        The text is put aside on disk before this returns. Raises InputError: the sentence changed meanwhile, or
        cannot say that in its format.
        """
        with self.lock:
            if self.why_fixed:
                raise InputError(self.report.draft.name, self.why_fixed)
            draft = self.report.draft
            if not 0 <= segment < len(draft.segments) or shown(draft.segments[segment].text) != before:
                raise InputError(draft.name, "this sentence was changed in another window", "Load the page again")
            old = draft.segments[segment]
            words = taken_back(after, old.text)
            self._move_to(edited(draft, segment, words))
            self._acts.append(_Edit(author.strip(), draft.text, self.report.draft.text, old.text, " ".join(words.split())))

    def save(self) -> Path | None:
        """Write the edits into the draft's file; returns the backup, None where there was nothing to save."""
        with self.lock:
            if not self.file or not self.dirty:
                return None
            backup = self.file.save(self.report.draft.text)
            self.saved = self.report.draft.text
            return backup

    def discard(self) -> None:
        """Back to the text in the file."""
        with self.lock:
            if self.file and self.dirty:
                self._move_to(self._read_again(self.saved))
                self._acts = [act for act in self._acts if not isinstance(act, _Edit)]
                self.file.forget()

    def check_all(self) -> None:
        """The whole journey again, alignment included."""
        with self.lock:
            if self.source.check is None:
                raise InputError(self.report.draft.name, self.why_fixed)
            self._put(self.source.check(self.report.draft))
            self.version += 1

    # ------------------------------------------------------------ inside

    def _opened_file(self) -> DraftFile | None:
        draft = self.source.report.draft
        if self.source.check is None or draft.format not in EDITABLE or draft.path is None:
            return None
        return DraftFile(draft)

    def _take_up(self) -> None:
        """Edits that were acknowledged before the last end of the program."""
        text, note = self.file.kept()
        if note:
            self.notes.append(note)
        if text is not None and text != self.saved:
            self._move_to(self._read_again(text))

    def _read_again(self, text: str) -> Document:
        from dataclasses import replace

        from ..documents import read

        draft = self.report.draft
        again = read(draft.path, language=draft.language, name=draft.name, text=text)
        return replace(again, encoding=draft.encoding, warnings=draft.warnings)

    def _undo_edit(self, edit: _Edit) -> None:
        draft = self.report.draft
        if draft.text == edit.after:
            self._move_to(self._read_again(edit.before))
            return
        places = [i for i, s in enumerate(draft.segments) if s.text == edit.became]
        if len(places) != 1:
            raise InputError(draft.name, "that sentence was edited again since", "Edit it by hand")
        self._move_to(edited(draft, places[0], edit.was))

    def _move_to(self, draft: Document) -> None:
        """The report for an edited draft; decisions go along with findings that only got a new neighbourhood."""
        before = self.report
        after = recheck(self._whole, draft, self.source.plan, self.source.engine)
        if draft.text == self.saved:
            self.file.forget()
        else:
            self.file.keep(draft.text)
        self._put(after)
        self.version += 1
        self._carry(before)

    def _carry(self, before: Report) -> None:
        """A fingerprint holds the words around, so an edit beside a decided finding in the same sentence makes it new."""
        words = lambda f: (f.check, f.witness, f.source.text if f.source else "", f.target.text if f.target else "")
        current = self.decisions.current()
        now = {f.fingerprint for f in self.report.findings}
        decided = {words(f): current[f.fingerprint] for f in before.findings
                   if f.fingerprint not in now and f.fingerprint in current and current[f.fingerprint].state != OPEN}
        for finding in self.report.findings:
            old = decided.get(words(finding))
            if old and finding.fingerprint not in current:
                said = f"{old.reason} ({old.author}, carried over an edit beside it)" if old.author != CARRIED else old.reason
                self.decisions.decide_all([finding], old.state, author=CARRIED, reason=said.strip())

    def _put(self, report: Report) -> None:
        from dataclasses import replace

        self._whole = report  # with findings that are suppressed: an edit can free them
        shown = self.source.show(report.draft, report.findings)
        doubts = None if report.doubts is None else [*report.doubts, *shown.unsure]
        self.report = replace(report, findings=shown.findings, suppressed=[*report.suppressed, *shown.aside], doubts=doubts)
        seen: Counter[str] = Counter()
        self.findings: dict[str, Finding] = {}
        for finding in in_order(self.report):
            print_ = finding.fingerprint
            self.findings[f"{print_}-{seen[print_]}" if seen[print_] else print_] = finding
            seen[print_] += 1

    def reasons(self) -> list[str]:
        """Reasons given before, the latest first: offered when the next finding is dismissed."""
        given = [d.reason for d in reversed(self.decisions.history()) if d.state == DISMISSED and d.reason and d.author != CARRIED]
        return list(dict.fromkeys(given))[:12]
