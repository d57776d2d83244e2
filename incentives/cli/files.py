"""Files that commands write: whole or not at all. The only place that writes one. Imports nothing of this project."""

from __future__ import annotations

import errno
import os
from itertools import count
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write the file, replacing one that is there by a complete one: until then it stays as it was.

    The content goes into a file beside it first, which takes over its permissions and its name. Behind a symbolic
    link the file that it leads to is replaced. What is there and no file, a pipe or a device, is left as it is.
    Raises `OSError` that names `path`.
    """
    target = path.resolve()
    beside = _beside(target)
    try:
        _refuse_no_file(path)
        try:
            with beside.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from problem


def begin_to_write(path: Path) -> None:
    """Find out whether there is a place to write the file, and leave nothing. Raises `OSError` as `write_whole`.

    A disk may still be full, and a folder gone, when the time comes.
    """
    beside = _beside(path.resolve())
    try:
        _refuse_no_file(path)
        beside.open("xb").close()
        beside.unlink()
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from problem


def _beside(target: Path) -> Path:
    """A name for a new file in the same folder."""
    import secrets  # a command that writes no file starts without it

    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")


def _refuse_no_file(path: Path) -> None:
    """Nothing that is there can be replaced but a file. Asked of the name as given: where the system alone knows what
    it leads to, as `/dev/stdout` does, no other name leads there.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))


def is_another(path: Path, *own: Path) -> bool:
    """Whether a file is there already that is none of `own`, whatever the names lead to it. A folder, a pipe or a
    device is no file.
    """
    if not os.path.isfile(path):
        return False
    return not any(os.path.exists(one) and os.path.samefile(path, one) for one in own)


def write_new(path: Path, content: bytes) -> Path:
    """Write a file where there is none: under this name, else under the first free number behind it. Says where.

    What cannot be written whole is not left behind. Raises `OSError` that names the path.
    """
    for number in count(1):
        free = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        try:
            with free.open("xb") as stream:
                try:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                except BaseException:
                    free.unlink()
                    raise
        except FileExistsError:
            continue
        except OSError as problem:
            raise OSError(problem.errno, problem.strerror, str(free)) from problem
        return free
    raise AssertionError("numbers do not end")
