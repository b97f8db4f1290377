"""A page as PDF, through the print style of a Chromium that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..text import InputError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge", "brave-browser",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
SECONDS = 90


def signoff_pdf(html: str, out: Path) -> Path:
    """Print the sign-off page into `out`, whole or not at all. Raises InputError where no Chromium is found or it fails."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise InputError(out, "a PDF needs Chromium or Chrome, and none is installed",
                         "Open the HTML page in any browser and print it to PDF: its style is for A4")
    with tempfile.TemporaryDirectory(prefix="verify-pdf-") as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, "utf-8", "backslashreplace")
        command = [browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--no-pdf-header-footer",
                   f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses its sandbox to root; the page holds no script
        try:
            done = subprocess.run([*command, page.as_uri()], capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(out, f"{browser} did not print the page ({error})", "Open the HTML page and print it by hand") from error
        if done.returncode or not made.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            raise InputError(out, f"{browser} did not print the page: {said[0]}", "Open the HTML page and print it by hand")
        beside = Path(out).with_name(f".{Path(out).name}.tmp")
        try:
            shutil.copyfile(made, beside)
            os.replace(beside, out)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise InputError(out, f"cannot be written ({error.strerror or error})", "Check that its folder exists and your rights") from error
    return Path(out)
