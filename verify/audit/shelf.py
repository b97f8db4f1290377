"""An audit's shards as one DuckDB table `pairs`, read only."""

from __future__ import annotations

from pathlib import Path

from ..text import InputError
from .folder import manifest, shard_files

MEMORY = "512MB"


def connect(**folders: Path):
    """A DuckDB connection with one view a keyword, over the shards of that audit.

    Nothing but those folders can be read from it. Raises InputError for a folder that holds no audit.
    """
    import duckdb

    from .runner import require

    require()
    connection = duckdb.connect(config={"memory_limit": MEMORY, "threads": 1, "autoload_known_extensions": "false",
                                        "autoinstall_known_extensions": "false"})
    text = lambda value: "'" + str(value).replace("'", "''") + "'"
    for name, folder in folders.items():
        manifest(folder)
        files = [path.absolute() for path in shard_files(folder)]
        if not files:
            raise InputError(folder, "holds no finished shard yet", "Let the audit run first")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{', '.join(map(text, files))}])")
    connection.execute(f"SET allowed_directories=[{', '.join(text(Path(f).absolute()) for f in folders.values())}]")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
    return connection


def query(folder: Path, sql: str) -> tuple[list[str], list[tuple]]:
    """Column names and rows of one SELECT over the table `pairs`. Raises InputError for anything else."""
    import duckdb

    connection = connect(pairs=folder)
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            raise InputError("verify audit query", "one SELECT, nothing that writes", 'For example: "select file, count(*) from pairs group by file"')
        result = connection.execute(statements[0])
        return [column[0] for column in result.description], result.fetchall()
    except duckdb.Error as error:
        raise InputError("verify audit query", " ".join(str(error).split())[:300], "The columns: select * from pairs limit 1") from error
