"""Why a file could not be read and what to do next: code of a ReadError -> its line in Chinese and in English."""

from collections.abc import Mapping

from . import ReadCause

READ_ERRORS: Mapping[ReadCause, tuple[str, str]] = {
    "empty": ("文件是空的，没有内容可以核对", "the file is empty: there is nothing to check"),
    "too-large": (
        "文件太大，未读取；请只交年度报告正文",
        "the file is too large ({size}, the limit is {limit}) and was not read; give the annual report alone",
    ),
    "too-deep": (
        "标签嵌套太深，不像一份报告，未读取；请另存为普通网页或文本再核对",
        "tags are nested too deeply for a report; not read. Save the page anew as plain HTML or text",
    ),
    "too-many-rows": (
        "表格超过{limit}行，不像一份年度报告，未读取；几份报告请分成几个文件",
        "more than {limit} table rows, which is not one annual report; not read. Give each report a file of its own",
    ),
    "unknown-suffix": (
        "不支持“{suffix}”格式，请另存为 Word、Excel、PDF、网页或文本；可读取的格式：{known}",
        'files of type "{suffix}" cannot be read; save it as Word, Excel, PDF, HTML or text. Known are {known}',
    ),
    "wrong-suffix": (
        "后缀是“{suffix}”，内容却是 {actual}；请改正后缀，或打开后另存为 Word、Excel、PDF 或网页",
        'the suffix says "{suffix}", but the content is {actual}; mend it or save the file as Word, Excel, PDF or HTML',
    ),
    "no-suffix": (
        "文件名没有后缀，无法判断格式；可读取的格式：{known}",
        "no suffix to tell the format; known are {known}",
    ),
    "cannot-open": ("无法打开：{reason}", "cannot be opened: {reason}"),
    "own-output": (
        "这是 gouji 写出的结果，不是报告，未读取；请核对报告本身",
        "this is what gouji wrote and no report; not read. Check the report itself",
    ),
    "missing-file": ("没有这个文件或文件夹，请检查路径", "no such file or folder; check the path"),
    "archive-inside": (
        "压缩包里的压缩包不再展开；请解压后核对",
        "an archive inside an archive is not opened; unpack it",
    ),
    "no-files": (
        "文件夹里没有可读取的报告；可读取的格式：{known}",
        "the folder holds no report that can be read; these can: {known}",
    ),
    "mojibake": (
        "文字是乱码，原文已经损坏或编码不明；请用原始文件，或另存为 UTF-8",
        "the text is garbled: damaged, or in an unknown encoding; use the original file or save it as UTF-8",
    ),
    "binary": (
        "内容不是文字；请确认文件没有损坏，并使用原来的格式",
        "the content is no text; make sure that the file is whole and has its own suffix",
    ),
    "no-text": (
        "网页里没有文字，内容可能要由浏览器运行脚本后才出现；请在浏览器中打开后另存",
        "the page holds no text, which a script may have to put there; open it in a browser and save it from there",
    ),
    "encrypted": (
        "文件设有密码，未读取；请去掉密码后另存再核对",
        "the file is protected by a password and was not read; save it without one",
    ),
    "damaged": (
        "文件已损坏或不完整，无法作为 {kind} 打开；请用原来的程序打开后另存，或重新取得文件",
        "the file is damaged or cut short and cannot be opened as {kind} ({detail}); save it anew or get it again",
    ),
    "too-much-packed": (
        "压缩内容异常，大小或数量超出任何一份报告，未读取",
        "what is packed in the file is beyond any report ({what}, the limit is {limit}); not read",
    ),
    "unsafe-xml": (
        "文件内部的 XML 声明了文档类型或实体（{part}），可能有害，未读取；请用 Word/WPS 打开后另存",
        "XML inside the file declares a document type or entities ({part}), which may do harm; not read. Save it anew",
    ),
    "needs-extra": (
        "读取 {suffix} 文件须另装组件{how}",
        "reading {suffix} files needs an extra{how}",
    ),
    "needs-office": (
        "读取 {suffix} 文件要借助 LibreOffice，本机没有找到；请安装 LibreOffice，或用 Word/WPS 另存为 {better}",
        "reading {suffix} files needs LibreOffice, which was not found; install it, or save the file as {better}",
    ),
    "office-failed": (
        "LibreOffice 打不开这个 {suffix} 文件；请用 Word/WPS 另存为 {better}",
        "LibreOffice could not open this {suffix} file ({detail}); save it as {better} with Word or WPS",
    ),
    "office-slow": (
        "LibreOffice 在{seconds}秒内没有转换完这个 {suffix} 文件，已停止；请用 Word/WPS 另存为 {better}",
        "LibreOffice did not finish with this {suffix} file in {seconds} s and was stopped; save it as {better}",
    ),
    "scanned-pages": (
        "无法读取：第{pages}页是扫描图片，没有文字层；请使用由文档直接导出的文件，或安装图像识别组件后再试",
        "cannot be read: scanned page {pages}, a picture without text; use an exported file or the extra for scans",
    ),
    "nothing-in-picture": (
        "第{pages}页是图片，四个方向都试过，没有识别出文字；请确认是报告的页面，以每英寸200点以上重新扫描或拍清楚，"
        "或使用文字可以选中的原始文件",
        "page {pages} is a picture in which no text was recognised, whichever way up; make sure that it is a page of "
        "the report and scan it anew at 200 dpi or more, or use the original file, whose text can be selected",
    ),
    "scans-off": (
        "是图片，--scans off 时不识别图片",
        "a picture; with --scans off pictures are not read",
    ),
    "garbled-pages": (
        "无法读取：第{pages}页的文字层是乱码（字体没有编码表）；请使用由文档直接导出的文件",
        "cannot be read: the text layer of page {pages} is garbled (its fonts lack a code table); export it anew",
    ),
    "too-many-pages": (
        "共{count}页（上限{limit}页），不像一份年度报告，未读取",
        "{count} pages (the limit is {limit}), which is not one annual report; not read",
    ),
    "no-text-inside": (
        "文件里没有文字，无从核对；请确认交的是年度报告，并用原来的程序打开看看",
        "the file holds no text to check; open it in its own program and make sure that it is the annual report",
    ),
    "only-pictures": (
        "文件里只有{count}张图片，没有文字，图片里的表格无法识别来；请使用表格可以编辑的原始文件",
        "the file holds {count} picture(s) and no text, and tables in pictures cannot be read; use their own file",
    ),
    "only-embedded": (
        "正文是嵌入的另一个文件（共{count}个），没有读取；请用 Word 打开后另存为 .docx",
        "the text is {count} other file(s) embedded in this one and was not read; save it as .docx with Word",
    ),
    "json-syntax": ("不是有效的 JSON，无法读取", "not valid JSON: {reason}"),
    "json-shape": (
        "JSON 不是 gouji read 输出的结构（{where}）",
        "the JSON does not have the shape that gouji read prints ({where}: {problem})",
    ),
    "not-a-report": (
        "里面没有找到政府信息公开年度报告的表格或章节",
        "neither tables nor sections of an annual report on government information disclosure were found",
    ),
    "internal": (
        "程序内部错误（{detail}），这个文件没有核对；请把文件和本行一起反馈给开发者",
        "internal error ({detail}); this file was not checked. Please report it with the file and this line",
    ),
    "timeout": (
        "处理超过{seconds}秒，已停止，没有核对；请把文件反馈给开发者，或加大 --timeout",
        "not done within {seconds} s, so it was stopped and not checked; raise --timeout, or report it with the file",
    ),
    "crashed": (
        "程序内部错误（处理这个文件的进程意外终止），没有核对；请把文件反馈给开发者",
        "internal error (the process at work on this file died); not checked. Please report it with the file",
    ),
}
