"""How long the review page takes to open, and how it scrolls, by the browser's own clock.

    python benchmarks/review.py [--sentences 2000]

The case is the founding case told over and over, with its three witnesses and all that was found in it; checked
once, without a model, since only the page is measured here. Prints one
JSON object: milliseconds of the navigation (first byte, DOM ready, load event, page usable), the frames of a
scroll from top to end, and the time from a key press to the next finding and from an edit to its outcome.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from verify.documents import read
from verify.finding import Report
from verify.text import Quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

SCROLL = """async () => {
  const main = document.querySelector('main'), frames = [], long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => e.duration))).observe({ entryTypes: ['longtask'] });
  const steps = 240, by = (main.scrollHeight - main.clientHeight) / steps;
  let last = performance.now();
  for (let n = 0; n < steps; n++) {
    main.scrollTop += by;
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
  }
  await new Promise((done) => setTimeout(done, 100));
  frames.sort((a, b) => a - b);
  return { frames: frames.length, median_ms: frames[steps >> 1], p99_ms: frames[Math.floor(steps * .99)], worst_ms: frames[steps - 1],
           over_50_ms: frames.filter((f) => f > 50).length, long_tasks: long.length };
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=2000)
    given = parser.parse_args()
    import review_server

    from verify.decisions import Decisions
    from verify.review.desk import Desk

    with tempfile.TemporaryDirectory() as folder:
        case = review_server.case(Path(folder))
        for path in case.glob("*.txt"):
            path.write_text(re.sub(r"(?ms)^(Original article|Disclaimer|免责声明).*", "", path.read_text("utf-8")).strip(), "utf-8")
        source = review_server.source(case)
        times = -(-given.sentences // len(source.report.draft.segments))
        report = _repeated(source.report, times)
        with Decisions(case / "decisions.sqlite") as decisions:
            desk = Desk(replace(source, report=report), decisions, "bench")
            with review_server.served(desk) as address:
                print(json.dumps({"sentences": len(report.draft.segments), "witness_sentences": [len(w.segments) for w in report.witnesses],
                                  "findings": len(desk.findings), "quotes": len({q.target.start for q in report.quotes}), **_measured(address)}, indent=2))


def _repeated(report: Report, times: int) -> Report:
    """The same story told `times` times over, with all that was found in it."""
    documents = {}
    for document in (report.draft, *report.witnesses):
        document.path.write_text("\n\n".join([document.text] * times), "utf-8")
        documents[document.name] = again = read(document.path, language=document.language, name=document.name)
        assert len(again.segments) == times * len(document.segments), document.name
    size = {d.name: len(d.segments) for d in (report.draft, *report.witnesses)}
    length = {d.name: len(d.text) + 2 for d in (report.draft, *report.witnesses)}
    draft = report.draft.name
    span = lambda s, n: s and replace(s, start=s.start + n * length[s.document], end=s.end + n * length[s.document])
    step = lambda indexes, n, name: tuple(i + n * size[name] for i in indexes)
    out = Report(documents[draft], [documents[w.name] for w in report.witnesses], title=report.title, signature=report.signature)
    for name, beads in report.beads.items():
        out.beads[name] = [replace(b, source=step(b.source, n, name), target=step(b.target, n, draft)) for n in range(times) for b in beads]
        out.scores[name] = {n * len(beads) + i: e for n in range(times) for i, e in report.scores.get(name, {}).items()}
    for n in range(times):
        for f in report.findings:
            bead = {"bead": f.evidence["bead"] + n * len(report.beads[f.witness])} if "bead" in f.evidence else {}
            out.findings.append(f.with_(source=span(f.source, n), target=span(f.target, n), evidence={**f.evidence, **bead, "context": f"{_letters(n)} {f.evidence.get('context', '')}"}))
        for pair in report.quotes:
            out.quotes.append(replace(pair, target=_quote(pair.target, n * length[draft], n * size[draft]),
                                      source=pair.source and _quote(pair.source, n * length[pair.witness], n * size[pair.witness])))
    return out


def _letters(number: int) -> str:
    """A fingerprint takes all figures for one."""
    return "".join(chr(97 + int(c)) for c in str(number))


def _quote(quote: Quote, by: int, segments: int) -> Quote:
    return replace(quote, start=quote.start + by, end=quote.end + by, segments=tuple(i + segments for i in quote.segments),
                   parts=tuple((a + by, b + by) for a, b in quote.parts), verb_span=quote.verb_span and tuple(v + by for v in quote.verb_span))


def _measured(address: str) -> dict:
    from playwright.sync_api import sync_playwright

    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        page.reload()  # the address with the token leads there by a page of its own; measure the page itself
        page.wait_for_selector("html[data-ready]")
        opened = page.evaluate("""() => { const n = performance.getEntriesByType('navigation')[0];
            return { first_byte_ms: n.responseStart, dom_ready_ms: n.domContentLoadedEventEnd, load_ms: n.loadEventEnd, html_bytes: n.decodedBodySize,
                     usable_ms: performance.getEntriesByName('usable')[0].startTime } }""")
        page.wait_for_timeout(1500)
        scroll = page.evaluate(SCROLL)
        page.wait_for_timeout(500)
        key = page.evaluate("""async () => { const panel = document.querySelector('#finding'), began = performance.now();
            const done = new Promise((ok) => new MutationObserver(ok).observe(panel, { childList: true }));
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
            await done; return performance.now() - began; }""")
        page.wait_for_timeout(500)
        page.keyboard.press("e")
        box = page.locator(".editor textarea")
        box.fill(box.input_value().replace(" reported ", " had reported "))
        edit = page.evaluate("""async () => { const said = document.querySelector('#said'), began = performance.now();
            const done = new Promise((ok) => new MutationObserver(() => said.textContent && ok()).observe(said, { childList: true }));
            document.querySelector('.editor textarea').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
            await done; return performance.now() - began; }""")
        browser.close()
    rounded = lambda value: {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else [round(v) for v in value] if isinstance(value, list) else round(value, 1)
    return rounded({"open": opened, "scroll": scroll, "next_finding_ms": key, "edit_ms": edit})


if __name__ == "__main__":
    main()
