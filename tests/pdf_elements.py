"""pdf_elements: a document for each element of an issue, for the tests of PDFs.

    for name, path in pdf_elements.write(folder): …

NAMES tells which kinds of node and which keys of the head a document is there for; a test
compares them with the program's own lists.
"""
import picture_files

HEAD = "---\ntitle: 测试\ndate: 2024-02\n%s---\n\n%s\n"
LONG = "互联网医院建设正在加快推进，各地纷纷出台支持政策，缓解群众看病难、看病贵的问题。"


def body(markdown, keys=""):
    return HEAD % (keys, markdown)


# Name of the document, its text. Where a name is a kind of node (paiban render --dump=tree) or a
# key of the head, the document has it.
DOCUMENTS = {
    "paragraph": body("一段话。\n\n又一段话，" + LONG + "\n\nSome words in\ntwo lines."),
    "section": body("# 第一部分\n\n## 条目一\n\n正文。\n\n### 三级\n\n#### 四级\n\n正文。\n\n"
                    "# 第二部分\n\n## 条目二\n\n正文。"),
    "levels-skip": body("# 第一部分\n\n正文。\n\n#### 四级\n\n正文。\n\n###### 六级\n\n## 二级\n\n正文。"),
    "levels-any": body("###### 六\n\n文。\n\n### 三\n\n文。\n\n# 一\n\n文。\n\n##### 五\n\n文。\n\n"
                       "## 二\n\n文。\n\n#### 四\n\n文。\n\n## 又二\n\n文。\n\n# 又一\n\n文。"),
    "six-levels": body("# 一\n\n## 二\n\n### 三\n\n#### 四\n\n##### 五\n\n###### 六\n\n正文。"),
    "item": body("## 条目一\n\n链接：https://example.org/\n\n正文。\n\n## 条目二\n\n正文。"),
    "highlights": body("# 部分\n\n## ✓ 重要[Open Source]{lang=en}\n\n正文。\n\n## 另一条\n\n正文。\n\n## ✓ 又一条\n\n正文。",
                       "layout: monthly\nhighlights: auto\n"),
    "toc": body("# 部分\n\n## 条目一\n\n正文。\n\n## 条目二\n\n正文。", "layout: jianbao\ntoc: yes\n"),
    "cover": body("# 部分\n\n## 条目\n\n正文。", "layout: monthly\ncover: yes\nsubtitle: 副题\nissue: 3\n"
                  "total: 12\npublisher: 编辑部\nsponsor: 协会\n"),
    "source": body("## 条目\n\n来源：https://example.org/a/b\n\nhttps://example.org/c\n\n正文。"),
    "emphasis": body("有*着重*、**强调**和***两者***，**The end**。"),
    "strong": body("**强调。**后文，**bold** words。"),
    "strike": body("有~~删去~~的字。"),
    "code": body("运行`paiban check`，变量 `x`。"),
    "link": body("[一个链接](https://example.org/a%20b)，<https://例子.测试/路径>，<mailto:a@example.org>，"
                 "[**粗**的`code`链接](http://a.cn/(x))。"),
    "link-of-two-lines": body("字" * 30 + "[" + "链接" * 30 + "](http://a.cn/)。"),
    "link-refused": body("[不可](javascript:alert)，[无主机](http:///x)。"),
    "reference": body("# 甲 {#jia}\n\n见[上文](#jia)、[第 {page} 页](#jia)和[乙](#乙)。\n\n# 乙\n\n正文。"),
    "image": body("一段话。\n\n![一张图](a.png)\n\n![](a.png)"),
    "image-with-caption": body("![一张图](a.png \"图题\"){width=60%}"),
    "image-in-line": body("行内的![小图](b.png)图。"),
    "images": body("![甲](a.png \"图题甲\") ![乙](a.png \"图题乙\")"),
    "image-with-link": body("[![一张图](a.png)](https://example.org/)"),
    "image-missing": body("![没有的图](nichts.png)"),
    "list": body("- 一\n- 二\n  - 里面\n    - 更里面\n- 三"),
    "ordered-list": body("3. 三\n4. 四\n   1. 里面\n\n      第二段\n5. 五"),
    "list-of-blocks": body("- 一\n\n  > 引文\n\n- ![图](a.png)\n\n- | 甲 | 乙 |\n  |---|---|\n  | 一 | 二 |"),
    "quote": body("> 引文一段。\n>\n> 第二段。\n>\n> > 里面的引文。"),
    "commentary": body("> 编者按：此文可读。"),
    "code-block": body("```c\nint main(void)\n{\n    return 0;\n}\n```"),
    "table": body("| 城市 | 人口 | 说明 |\n|------|-----:|:----:|\n| 上海 | 2487 | 直辖市 |\n| 郑州 |      | 省会 |"),
    "table-with-caption": body("表：人口\n\n| 城市 | 人口 |\n|------|-----:|\n| **上海** | [2487](http://a.cn/) |"),
    "table-over-pages": body("| 甲 | 乙 |\n|----|----|\n" + "| 一 | 二 |\n" * 60),
    "table-with-image": body("| 甲![](a.png) | 乙 |\n|----|----|\n| 字![图](a.png)字 | 二 |"),
    "footnote": body("正文[^1]，又[^b]。\n\n[^1]: 注文，有[链接](http://a.cn/)。\n\n[^b]: 第二注。\n\n    第二段。"),
    "footnote-over-pages": body("正文[^1]。\n\n" + (LONG + "\n\n") * 30 + "[^1]: " + LONG * 30),
    "rule": body("一段。\n\n---\n\n又一段。"),
    "page-break": body("一段。\n\n<!-- pagebreak -->\n\n又一段。"),
    "paragraph-over-pages": body(LONG * 60),
    "line-break": body("一行\\\n又一行<br>第三行。"),
    "ruby": body("<ruby>汉<rt>hàn</rt>字<rt>zì</rt></ruby>的注音。"),
    "subscript": body("H<sub>2</sub>O。"),
    "superscript": body("x<sup>2</sup>。"),
    "underline": body("<u>划线</u>的字。"),
    "html": body("有<b>别的</b>标记。"),
    "span": body("[务必]{.dots}核对，[鲁迅]{.name}的[呐喊]{.book}，[王伟]{even=4}。"),
    "language": body("# 有[English]{lang=en}\n\n正文有[Open Source]{lang=en}、[日本語の文]{lang=ja}和[繁體]{lang=zh-Hant}。\n\n"
                     "- 项有[English]{lang=en}\n\n> 引文有[English [日本]{lang=ja} again]{lang=en}\n\n"
                     "| 甲[A]{lang=en} | 乙 |\n|---|---|\n| [ひらがな]{lang=ja} | 二 |\n\n"
                     "正文[^1]，[一个[link]{lang=en}](http://a.cn/)，[[all](http://b.cn/)]{lang=en}。\n\n"
                     "[^1]: 注有[English]{lang=en}。"),
    "lang-en": body("# A part\n\n## An item\n\nSome text with [汉字]{lang=zh-Hans} and ![a picture](a.png \"A caption\").",
                    "lang: en\n"),
    "lang-ja": body("# 部\n\n## 項目\n\n日本語の文章です。[中文]{lang=zh-Hans}と[English]{lang=en}。", "lang: ja\n"),
    "lang-zh-Hant": body("# 部分\n\n## 條目\n\n繁體的「文章」。", "lang: zh-Hant\n"),
    "columns": body("# 短讯 {columns=2}\n\n## 左边\n\n左边的正文。\n\n## 右边\n\n右边的正文。\n\n## 第三\n\n正文。"),
    "contacts": body("正文。", "contacts:\n  - {name: 编辑部, email: a@example.org, phone: 010-1234, "
                     "address: 北京市, qr: a.png}\n  - {name: Jane Doe, address: \"5 Long Street, London\"}\n"),
    "people": body("正文。", "layout: monthly\npeople:\n  - {role: 编辑, name: 王伟}\n  - {role: 校对, name: 欧阳小明}\n"),
    "jianbao": body("# 部分\n\n## 条目\n\n正文。", "layout: jianbao\nissue: 5\ntotal: 12\npublisher: 办公室\n"
                    "distribution: {report: [省委], send: [各县], copy: [各局]}\n"),
    "gongwen": body("# 总体\n\n正文。", "layout: gongwen\nclassification: 内部\nurgency: 加急\nserial: \"000012\"\n"
                    "copies: 12\ndoc-number: 星卫〔2026〕1号\nsigner: 王伟\naddressee: 各县\nattachments: [甲, 乙]\n"
                    "signature: {name: 办公室, date: 2026-03-18}\nnote: 此件公开发布\ndistribution: {copy: [各局]}\n"),
    "watermark": body("正文。", "watermark: 内部资料\nperiod: {from: 2024-01-01, to: 2024-01-31}\n"
                      "check: {image-no-alt: off}\n"),
    "draft": body("正文【待填：日期】。", "draft: yes\n"),
    "characters": body("康熙部首⼀与一，兼容字金与金；不换行\u00a0空格，全角　空格，组合字符e\u0301与é，表情😀😀，生僻字𠮷𠀀，"
                       "连字office fi，破折号——省略号……，私用字\ue000。"),
}


def write(folder):
    """Write them into a Folder; returns (name, path) of each, in order."""
    below = "elements/"
    folder.write(below + "a.png", picture_files.png(40, 20, "RGB", lambda x, y: (6 * x, 12 * y, 90)))
    folder.write(below + "b.png", picture_files.png(6, 6, "L", lambda x, y: (40 * x,)))
    return [(name, folder.write(below + name + ".md", text)) for name, text in DOCUMENTS.items()]
