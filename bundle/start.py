"""Where the bundle begins: the command `gouji`, a page without arguments, and files that a file manager hands over."""

import os
import sys
from multiprocessing import freeze_support


def main() -> None:
    """Run what the arguments ask for."""
    if sys.argv[1:3] == ["-I", "-S"]:
        # LibreOffice runs under a script of the program that is started as `python -I -S guard.py …`; here
        # sys.executable is this program, which is no Python.
        from validator.readers.convert import guard

        guard.main(sys.argv[4], sys.argv[5:])
        return
    freeze_support()
    from validator.cli import main as command

    if len(sys.argv) == 1:
        command(["serve", "--until-closed"], prog_name="gouji")
    elif _is_from_desktop() and all(os.path.exists(argument) for argument in sys.argv[1:]):
        command(["check", "--open", *sys.argv[1:]], prog_name="gouji")
    else:
        command(prog_name="gouji")


def _is_from_desktop() -> bool:
    """Whether a file manager started this and not a shell: there is no terminal, or one that is this program's own."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetConsoleProcessList((ctypes.c_uint * 4)(), 4) <= 2)
    return not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) and (
        "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ or sys.platform == "darwin"
    )


if __name__ == "__main__":
    main()
