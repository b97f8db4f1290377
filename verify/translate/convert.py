"""Turn a model folder of transformers into a CTranslate2 folder. Needs torch and transformers (extra `[hub]`).

Run it in a process of its own: torch and CTranslate2 slow each other down in one.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

DESCRIPTION = "verify.json"  # what a CTranslate2 folder does not know: languages, prefix tokens, licence
TOKENISERS = ("spm.model", "source.spm", "target.spm", "sentencepiece.bpe.model")


def convert(folder: Path, out: Path, description: dict, quantization: str = "int8", averaged_heads: bool = False) -> None:
    """Write `out` with model.bin, vocabulary, tokeniser and `verify.json`; an older `out` is replaced at the end.

    Attention is that of head 0 of the last decoder layer, which is where Marian's guided alignment
    trains it; `averaged_heads` takes the mean of all its heads, for models trained without.
    """
    import torch
    from ctranslate2.converters import transformers as converters

    class Converter(converters.TransformersConverter):
        def load_model(self, model_class, name, **options):
            options["dtype"] = torch.float32
            return model_class.from_pretrained(name, use_safetensors=True, local_files_only=True, **options)

        def load_tokenizer(self, tokenizer_class, name, **options):
            return tokenizer_class.from_pretrained(name, local_files_only=True, **options)

        def _load(self):
            standard = dict(converters._MODEL_LOADERS)
            converters._MODEL_LOADERS.update(loaders())
            try:
                spec = super()._load()
            finally:
                converters._MODEL_LOADERS.update(standard)
            spec.decoder.alignment_heads = type(spec.decoder.alignment_heads)(0 if averaged_heads else 1)
            return spec

    partial = out.with_name(out.name + ".partial")
    Converter(str(folder)).convert(str(partial), quantization=quantization, force=True)
    for name in TOKENISERS:
        if (folder / name).exists():
            shutil.copy(folder / name, partial / name)
    (partial / DESCRIPTION).write_text(json.dumps(description, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if out.exists():
        shutil.rmtree(out)
    partial.rename(out)


def loaders() -> dict:
    """CTranslate2's loaders of our families, right for our start vector and for transformers 5.

    The Marian program starts its decoder from a zero vector, so CTranslate2 drops the vocabulary's last
    row (padding). A model trained otherwise (ours) has a start vector there, and keeps it.
    """
    from ctranslate2.converters.transformers import BartLoader, M2M100Loader, MarianMTLoader

    class Marian(MarianMTLoader):
        def get_model_spec(self, model):
            start = model.model.shared.weight[model.config.decoder_start_token_id]
            self.way = BartLoader if start.abs().max() > 0 else MarianMTLoader
            model.config.normalize_before = model.config.normalize_embedding = False
            return self.way.get_model_spec(self, model)

        def set_decoder(self, spec, decoder):
            self.way.set_decoder(self, spec, decoder)

        def set_config(self, config, model, tokenizer):
            super().set_config(config, model, tokenizer)
            if self.way is BartLoader:
                config.decoder_start_token = tokenizer.convert_ids_to_tokens(model.config.decoder_start_token_id)

        def get_vocabulary(self, model, tokenizer):
            return self.way.get_vocabulary(self, model, tokenizer)

    class M2M100(M2M100Loader):
        def get_vocabulary(self, model, tokenizer):
            # `get_vocab` of transformers 5 leaves the language tokens out.
            tokens: dict[str, None] = {}
            for i, token in enumerate(tokenizer.convert_ids_to_tokens(list(range(model.config.vocab_size)))):
                tokens[token if token and token not in tokens else f"madeupword{i}"] = None
            return list(tokens)

    return {"MarianConfig": Marian(), "M2M100Config": M2M100()}
