"""Why a call cannot be carried out, by key, and why the system refuses a file, by the name of its error."""

LINES = {
    "did-you-mean": ("；是否应为“{near}”？", "; did you mean '{near}'?"),
    "bad-path": ("路径应为文字或 Path，且不能为空：{found}", "a path is a text or a Path, and not empty: {found}"),
    "bad-setting": ("{name} 不能是 {found}，应为 {wanted}", "{name} cannot be {found}; write {wanted}"),
    "no-table": ("没有 {name} 这个表，可以是 {tables}", "there is no table {name}; there are {tables}"),
    "needs-pandas": ("to_pandas 要用 pandas，请运行：pip install pandas", "to_pandas needs pandas: pip install pandas"),
    "no-main-guard": (
        'jobs 大于 1 时，脚本要把这个调用放在 if __name__ == "__main__": 之下，因为每个进程都会重新读一遍脚本',
        'with jobs above 1 a script has to make this call under if __name__ == "__main__": since every process reads '
        "the script anew",
    ),
    "no-shares": (
        "{folder} 里没有 gouji check --shard 存下的结果",
        "{folder} holds nothing that gouji check --shard has kept",
    ),
    "shares-differ": (
        "{file} 和 {other} 不是同一次核对的（文件、规则或程序不同）",
        "{file} and {other} are not of one run: files, rules or program differ",
    ),
    "shares-missing": ("{folder} 里还缺 {missing}", "{folder} lacks {missing}"),
    "share-damaged": (
        "{file} 已损坏，或不是 gouji check --shard 存下的；请重新核对这一份",
        "{file} is damaged, or gouji check --shard did not keep it; check that share anew",
    ),
    "config-unreadable": ("{path}：无法读取：{reason}", "{path}: cannot be read: {reason}"),
    "no-rule": ("没有“{name}”这条规则{near}", "no rule '{name}'{near}"),
    "no-rule-or-group": ("没有“{name}”这条规则或这组规则{near}", "no rule or group '{name}'{near}"),
    "no-executor": (
        "--executor {url}：应写作 dask://主机:端口",
        "--executor {url}: write dask://HOST:PORT",
    ),
    "executor-silent": ("--executor {url}：无法连接（{detail}）", "--executor {url}: no answer ({detail})"),
    "needs-package": (
        "{what} 须另装组件{how}",
        "{what} needs an extra{how}",
    ),
    "install-extra": (
        '，请在 gouji 的文件夹中运行：pip install ".[{extra}]"',
        '; in the folder of gouji, run: pip install ".[{extra}]"',
    ),
    "install-with-python": (
        "（{extra}），这个免安装版中没有；请在装有 Python 的电脑上安装 gouji",
        " ({extra}) that this bundle comes without; install gouji where there is Python",
    ),
    "no-git": ("--changed-since 要用 git，本机没有找到", "--changed-since needs git, which was not found"),
    "no-repository": ("--changed-since：{folder} 不在 git 仓库中", "--changed-since: {folder} is in no git repository"),
    "unknown-revision": (
        "--changed-since {revision}：仓库中没有这个版本（浅克隆请先取回历史）",
        "--changed-since {revision}: the repository has no such revision (a shallow clone must fetch it first)",
    ),
    "git-failed": ("--changed-since：git 出错：{detail}", "--changed-since: git failed: {detail}"),
    "cannot-read-reviews": (
        "读不了填写过的清单 {path}：{reason}",
        "cannot read the filled-in list {path}: {reason}",
    ),
    "bad-template": ("模板 {path} 填不了：{reason}", "the template {path} cannot be filled: {reason}"),
    "no-list-in": (
        "{path} 中没有 gouji 写的问题清单（缺“问题编号”一列）",
        "{path} holds no list of problems that gouji wrote: there is no column of fingerprints",
    ),
    "folder-taken": (
        "文件夹 {path} 已有别的内容，不是 gouji 写的，不会覆盖；请另选一个",
        "the folder {path} holds what gouji did not write, and is left as it is; choose another",
    ),
    "cannot-write": ("无法写入 {path}：{reason}", "cannot write {path}: {reason}"),
    "output-is-input": (
        "{output} 是要核对的文件（{input}），结果写在那里会毁掉它；请另选一个位置",
        "{output} is one of the inputs ({input}), which the result would replace; choose another place",
    ),
    "output-holds-input": (
        "文件夹 {output} 里有要核对的文件（{input}），结果写在那里会毁掉它；请另选一个位置",
        "the folder {output} holds an input ({input}), which the result would replace; choose another place",
    ),
    "not-annotated": (
        "{source}：这种格式的文件不能加批注，请用 --report text=清单.txt 输出问题清单",
        "{source}: files of this kind take no notes; --report text=list.txt gives the problems as a list",
    ),
    "notes-in-page": (
        "gouji（勾稽）核对批注，共{count}条：编号在有关的格上，内容在表的下方",
        "Notes by gouji, {count} of them: numbers stand on the cells, the notes below their tables",
    ),
    "copy-is-page": (
        "{source}：内容其实是网页，副本的扩展名为 {suffix}，请用浏览器打开",
        "{source}: is a web page inside, so the copy ends in {suffix}; open it in a browser",
    ),
    "copy-converted": (
        "{source}：旧格式，副本已由 LibreOffice 转为 {suffix}，版式可能略有出入",
        "{source}: an older format; LibreOffice converted the copy to {suffix}, so its layout may differ a little",
    ),
    "copy-unsigned": (
        "{source}：文件有电子签名，副本有改动，签名在副本中不再有效；原文件不受影响",
        "{source}: the file is signed; its copy differs, so the signature holds for the file alone",
    ),
    "copy-suffix": (
        "{source} 的副本是 {suffix} 文件，请把 --output 的扩展名写成 {suffix}",
        "the copy of {source} is a {suffix} file; let the name after --output end so",
    ),
    "not-annotated-encrypted": (
        "{source}：文件设有密码或权限限制，不能加批注，请用 --report text=清单.txt 输出问题清单",
        "{source}: the file is encrypted and takes no notes; --report text=list.txt gives the problems as a list",
    ),
    "not-annotated-signed": (
        "{source}：文件有电子签名，加批注会使签名失效，请用 --report text=清单.txt 输出问题清单",
        "{source}: the file is signed, and notes would break that; --report text=list.txt gives the problems as a list",
    ),
    "not-mended": (
        "{source}：这种格式的文件不能自动更正，请对照 --report text=清单.txt 的问题清单手工更正",
        "{source}: files of this kind are not mended; --report text=list.txt gives the problems as a list",
    ),
    "mend-one-file": (
        "{source} 不是单个文件，gouji fix 每次更正一个文件",
        "{source} is no single file; fix mends one at a time",
    ),
    "nothing-to-mend": ("没有可以确定的更正，未写副本", "no change is proved; no copy is written"),
    "mending": ("{cell}：{reported} → {proposed}", "{cell}: {reported} -> {proposed}"),
    "mending-left": (
        "{cell}：应为 {proposed}，此处不能自动更正（公式或带格式的文字），请手工更正",
        "{cell}: should be {proposed}; not changed here (a formula or text of several kinds), mend it by hand",
    ),
    "mended": ("已写 {path}：更正{count}处", "{path} is written: {count} change(s)"),
    "copy-exists": (
        "{path} 已经存在，请用 --output 另写一个文件名",
        "{path} exists; name another file with --output",
    ),
    "copies-need-folder": (
        "有多个文件，--output 要写文件夹，以 / 结尾",
        "there are several files: --output must be a folder that ends in /",
    ),
    "copies-in-input": (
        "{output} 在要核对的文件夹 {input} 里面，下次会把副本也当作报告；请另选一个位置",
        "{output} lies in the input {input}, and the copies would be read as reports next time; choose another place",
    ),
    "copy-written": ("{source} → {path}：批注{count}处", "{source} -> {path}: {count} note(s)"),
    "outputs-collide": (
        "两份结果写到同一个位置：{first}、{second}",
        "two results for one place: {first}, {second}",
    ),
}
"""Key -> the line in Chinese and in English."""

