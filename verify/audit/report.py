"""`report.html`: an audit on one self-contained page, without script."""

from __future__ import annotations

from importlib.resources import files

from ..text import visible

WIDTH, HEIGHT = 640, 160  # of the plot, in pixels
FILES = 100  # in the table; a corpus can have thousands


def render(summary: dict) -> str:
    from ..report.pages import environment

    template = files(__package__).joinpath("templates", "audit.html").read_text("utf-8")
    percent = lambda value: "–" if value is None else f"{100 * value:.1f}%"
    # Whatever of a text is shown is shown whole: nothing in it can reorder the page or steer who prints it to a terminal.
    shown = lambda value: visible(value) if isinstance(value, str) else value
    histogram = summary.get("score", {}).get("histogram", [])
    files_shown = summary.get("files", [])
    if len(files_shown) > FILES:
        files_shown = sorted(files_shown, key=lambda file: (file["mean_score"] is None, file["mean_score"]))[:FILES]
    return environment(finalize=shown, percent=percent, marked=marked).from_string(template).render(
        s=summary, bars=bars(histogram), levels=levels(max(histogram, default=0)), files=files_shown, width=WIDTH, height=HEIGHT)


def bars(histogram: list[int]) -> list[dict]:
    """Place and size of each bar of the score distribution; heights are shares of the highest."""
    top, step = max(histogram, default=0) or 1, WIDTH / max(1, len(histogram))
    return [{"x": round(i * step + 1, 1), "width": round(step - 2, 1), "height": round(HEIGHT * count / top, 1), "count": count,
             "low": i / len(histogram), "high": (i + 1) / len(histogram)} for i, count in enumerate(histogram)]


def levels(top: int) -> list[dict]:
    """One or two round counts under the highest bar, highest first, with their height in the plot."""
    step = 10 ** max(0, len(str(top)) - 1)
    return [{"count": count, "y": round(HEIGHT * (1 - count / top), 1)} for count in sorted({top // step * step, top // step // 2 * step}, reverse=True) if count]


def marked(text: str, findings: list[dict], side: str) -> list[tuple[str, str]]:
    """`text` cut into (words, severity of the heaviest finding there or "") for `side` source or target."""
    heaviest = [""] * len(text)
    for finding in reversed(findings):  # they come heaviest first
        for i in range(max(0, finding[f"{side}_start"]), min(len(text), finding[f"{side}_end"])):
            heaviest[i] = finding["severity"]
    pieces: list[tuple[str, str]] = []
    for char, severity in zip(text, heaviest):
        if pieces and pieces[-1][1] == severity:
            pieces[-1] = (pieces[-1][0] + char, severity)
        else:
            pieces.append((char, severity))
    return pieces
