"""Lines of the page that files are dropped into, and of the program that shows it."""

LINES = {
    "serve-title": ("勾稽核对：政府信息公开工作年度报告", "Cross-check of annual reports on information disclosure"),
    "serve-heading": ("核对政府信息公开工作年度报告", "Check annual reports on government information disclosure"),
    "serve-lead": (
        "找出每一个对不上的数字：在哪张表、哪一行、哪一列，两边各是多少，应为多少。文件不离开这台电脑，本页关闭后不留存。",
        "Finds every figure that does not add up: which table, row and column, both sides, and what it should be. "
        "Files do not leave this computer, and nothing is kept when this page is closed.",
    ),
    "serve-drop": ("将报告文件或文件夹拖到这里", "Drop reports or a folder here"),
    "serve-choose-files": ("选择文件", "Choose files"),
    "serve-choose-folder": ("选择文件夹", "Choose a folder"),
    "serve-kinds": (
        "可读取 Word、WPS、Excel、PDF、OFD、网页、文本和压缩包；多份报告同时放入时，各年、各单位之间相互核对。",
        "Word, WPS, Excel, PDF, OFD, web pages, text and archives; several reports are held against each other.",
    ),
    "serve-results": ("核对结果", "Results"),
    "serve-no-script": ("本页需要启用 JavaScript。", "This page needs JavaScript."),
    "serve-foot": ("在本机运行，不联网。", "Runs on this computer, without network."),
    "serve-receiving": ("正在读入 {done}/{total}", "Taking in {done} of {total}"),
    "serve-waiting": ("等待核对……", "Waiting for its turn …"),
    "serve-checking": ("正在核对 {done}/{total}", "Checking: {done} of {total} done"),
    "serve-failed": ("未能完成核对：{reason}", "Not checked: {reason}"),
    "serve-lost": ("程序已退出或没有响应，请重新打开", "the program has ended or does not answer; open it again"),
    "serve-too-large": (
        "文件过大或过多（单个文件上限256MB，一次上限1GB、5000个文件）",
        "too large or too many files (at most 256 MB each, 1 GB and 5000 files together)",
    ),
    "serve-silent": ("长时间没有进展，已停止", "no progress for a long time, so it was stopped"),
    "serve-died": ("核对进程意外终止", "the process at work on it died"),
    "serve-open-page": ("查看核对报告", "Open the audit page"),
    "serve-copy": ("下载批注副本", "Download the annotated copy"),
    "serve-mended": ("下载更正副本", "Download the corrected copy"),
    "serve-open-all": ("查看全部核对结果", "Open all results"),
    "serve-list": ("下载问题清单", "Download the list of problems"),
    "serve-list-name": ("问题清单", "problems"),
    "serve-more": ("另有{count}份，见全部核对结果", "{count} more, see all results"),
    "serve-batch": ("{name} 等{count}个文件", "{name} and others, {count} files"),
    "serve-remove": ("移除", "Remove"),
    "serve-nothing": ("没有可以核对的文件", "Nothing to check"),
    "serve-at": (
        "请在浏览器中打开：{address}\n（按 Ctrl+C 结束）",
        "Open in a browser: {address}\n(Ctrl+C ends the program)",
    ),
    "serve-opened": ("核对报告已写入 {path}", "The audit page is {path}"),
    "port-taken": ("端口 {port} 不能使用：{reason}", "port {port} cannot be used: {reason}"),
}
"""Key -> the line in Chinese and in English."""
