"""How far a long command is, on a terminal and nowhere else."""

from django.core.management.base import OutputWrapper

WIDTH = 30  # characters


class Bar:
    """Draws itself again when another percent is done; call it with done and total."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream, self._shown = stream, -1

    def __call__(self, done: int, total: int) -> None:
        percent = done * 100 // total
        if percent == self._shown or not self._stream.isatty():
            return
        self._shown = percent
        bar = ("█" * (percent * WIDTH // 100)).ljust(WIDTH, "░")
        self._stream.write(f"\r{bar} {percent:3}%", ending="\n" if done == total else "")
        self._stream.flush()
