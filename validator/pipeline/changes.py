"""Which files have changed since a revision of their git repository, and which others such a change touches.

git is asked without its pager, hooks, monitors and external programs for differences, and fetches nothing.
"""

import os
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from validator.errors import UsageError
from validator.patterns import Pattern

_KEPT = ("PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
_SET = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
_OPTIONS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "diff.external=", "protocol.allow=never")
_DIFF = ("diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=all")
_PATIENCE = 120

_YEAR = Pattern(r"(?<!\d)20[0-4]\d(?!\d)")


def changed_files(revision: str, folder: Path) -> set[Path]:
    """Give the files of a folder's repository that differ from a revision, those not in git among them.

    The paths are absolute; those of files that are gone are given as well, for other files may hang on them. What a
    submodule holds is compared with the state of it that the revision names. Raises UsageError.
    """
    return set(_Git(folder).changed(revision))


def real_place(path: Path) -> Path:
    """Give a path in the form in which `changed_files` gives it: links among its folders followed, itself not."""
    whole = Path.cwd() / path
    return Path(os.path.realpath(whole.parent)) / whole.name


class _Git:
    """A repository, by any folder in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def changed(self, revision: str) -> Iterator[Path]:
        """Give the files that differ from a revision. Raises UsageError if it is none."""
        top = self.ask("rev-parse", "--show-toplevel")
        if top is None:
            raise self.error("no-repository", folder=self.folder.as_posix())
        repository = _Git(Path(os.fsdecode(top.rstrip(b"\r\n"))))
        # An option is no revision, whatever git would make of it.
        commit = repository.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if commit is None:
            raise self.error("unknown-revision", revision=revision)
        yield from repository.against(commit.decode().strip())

    def against(self, tree: str) -> Iterator[Path]:
        """Give the files beneath the top of a repository that differ from a tree or a commit."""
        for names in (self.demand(*_DIFF, tree, "--"), self.demand("ls-files", "-o", "--exclude-standard", "-z")):
            yield from (self.folder / os.fsdecode(name) for name in names.split(b"\0") if name)
        for entry in self.demand("ls-files", "--stage", "-z").split(b"\0"):
            if entry.startswith(b"160000 "):
                yield from self.inside(os.fsdecode(entry.partition(b"\t")[2]), tree)

    def inside(self, name: str, tree: str) -> Iterator[Path]:
        """Give the files of a submodule that differ from the state of it that a tree names, all if it names none."""
        module = _Git(self.folder / name)
        if not os.path.lexists(module.folder / ".git"):
            return  # not checked out: there is nothing to read
        commit = (self.ask("rev-parse", "--verify", "--quiet", f"{tree}:{name}") or b"").decode().strip()
        known = commit and module.ask("cat-file", "-e", f"{commit}^{{commit}}") is not None
        yield from module.against(commit if known else module.empty_tree())

    def empty_tree(self) -> str:
        """Give the name of the empty tree, which is there without being stored."""
        return self.demand("hash-object", "-t", "tree", "--stdin").decode().strip()

    def demand(self, *arguments: str) -> bytes:
        """Ask what must have an answer. Raises UsageError if it has none."""
        answer = self.run(arguments)
        if answer.returncode:
            detail = " ".join(answer.stderr.decode(errors="replace").split())
            raise self.error("git-failed", detail=detail or f"git {arguments[0]}: {answer.returncode}")
        return answer.stdout

    def ask(self, *arguments: str) -> bytes | None:
        """Ask what may have no answer: then None."""
        answer = self.run(arguments)
        stderr = answer.stderr.decode(errors="replace")
        if answer.returncode and "dubious ownership" in stderr:
            raise self.error("git-failed", detail=" ".join(stderr.split()))
        return None if answer.returncode else answer.stdout

    def run(self, arguments: Collection[str]) -> "subprocess.CompletedProcess[bytes]":
        """Run git in the folder, with nothing of the surroundings that could turn it elsewhere."""
        options = [word for option in _OPTIONS for word in ("-c", option)]
        surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ} | _SET
        try:
            return subprocess.run(
                ["git", "--no-pager", *options, *arguments],
                cwd=self.folder,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except FileNotFoundError:
            # It may be the folder that is not there.
            key = "no-git" if self.folder.is_dir() else "no-repository"
            raise self.error(key, folder=self.folder.as_posix()) from None
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise self.error("git-failed", detail=str(error)) from None

    def error(self, key: str, **values: str) -> UsageError:
        """Make the error that says a line of the catalogue."""
        return UsageError.of(key, **values)


def neighbours_by_name(changed: Collection[Path], paths: Iterable[Path]) -> set[Path]:
    """Give those of the paths that a change may touch: named like a changed file, for the same year or one off.

    Years are looked for in names of files and of folders alike; suffixes do not count.
    """
    years: dict[str, set[int]] = {}
    for path in changed:
        series, year = _series(path)
        years.setdefault(series, set()).add(year)
    return {path for path in paths if path not in changed and _is_near(*_series(path), years)}


def _is_near(series: str, year: int, years: Mapping[str, Collection[int]]) -> bool:
    return any(abs(year - other) <= 1 for other in years.get(series, ()))


def _series(path: Path) -> tuple[str, int]:
    """Give a path without suffix and years, and the year it names: that of the file before those of its folders."""
    places = [path.with_suffix("").name, *(folder.name for folder in path.parents)]
    year = next((int(found[0]) for place in places if (found := _YEAR.search(place))), 0)
    return "/".join(_YEAR.sub("*", place) for place in places), year
