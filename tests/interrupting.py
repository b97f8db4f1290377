"""For tests that press Ctrl-C: a process begun by one that ignores it (a job in the background) would inherit that."""

import signal


def hears_ctrl_c() -> None:
    """As `preexec_fn`: Ctrl-C does what it does at a terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
