"""Get a model from the hub and convert it; the one place of this package that uses a network, on demand only."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

from ..text import InputError
from . import places, zoo
from .convert import TOKENISERS

_CONFIGURATION = ("config.json", "generation_config.json", "tokenizer_config.json", "special_tokens_map.json",
                  "vocab.json", "tokenizer.json", "README.md", *TOKENISERS)


def download(name: str) -> Path:
    """Fetch a zoo model, or any repository of the hub; returns its folder.

    Weights come as safetensors where the repository has them. Else its `pytorch_model.bin` is read by torch's
    weights-only reader, which runs no code, and written anew as safetensors. Raises InputError.
    """
    try:
        from huggingface_hub import HfApi, snapshot_download
    except ImportError:
        raise InputError(name, "huggingface_hub is not installed", "pip install 'verify-translation[hub]'") from None
    logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)  # its retries would bury our one line
    known = zoo.find(name)
    repository = known.repository if known else name
    folder = known.downloaded if known else places.downloads() / repository.rstrip("/").split("/")[-1]
    try:
        files = HfApi().list_repo_files(repository)
        safe = [file for file in files if file.endswith(".safetensors") and "/" not in file]
        weights = safe or [file for file in files if file.startswith("pytorch_model") and "/" not in file]
        if not weights:
            raise InputError(repository, "has no weights that can be read safely", "Choose another model: verify models list")
        wanted = [*weights, *(file for file in files if file in (*_CONFIGURATION, "model.safetensors.index.json"))]
        snapshot_download(repository, allow_patterns=wanted, local_dir=folder)
    except InputError:
        raise
    except Exception as error:  # the network fails in many ways, and each library wraps them in its own
        raise InputError(repository, f"cannot be downloaded: {str(error).splitlines()[0]}",
                         "Check the name and the network, or copy the folder from another machine and run: verify models convert FOLDER") from None
    if not safe:
        in_own_process("safetensors", folder)
    return folder


def convert(folder: Path, name: str | None = None, quantization: str = "int8") -> Path:
    """Convert a downloaded folder for CTranslate2; returns the folder of the new model. Raises InputError."""
    from . import hub

    if not folder.is_dir():
        raise InputError(folder, "no such folder", "Name a model folder of transformers, or a model of: verify models list")
    description = {**hub.describe(folder, name or folder.name), "precision": quantization}
    description["name"] = name or description["name"]
    if not list(folder.glob("*.safetensors")):
        raise InputError(folder, "holds no safetensors weights", "Get it anew: verify models download")
    out = places.models() / description["name"]
    out.parent.mkdir(parents=True, exist_ok=True)
    in_own_process("convert", folder, out, json.dumps(description), quantization)
    return out


def in_own_process(task: str, *arguments) -> None:
    """torch and CTranslate2 slow each other down in one process, and torch keeps the memory it took."""
    command = [sys.executable, "-m", __name__, task, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        cure = "pip install 'verify-translation[hub]'" if "ModuleNotFoundError" in last else ""
        raise InputError(arguments[0], f"conversion failed: {last}", cure)


def _to_safetensors(folder: Path) -> None:
    from transformers import AutoModelForSeq2SeqLM

    AutoModelForSeq2SeqLM.from_pretrained(folder, local_files_only=True, use_safetensors=False).save_pretrained(folder)
    for path in folder.glob("pytorch_model*"):
        path.unlink()


def _main(task: str, folder: str, *rest: str) -> None:
    if task == "safetensors":
        _to_safetensors(Path(folder))
    else:
        from . import convert as conversion

        out, description, quantization = rest
        description = json.loads(description)
        conversion.convert(Path(folder), Path(out), description, quantization,
                           averaged_heads=description["family"] != "marian")


if __name__ == "__main__":
    _main(*sys.argv[1:])
