"""Build the bundle of this system: dist/gouji, a folder that runs without Python, and its archive with a digest."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "gouji"
MOST_MEGABYTES = 90


def main() -> None:
    """Build, say how large it came out, and fail where that is too large."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    # Folders are gone through in the order of hashes, and the same sources shall make the same bundle.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run([*command, *places, str(ROOT / "bundle" / "gouji.spec")], check=True, env=environment)
    hints = {"win32": ["核对.bat"], "darwin": [], "linux": ["gouji.desktop"]}.get(sys.platform, [])
    for name in ("使用说明.txt", *hints):
        shutil.copy(ROOT / "bundle" / name, FOLDER / name)
    megabytes = (
        sum(file.stat().st_size for file in FOLDER.rglob("*") if not file.is_symlink() and file.is_file()) / 2**20
    )
    name = f"gouji-{sys.platform}-{platform.machine().lower()}"
    kind = "zip" if sys.platform == "win32" else "gztar"
    archive = Path(shutil.make_archive(str(DIST / name), kind, DIST, FOLDER.name))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n", encoding="ascii")
    print(f"{FOLDER}: {megabytes:.0f} MB; {archive.name}: {archive.stat().st_size / 2**20:.0f} MB, sha256 {digest}")
    if megabytes > MOST_MEGABYTES:
        sys.exit(f"more than {MOST_MEGABYTES} MB")


if __name__ == "__main__":
    main()
