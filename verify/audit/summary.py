"""What an audit found, as one plain dictionary; the same shards give the same summary."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

from ..report.json import dumps
from .folder import manifest, shard_files
from .shelf import connect

BINS = 20
SEVERE = "('major', 'critical')"


def to_json(summary: dict) -> bytes:
    return (dumps(summary, 1) + "\n").encode()


def wilson(hits: int, of: int) -> list[float]:
    """95% score interval of a share (Wilson 1927); [0, 1] of nothing."""
    if not of:
        return [0.0, 1.0]
    p, z = hits / of, 1.959964
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return [round(max(0.0, middle - half), 6), round(min(1.0, middle + half), 6)]


def summarise(folder: Path, worst: int, complete: bool) -> dict:
    """Counts, shares, distribution of scores, findings by check and by file, the `worst` pairs with evidence."""
    made = manifest(folder)
    settings = made["settings"]
    head = {"complete": complete, "corpus_rows": made["rows"], "passed_over": made.get("passed_over", {}),
            "nothing_read": made.get("nothing_read", []), "settings": settings, "signature": made["signature"]}
    if not shard_files(folder):
        return head | {"rows": 0, "scored": 0, "errors": 0}
    connection = connect(pairs=folder)
    one, rows = lambda sql: connection.execute(sql).fetchone(), partial(_rows, connection)
    total, scored, errors, mean, low, severe = one(
        f"SELECT count(*), count(score), count(error), avg(score), count(*) FILTER (score < 0.5), count(*) FILTER (severity IN {SEVERE}) FROM pairs")
    quantiles = one("SELECT quantile_disc(score, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) FROM pairs")[0] or [None] * 7
    bins = dict(connection.execute(f"SELECT least(floor(score * {BINS})::INT, {BINS - 1}) AS bin, count(*) FROM pairs WHERE score IS NOT NULL GROUP BY bin").fetchall())
    share = lambda hits: {"pairs": hits, "share": round(hits / scored, 6) if scored else None,
                          **({"interval95": wilson(hits, scored)} if settings["sample"] else {})}
    made = head | {
        "rows": total, "scored": scored, "errors": errors,
        "score": {"mean": round(mean, 6) if scored else None, **dict(zip(("p1", "p5", "p25", "p50", "p75", "p95", "p99"), quantiles)),
                  "histogram": [bins.get(i, 0) for i in range(BINS)]},
        "score_under_half": share(low),
        "findings_by_check": rows(f"""SELECT f.check, f.category, count(*) AS findings, count(DISTINCT row) AS pairs,
            count(*) FILTER (f.severity IN {SEVERE}) AS major FROM (SELECT row, unnest(findings) AS f FROM pairs)
            GROUP BY ALL ORDER BY findings DESC, f.check, f.category"""),
        "files": rows(f"""SELECT file, count(*) AS rows, count(error) AS errors, round(avg(score), 6) AS mean_score,
            count(*) FILTER (score < 0.5) AS under_half, count(*) FILTER (severity IN {SEVERE}) AS major,
            sum(len(findings))::BIGINT AS findings FROM pairs GROUP BY file ORDER BY min(row)"""),
        # One file's many lines leave room for those of others: its first reason, then the first of the next file.
        "first_errors": rows("""SELECT file, place, error, rows FROM (SELECT *, row_number() OVER (PARTITION BY file ORDER BY first) AS nth
            FROM (SELECT file, error, min(row) AS first, arg_min(place, row) AS place, count(*) AS rows FROM pairs WHERE error IS NOT NULL GROUP BY file, error))
            ORDER BY nth, first LIMIT 50"""),
        "worst": rows(f"""SELECT row, file, place, id, source, target, source_hash, target_hash, score, severity, findings, back_translation, unreliable
            FROM pairs WHERE score IS NOT NULL ORDER BY score, row LIMIT {int(worst)}"""),
    }
    if not settings["fast"]:  # without checks there are no findings to count
        made["major_error"] = share(severe)
    return made


def diff(old: Path, new: Path, limit: int = 20, least: float = 0.05) -> dict:
    """What got better or worse by at least `least` between two audits.

    Pairs are matched by their source text. Of repeated ones those that did not change find each other first, wherever
    they stand now; the rest in order, so that a changed translation is compared with the one it replaces. `note` says
    so where the two were scored by different models.
    """
    connection = connect(old=old, new=new)
    for side in ("old", "new"):
        connection.execute(f"""CREATE TEMP TABLE {side}_keys AS SELECT row, source_hash, target_hash,
            row_number() OVER (PARTITION BY source_hash, target_hash ORDER BY row) AS nth FROM {side} WHERE score IS NOT NULL""")
    connection.execute("""CREATE TEMP TABLE same AS SELECT o.row AS old_row, n.row AS new_row
        FROM old_keys o JOIN new_keys n USING (source_hash, target_hash, nth)""")
    left = lambda side: f"""SELECT row, source_hash, row_number() OVER (PARTITION BY source_hash ORDER BY row) AS nth
        FROM {side}_keys WHERE row NOT IN (SELECT {side}_row FROM same)"""
    connection.execute(f"""CREATE TEMP TABLE both_sides AS
        WITH matched AS (SELECT * FROM same UNION ALL SELECT o.row, n.row FROM ({left("old")}) o FULL JOIN ({left("new")}) n USING (source_hash, nth))
        SELECT o.score AS before, n.score AS after, n.score - o.score AS change, o.target AS old_target, n.target AS new_target,
            coalesce(n.source, o.source) AS source, n.file, n.place, n.row, o.row AS old_row,
            o.target_hash IS DISTINCT FROM n.target_hash AS retranslated
        FROM matched LEFT JOIN old o ON o.row = matched.old_row LEFT JOIN new n ON n.row = matched.new_row""")
    rows = partial(_rows, connection)
    counts = rows(f"""SELECT count(change) AS compared, count(*) FILTER (row IS NULL) AS only_old, count(*) FILTER (old_row IS NULL) AS only_new,
        count(*) FILTER (change IS NOT NULL AND retranslated) AS retranslated, count(*) FILTER (change >= {least} AND change > 0) AS better,
        count(*) FILTER (change <= -{least} AND change < 0) AS worse, round(avg(change), 6) AS mean_change FROM both_sides""")[0]
    # Of the pairs that were compared: those that stand in one audit alone would look like findings that came or went.
    of = lambda side, row: f"SELECT unnest(findings) AS f FROM {side} WHERE row IN (SELECT {row} FROM both_sides WHERE change IS NOT NULL)"
    by_check = f"""SELECT check_, sum(a)::BIGINT AS old, sum(b)::BIGINT AS new FROM (
        SELECT f.check AS check_, 1 AS a, 0 AS b FROM ({of("old", "old_row")})
        UNION ALL SELECT f.check, 0, 1 FROM ({of("new", "row")})) GROUP BY check_ ORDER BY check_"""
    pick = lambda where, order: rows(f"""SELECT file, place, before, after, round(change, 6) AS change, source, old_target, new_target
        FROM both_sides WHERE change {where} ORDER BY {order}, row LIMIT {int(limit)}""")
    signatures = [manifest(folder)["signature"] for folder in (old, new)]
    return counts | {
        "note": "" if signatures[0] == signatures[1] else f"scored by different models: {signatures[0]} and {signatures[1]}",
        "findings_by_check": [{"check": r["check_"], "old": r["old"], "new": r["new"]} for r in rows(by_check)],
        "most_worse": pick(f"<= -{least} AND change < 0", "change"), "most_better": pick(f">= {least} AND change > 0", "change DESC"),
    }


def _rows(connection, sql: str) -> list[dict]:
    found = connection.execute(sql)
    return [dict(zip((column[0] for column in found.description), row)) for row in found.fetchall()]
