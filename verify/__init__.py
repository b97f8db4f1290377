"""verify: does this English text still say what the original said?"""

__version__ = "0.1.0"

# name -> module that holds it; loaded at first use, so that `verify --help` stays quick
_PUBLIC = {
    "check": "public", "Plan": "plan", "Report": "finding", "Finding": "finding", "Severity": "finding",
    "Category": "finding", "Document": "text", "Span": "text", "InputError": "text",
    "read": "public", "load": "public", "score": "public", "Score": "scoring", "ScorePlan": "scoring",
}
__all__ = sorted(_PUBLIC)


def __getattr__(name: str):
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(f".{_PUBLIC[name]}", __name__), name)
    raise AttributeError(f"module 'verify' has no attribute {name!r}")