SYSTEM = {
    "not-a-file": ("不是普通文件", "not a file"),
    "no-such-name": ("文件不能有这样的名称", "no file can have this name"),
    "ENOENT": ("没有这个文件或文件夹", "no such file or folder"),
    "EACCES": (
        "没有权限，或文件可能已在 Excel 等程序中打开，请关闭后重试",
        "no permission, or the file may be open in Excel or another program; close it and try again",
    ),
    "EPERM": ("没有权限", "not permitted"),
    "EROFS": ("磁盘是只读的", "the disk is read-only"),
    "ENOSPC": ("磁盘已满", "the disk is full"),
    "EDQUOT": ("磁盘配额已用完", "the disk quota is used up"),
    "EISDIR": ("是文件夹，不是文件", "it is a folder, not a file"),
    "ENOTDIR": ("路径中有一段不是文件夹", "a part of the path is no folder"),
    "EEXIST": ("已经存在", "it exists already"),
    "ENOTEMPTY": ("文件夹不是空的", "the folder is not empty"),
    "path-too-long": (
        "路径超过260个字符，Windows 无法打开；请移到路径较短的文件夹",
        "the path is longer than 260 characters, which Windows does not open; move it to a folder with a shorter one",
    ),
    "ENAMETOOLONG": ("名称太长", "the name is too long"),
    "ELOOP": ("链接循环", "links go round in a circle"),
    "EMFILE": ("打开的文件太多", "too many files are open"),
    "ENFILE": ("打开的文件太多", "too many files are open"),
    "EADDRINUSE": ("已被占用", "it is in use"),
    "EBUSY": ("正被其他程序占用，请关闭后重试", "another program is using it; close it and try again"),
    "ETXTBSY": ("正被其他程序占用，请关闭后重试", "another program is using it; close it and try again"),
    "EIO": ("读写出错，磁盘可能已损坏", "input or output failed; the disk may be damaged"),
    "EFBIG": ("文件太大", "the file is too large"),
    "EINVAL": ("名称或参数无效", "a name or an argument is not valid"),
}
"""Name of an errno, or a name of ours -> what it means, in Chinese and in English."""
