"""`verify translate` and `verify models`, end to end with the model that ships."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from interrupting import hears_ctrl_c

from verify.translate.pocket_engine import FOLDER

ROOT = Path(__file__).resolve().parents[1]
shipped = pytest.mark.skipif(not (FOLDER / "model.bin").exists(), reason="the pocket weights are not in this checkout")


@pytest.fixture
def verify(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VERIFY_HOME": str(tmp_path / "home"), "VERIFY_CACHE": str(tmp_path / "cache")}

    def run(*arguments, text: bytes = b"", **more):
        return subprocess.run([sys.executable, "-m", "verify.cli.main", *arguments], input=text, capture_output=True,
                              env={**environment, **more}, cwd=tmp_path)

    return run


@shipped
def test_lines_in_lines_out(verify):
    done = verify("translate", "-", "--from", "zh", "--to", "en", text="我们同意。\n\n他说了。她走了。".encode())
    lines = done.stdout.decode().split("\n")
    assert done.returncode == 0 and done.stderr == b""
    assert len(lines) == 4 and lines[0] and lines[1] == "" and lines[2] and lines[3] == ""


@shipped
def test_both_ways_and_with_scores(verify, tmp_path):
    (tmp_path / "a.txt").write_text("We agree.\nThe talks will begin in May.\n", encoding="utf-8")
    done = verify("translate", "a.txt", "--from", "en", "--to", "zh", "--scores", "--beam", "1", "--no-cache")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [len(row) for row in rows] == [3, 3] and all(float(row[1]) < 0 for row in rows)
    assert all(any("\u4e00" <= char <= "\u9fff" for char in row[0]) for row in rows)
    assert not (tmp_path / "cache").exists()


@shipped
@pytest.mark.parametrize("arguments, what", [
    (("-", "--from", "ja", "--to", "en"), b"verify models download opus-mt-ja-en"), (("missing.txt", "--from", "zh", "--to", "en"), b"no such file"),
    ((".", "--from", "zh", "--to", "en"), b"is a folder"), (("bytes.bin", "--from", "zh", "--to", "en"), b"NUL. Give plain text, one sentence a line"),
    (("a.docx", "--from", "zh", "--to", "en"), b"a.docx: is a DOCX, and translate reads plain text, one sentence a line. Save its text as .txt"),
    (("long.txt", "--from", "zh", "--to", "en"), b"long.txt:2: a line of"), (("-", "--from", "zh", "--to", "en", "--engine", "none"), b"no such engine")])
def test_bad_input_gets_one_line_and_exit_2(verify, tmp_path, arguments, what):
    (tmp_path / "bytes.bin").write_bytes(bytes(range(256)) * 9)
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    (tmp_path / "long.txt").write_text("好\n" + "好" * 1_000_000, encoding="utf-8")
    done = verify("translate", *arguments, text="はい\n".encode())
    assert done.returncode == 2 and done.stdout == b"" and what in done.stderr and done.stderr.count(b"\n") == 1


@shipped
def test_a_reader_that_leaves_early_is_no_error():
    program = (f"{sys.executable} -m verify.cli.main translate - --from zh --to en --no-cache | head -1")
    done = subprocess.run(["bash", "-c", program], input="我们同意。\n".encode() * 600, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.count(b"\n") == 1 and done.stderr == b""


@shipped
def test_interrupted_it_has_said_what_it_had(tmp_path):
    (tmp_path / "long.txt").write_text("".join(f"他在会上说，{i}家企业已经签署了这份协议。\n" for i in range(3000)), "utf-8")
    command = [sys.executable, "-m", "verify.cli.main", "translate", str(tmp_path / "long.txt"), "--from", "zh", "--to", "en", "--no-cache"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=hears_ctrl_c) as process:
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate()
    assert process.returncode == 130 and err == b"verify: interrupted\n"
    assert first.strip() and rest.count(b"\n") < 1000


@shipped
def test_the_shipped_model_is_small_and_loads_in_a_second_of_processor_time():
    from verify.translate.pocket_engine import pocket

    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 45e6
    started = time.process_time()
    engine = pocket()
    assert time.process_time() - started < 3  # a second, and more where others use the machine
    assert engine.supports("zh", "en") and engine.supports("en", "zh-Hant") and not engine.supports("ja", "en")


def test_models_list_names_languages_and_licences(verify):
    done = verify("models", "list", "--from", "ja", "--to", "en")
    text = done.stdout.decode()
    assert done.returncode == 0 and "opus-mt-ja-en" in text and "CC-BY-NC-4.0" in text and "opus-mt-zh-en" not in text and "pocket" not in text


def test_models_path(verify, tmp_path):
    assert verify("models", "path").stdout.decode().strip() == str(tmp_path / "home" / "models")
    assert b"verify models download opus-mt-en-zh" in verify("models", "path", "opus-mt-en-zh").stderr


def test_a_model_folder_is_converted_and_used(verify):
    tiny = pytest.importorskip("translate_tiny")
    folder = tiny.marian(False)  # named opus-mt-zh-en, as if copied from another machine
    done = verify("models", "convert", str(folder))
    assert done.returncode == 0, done.stderr
    assert b"ready" in verify("models", "list", "--from", "zh", "--to", "en").stdout
    here = verify("translate", "-", "--from", "zh", "--to", "en", "--engine", "ct2:opus-mt-zh-en", text=f"{tiny.ZH[0]}\n".encode())
    assert here.stdout.decode().strip() == tiny.EN[0], here.stderr
    assert b"does not translate en" in verify("translate", "-", "--from", "en", "--to", "zh", "--engine", "ct2:opus-mt-zh-en", text=b"Yes\n").stderr


def test_weights_that_could_run_code_are_turned_into_safetensors(tmp_path):
    tiny = pytest.importorskip("translate_tiny")
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    from verify.translate import download

    model = transformers.MarianMTModel.from_pretrained(tiny.marian(False))
    model.config.save_pretrained(tmp_path)
    torch.save(model.state_dict(), tmp_path / "pytorch_model.bin")
    download.in_own_process("safetensors", tmp_path)
    again = transformers.MarianMTModel.from_pretrained(tmp_path, use_safetensors=True)
    assert torch.equal(again.model.shared.weight, model.model.shared.weight)
    assert not (tmp_path / "pytorch_model.bin").exists()
    (tmp_path / "model.safetensors").unlink()

    class Evil:
        def __reduce__(self):
            return (os.mkdir, (str(tmp_path / "ran"),))

    torch.save({"model.shared.weight": Evil()}, tmp_path / "pytorch_model.bin")
    with pytest.raises(Exception, match="conversion failed"):
        download.in_own_process("safetensors", tmp_path)
    assert not (tmp_path / "ran").exists()


def test_help_loads_no_engine():
    program = "import sys; from verify.cli.main import main; main(['translate', '--help']); main(['models', 'download', '--help']); " \
              "assert not {'ctranslate2', 'torch', 'transformers', 'sentencepiece', 'opencc'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, capture_output=True)
