"""Models of the hub through transformers, in float32: the reference that CTranslate2 is held against.

Needs the extra `[hub]`. Nothing is downloaded here (`verify models download` does that), weights are read
from safetensors only, and a model's own code is never run.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..text import InputError
from . import places, zoo
from .family import family
from .sentencewise import Output, SentencewiseEngine, by_length

BATCH = 32


class HubEngine(SentencewiseEngine):
    """A MarianMTModel, M2M100 or NLLB by zoo name, repository or folder.

    Raises InputError where it is not on this machine, or of another architecture.
    """

    def __init__(self, name: str | Path, *, beam: int = 4, batch: int = BATCH, description: dict | None = None):
        try:
            import torch
            import transformers
        except ImportError:
            raise InputError(name, "transformers and torch are not installed", "pip install 'verify-translation[hub]'") from None
        transformers.utils.logging.disable_progress_bar()
        folder = locate(str(name))
        description = description or describe(folder, str(name))
        self.name, self.beam, self.batch = description["name"], beam, batch
        self.family = family(folder, description)
        try:
            self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self.model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                folder, local_files_only=True, use_safetensors=True, dtype=torch.float32)
        except (OSError, ValueError, KeyError) as error:
            raise InputError(folder, f"cannot be loaded: {str(error).splitlines()[0]}", _cure(name)) from None
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model.eval().to(self.device)
        self.pad, self.end = self.model.config.pad_token_id, self.model.config.eos_token_id
        self.signature = "|".join((f"model:{self.name}-{_fingerprint(folder)}", f"transformers:{transformers.__version__}",
                                   f"torch:{torch.__version__.split('+')[0]}", "float32", f"beam:{beam}"))

    def _ids(self, tokens: list[str]) -> list[int]:
        return self.tokenizer.convert_tokens_to_ids(tokens)

    def _batches(self, indexes: list[int], sources: list[list[str]]):
        """Some of the indexes at a time, of inputs of similar length, with padded ids and mask [batch, length]."""
        import torch

        order = sorted(indexes, key=lambda i: len(sources[i]))
        for start in range(0, len(order), self.batch):
            some = order[start : start + self.batch]
            ids = [torch.tensor(self._ids(sources[i])) for i in some]
            padded = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True, padding_value=self.pad)
            mask = torch.nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in ids], batch_first=True)
            yield some, padded.to(self.device), mask.to(self.device)

    def _decode(self, sources: list[list[str]], prefix: list[str], careful: bool) -> list[Output]:
        import torch

        options = {"repetition_penalty": 1.1, "no_repeat_ngram_size": 4} if careful else {}
        never = [self.pad, *(self._ids(self.family.encoder("target").bytes) if careful else [])]
        start = [self.model.config.decoder_start_token_id, *self._ids(prefix)]
        made: list[Output] = [Output([], 0.0)] * len(sources)
        for group, limit in by_length(sources):
            for indexes, ids, mask in self._batches(group, sources):
                with torch.inference_mode():
                    result = self.model.generate(
                        input_ids=ids, attention_mask=mask, num_beams=self.beam, do_sample=False, length_penalty=1.0,
                        decoder_input_ids=torch.tensor([start] * len(ids), device=self.device), early_stopping=False,
                        max_length=limit + len(start), min_new_tokens=1, forced_eos_token_id=None, forced_bos_token_id=None,
                        suppress_tokens=never, bad_words_ids=None, return_dict_in_generate=True, output_scores=True, **options)
                    scores = self.model.compute_transition_scores(
                        result.sequences, result.scores, getattr(result, "beam_indices", None), normalize_logits=self.beam == 1)
                for i, row, values in zip(indexes, result.sequences.tolist(), scores):
                    row = row[len(start):]
                    row = row[: row.index(self.end)] if self.end in row else row
                    values = values[: len(row) + 1]
                    made[i] = Output(self.tokenizer.convert_ids_to_tokens(row), float(values.sum()) / max(1, len(values)))
        return made

    def _log_probs(self, sources: list[list[str]], targets: list[list[str]], skip: int) -> list[list[float]]:
        import torch

        made: list[list[float]] = [[]] * len(sources)
        for indexes, ids, mask in self._batches(list(range(len(sources))), sources):
            rows = [torch.tensor([*self._ids(targets[i]), self.end]) for i in indexes]
            labels = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=self.pad).to(self.device)
            first = torch.full((len(rows), 1), self.model.config.decoder_start_token_id, device=self.device)
            with torch.inference_mode():
                logits = self.model(input_ids=ids, attention_mask=mask, decoder_input_ids=torch.cat([first, labels[:, :-1]], 1)).logits
                if self.family.never_padding:
                    logits[..., self.pad] = -torch.inf
                found = logits.log_softmax(-1).gather(2, labels[..., None])[..., 0]
            for i, row, values in zip(indexes, rows, found.tolist()):
                made[i] = values[skip : len(row)]
        return made


def locate(name: str) -> Path:
    """The folder of a model: a path, a zoo name or repository that was downloaded, or the hub's own cache."""
    if Path(name).is_dir():
        return Path(name)
    known = zoo.find(name)
    folder = known.downloaded if known else places.downloads() / name.rstrip("/").split("/")[-1]
    if folder.is_dir():
        return folder
    try:
        from huggingface_hub import snapshot_download

        return Path(snapshot_download(known.repository if known else name, local_files_only=True))
    except (ImportError, OSError, ValueError):
        raise InputError(name, "is not on this machine", _cure(name)) from None


def describe(folder: Path, name: str) -> dict:
    """Family and languages of a downloaded model: from the zoo, else from its config.json."""
    known = zoo.find(name) or zoo.find(folder.name)
    if known:
        return known.description()
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(folder, "is no model folder of transformers (config.json is missing or broken)") from None
    return {"name": folder.name, **_family_of(config, folder, name)}


def _family_of(config: dict, folder: Path, name: str) -> dict:
    if config.get("model_type") == "m2m_100":
        own = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")) if (folder / "tokenizer_config.json").exists() else {}
        return {"family": "nllb" if "nllb" in (str(own.get("tokenizer_class", "")) + name).lower() else "m2m100"}
    if config.get("model_type") != "marian":
        raise InputError(folder, f"is of the architecture {config.get('model_type')!r}", "Use a Marian, M2M100 or NLLB model")
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    prefixes = {token[2:-2]: token for token in vocabulary if token.startswith(">>") and token.endswith("<<")}
    source, _, target = name.rstrip("/").split("/")[-1].removeprefix("opus-mt-").removeprefix("tc-big-").partition("-")
    if not prefixes and len(source) == 2 and len(target) == 2:
        return {"family": "marian", "pairs": [{"source": source, "target": target}]}
    if {"zh", "en"} <= set(prefixes):  # a pocket model
        return {"family": "marian", "fold": "simplified",
                "pairs": [{"source": s, "target": t, "prefix": prefixes[t]} for s, t in (("zh", "en"), ("en", "zh"))]}
    raise InputError(folder, "does not say which languages it translates", "Name it opus-mt-SOURCE-TARGET, or add it to zoo.toml")


def _cure(name: str | Path) -> str:
    known = zoo.find(str(name))
    return f"Get it: verify models download {known.name if known else name}"


def _fingerprint(folder: Path) -> str:
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        size = path.stat().st_size
        digest.update(str(size).encode())
        with path.open("rb") as file:
            for place in (0, size // 2, max(0, size - 2**20)):
                file.seek(place)
                digest.update(file.read(2**20))
    return digest.hexdigest()[:8]
