#!/usr/bin/env python3
"""Every input that is refused, and every finding that is told (TAP).

A case is a function with a decorator that says what it shows:
    @refused("empty-file", status, r"place of the message")   nothing is written
    @told("unknown-key", r"place of the message")             the PDF appears
It writes its inputs into the folder and returns the arguments. Behind each refusal the old
output has its old bytes and no temporary is left; each finding turns into exit status 1
with --strict. tests/diagnostics.py reads the names in the decorators: every diagnostic of
render/base/diag_table.h has a case here or in a unit test.
"""
import os
import re
import resource
import shutil
import stat
import sys

import program

OLD = b"%PDF-old output\n"
HEAD = "---\ntitle: 月报\ndate: 2021-05\n---\n\n"
BODY = "# 地方动态\n\n## 上海：试点\n\n5月31日，上海市发布规划。\n"
GOOD = HEAD + BODY

cases = []


def refused(name, status, place, **options):
    def add(function):
        cases.append(("refused", name, status, place, function, options))
        return function
    return add


def told(name, place, **options):
    def add(function):
        cases.append(("told", name, 0, place, function, options))
        return function
    return add


def issue(folder, text, name="a.md"):
    folder.write(name, text)
    return ["render", name, "-o", "out.pdf"]


def data_copy(folder, **roles):
    """A copy of the data with some roles' families replaced by others; for PAIBAN_DATADIR.
    For every role but song, song stands in."""
    for part in ("layouts", "fonts"):
        shutil.copytree(program.ROOT / part, folder.path / "data" / part)
    path = folder.path / "data/fonts/roles.yaml"
    text = path.read_text(encoding="utf-8")
    for role, families in roles.items():
        text = replace_role(text, role.replace("_", "-"), families)
    path.write_text(text, encoding="utf-8")


def replace_role(text, role, families):
    """roles.yaml with the block of one role exchanged."""
    block = re.compile(r"^%s:.*\n(?:(?: .*|#.*)?\n)*" % re.escape(role), re.M)
    found = block.search(text)
    assert found, "fonts/roles.yaml has no role " + role
    instead = "" if role == "song" else ", instead: song"
    new = "%s: {any: [%s], package: fonts-noto-cjk%s}\n" % (role, ", ".join(families), instead)
    return text[:found.start()] + new + text[found.end():]


# Refused: the issue's file


@refused("no-such-file", 74, r"^paiban: fatal: no such file: ‘none\.md’")
def no_such_file(folder):
    return ["render", "none.md", "-o", "out.pdf"]


@refused("not-a-file", 74, r"^paiban: fatal: not a regular file: ‘folder’.*\nhint: it is a folder")
def a_folder(folder):
    (folder.path / "folder").mkdir()
    return ["render", "folder", "-o", "out.pdf"]


@refused("not-a-file", 74, r"^paiban: fatal: not a regular file: ‘pipe’")
def a_fifo(folder):
    os.mkfifo(folder.path / "pipe")
    return ["render", "pipe", "-o", "out.pdf"]


@refused("not-a-file", 74, r"^paiban: fatal: not a regular file: ‘/dev/zero’")
def a_device(folder):
    return ["render", "/dev/zero", "-o", "out.pdf"]


@refused("file-too-large", 74, r"^paiban: fatal: ‘large\.md’ is larger than 16 MiB")
def too_large(folder):
    with open(folder.path / "large.md", "wb") as f:
        f.truncate((16 << 20) + 1)
    return ["render", "large.md", "-o", "out.pdf"]


@refused("file-unreadable", 74, r"^paiban: fatal: cannot read ‘a\.md’", unprivileged=True)
def unreadable(folder):
    folder.write("a.md", GOOD).chmod(0)
    return ["render", "a.md", "-o", "out.pdf"]


@refused("empty-file", 2, r"^a\.md:1:1: fatal: the file is empty")
def empty(folder):
    return issue(folder, b"")


@refused("empty-file", 2, r"^a\.md:1:1: fatal: the file is empty")
def only_white(folder):
    return issue(folder, b"\xef\xbb\xbf \n\r\n\t\n")


@refused("invalid-utf8", 2, r"^a\.md:8:2: fatal: invalid UTF-8 at byte %d"
         % (len(BODY.encode()) + 3))
def invalid_utf8(folder):
    return issue(folder, BODY.encode() + b"\n\na\xffb\n")


@refused("invalid-utf8", 2, r"^a\.md:1:3: fatal: invalid UTF-8 at byte 2 .*(?:\n.*)*GB ?18030")
def gb18030(folder):
    return issue(folder, "# 地方动态\n\n上海市发布规划。\n".encode("gb18030"))


@refused("nul-byte", 2, r"^a\.md:3:2: fatal: NUL character at byte 7")
def nul(folder):
    return issue(folder, b"# ab\n\nx\0y\n")


# Refused: heads, series and layouts


@refused("yaml-syntax", 2, r"^a\.md:3:1: fatal: YAML does not parse")
def yaml_head(folder):
    return issue(folder, "---\ntitle: [月报\n---\n\n" + BODY)


@refused("yaml-syntax", 2, r"^(\./)?series\.yaml:2:1: fatal: YAML does not parse")
def yaml_series(folder):
    folder.write("series.yaml", "title: \"月报\n")
    return issue(folder, BODY)


@refused("yaml-syntax", 2, r"^(\./)?my\.yaml:3:1: fatal: YAML does not parse")
def yaml_layout(folder):
    folder.write("my.yaml", "base: base\npage: {margin-top: 10mm\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@refused("layout-value", 2, r"^(\./)?my\.yaml:4:\d+: error: ‘line-pitch’ must be 6pt…200pt")
def out_of_range(folder):
    folder.write("my.yaml", "base: base\nstyles:\n  body:\n    line-pitch: 2000pt\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@refused("layout-value", 2, r"^(\./)?my\.yaml:2:\d+: error: ‘(styles\.section\.)?latin-role’ must be one of song,")
def unknown_role(folder):
    folder.write("my.yaml", "base: base\nstyles: {section: {latin-role: latisn-erif}}\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@refused("layout-refused", 2, r"fatal: layout ‘\./my\.yaml’ cannot be used, mistakes: 2")
def all_mistakes_in_one_run(folder):
    folder.write("my.yaml", "base: base\npage: {margin-top: 9999mm, margin-bottom: red}\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@refused("layout-field", 2, r"^(\./)?my\.yaml:2:\d+: error: unknown field ‘\{pag\}’")
def unknown_field(folder):
    folder.write("my.yaml", "base: base\nfooter: {odd: {centre: \"{pag}\"}}\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@refused("layout-no-room", 2, r"error: the margins leave no room")
def no_room(folder):
    folder.write("my.yaml", "base: base\npage: {margin-inner: 150mm, margin-outer: 150mm}\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@refused("unknown-layout", 64, r"^paiban: fatal: no layout named ‘montly’.*\nhint: .*monthly")
def unknown_layout_by_option(folder):
    return issue(folder, GOOD) + ["--layout", "montly"]


@refused("unknown-layout", 2,
         r"^(\./)?series\.yaml:2:9: fatal: no layout named ‘weekly’.*(?:\n.*)*hint: .*base.*monthly")
def unknown_layout_by_series(folder):
    folder.write("series.yaml", "title: 月报\nlayout: weekly\n")
    return issue(folder, BODY)


@refused("layout-loop", 2, r"^(\./)?b\.yaml:1:\d+: fatal: layout inherits from itself")
def layout_loop(folder):
    folder.write("a.yaml", "base: ./b.yaml\n")
    folder.write("b.yaml", "base: ./a.yaml\n")
    return issue(folder, GOOD) + ["--layout", "./a.yaml"]


@refused("layout-loop", 2, r"fatal: layout inherits from itself")
def layout_of_itself(folder):
    folder.write("a.yaml", "base: ./a.yaml\n")
    return issue(folder, GOOD) + ["--layout", "./a.yaml"]


@refused("layout-depth", 2, r"fatal: more than \d+ layouts inherit from one another")
def layout_depth(folder):
    for i in range(200):
        folder.write("l%d.yaml" % i, "base: ./l%d.yaml\n" % (i + 1))
    folder.write("l200.yaml", "base: base\n")
    return issue(folder, GOOD) + ["--layout", "./l0.yaml"]


@refused("unknown-paper", 64, r"^paiban: fatal: no paper named ‘A44’")
def unknown_paper(folder):
    return issue(folder, GOOD) + ["--paper", "A44"]


# Refused: fonts and modules


@refused("font-role-empty", 2,
         r"fatal: no font is installed for the role ‘song’.*(?:\n.*)*hint: .*fonts-",
         PAIBAN_DATADIR="data")
def role_without_font(folder):
    data_copy(folder, song=["No Such Family", "Nor This One"])
    return issue(folder, GOOD.replace("title:", "cover: no\ntitle:"))


@refused("roles-invalid", 2, r"fatal: font roles cannot be read", PAIBAN_DATADIR="data")
def roles_invalid(folder):
    data_copy(folder)
    folder.write("data/fonts/roles.yaml", "- song\n- hei\n")
    return issue(folder, GOOD)


@refused("module-failed", 2, r"fatal: cannot open the module ‘.*’", PAIBAN_MODULEDIR="none")
def no_module(folder):
    return issue(folder, GOOD)[:-1] + ["out.svg"]


@refused("too-many-pages", 2, r"^paiban: fatal: the document has 4 pages; at most 3 are made")
def too_many_pages(folder):
    text = "# 标题\n\n正文。\n\n" + "<!-- pagebreak -->\n\n正文。\n\n" * 2
    return issue(folder, text) + ["--limit", "pages=3"]


# Refused: outputs


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘none/out\.pdf’: ")
def no_output_folder(folder):
    return issue(folder, GOOD)[:-1] + ["none/out.pdf"]


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘none/a\.pdf’: ")
def no_output_folder_slash(folder):
    return issue(folder, GOOD)[:-1] + ["none/"]


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘locked/out\.pdf’: Permission denied",
         unprivileged=True)
def read_only_folder(folder):
    folder.write("locked/out.pdf", OLD)
    (folder.path / "locked").chmod(0o555)
    return issue(folder, GOOD)[:-1] + ["locked/out.pdf"]


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘/proc/out\.pdf’: ")
def folder_that_takes_no_files(folder):
    return issue(folder, GOOD)[:-1] + ["/proc/out.pdf"]


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘/dev/full’: No space left on device")
def full_device(folder):
    return issue(folder, GOOD)[:-1] + ["/dev/full"]


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘out\.pdf’: File too large",
         file_limit=2000)
def full_disk(folder):
    return issue(folder, GOOD)


@refused("output-failed", 74, r"^paiban: fatal: cannot write ‘out\.svg’: File too large",
         file_limit=2000)
def full_disk_svg(folder):
    return issue(folder, GOOD)[:-1] + ["out.svg", "--pages", "1"]


@refused("output-is-input", 64, r"^paiban: fatal: the output would replace an input: ‘\./a\.md’")
def output_over_source(folder):
    return issue(folder, GOOD)[:-1] + ["./a.md"]


@refused("output-is-input", 64, r"^paiban: fatal: the output would replace an input: ‘link\.pdf’")
def output_over_source_by_link(folder):
    os.symlink("a.md", folder.path / "link.pdf")
    return issue(folder, GOOD)[:-1] + ["link.pdf"]


@refused("output-is-input", 64, r"^paiban: fatal: the output would replace an input: ‘series\.yaml’")
def output_over_series(folder):
    folder.write("series.yaml", "title: 月报\n")
    return issue(folder, BODY)[:-1] + ["series.yaml"]


# Refused: options


@refused("option", 64, r"^paiban: unknown option ‘--pgaes’\nhint: did you mean ‘--pages’\?")
def unknown_option(folder):
    return issue(folder, GOOD) + ["--pgaes", "1"]


@refused("option", 64, r"^paiban: this option needs a value: ‘--layout’")
def option_without_value(folder):
    return issue(folder, GOOD) + ["--layout"]


@refused("option", 64, r"^paiban: this option takes no value: ‘--strict=yes’")
def flag_with_value(folder):
    return issue(folder, GOOD) + ["--strict=yes"]


@refused("option", 64, r"^paiban: --format must be one of pdf\|png\|svg, not ‘doc’")
def wrong_format(folder):
    return issue(folder, GOOD) + ["--format", "doc"]


@refused("option", 64, r"^paiban: --dump must be one of tree\|.*, not ‘trees’")
def wrong_stage(folder):
    return issue(folder, GOOD) + ["--dump=trees"]


@refused("option", 64, r"^paiban: --dpi must be a number from 18 to 2400, not ‘0’")
def wrong_dpi(folder):
    return issue(folder, GOOD) + ["--dpi", "0"]


@refused("option", 64, r"^paiban: --dpi must be a number from 18 to 2400, not ‘1e9’")
def huge_dpi(folder):
    return issue(folder, GOOD) + ["--dpi", "1e9"]


@refused("option", 64, r"^paiban: --pages 999: ")
def page_out_of_range(folder):
    return issue(folder, GOOD) + ["--pages", "999"]


@refused("option", 64, r"^paiban: --pages 2-1: ")
def pages_backwards(folder):
    return issue(folder, GOOD) + ["--pages", "2-1"]


@refused("option", 64, r"^paiban: --pages 1-x: ")
def pages_no_number(folder):
    return issue(folder, GOOD) + ["--pages", "1-x"]


@refused("option", 64, r"^paiban: no issue given")
def no_issue(folder):
    return ["render", "-o", "out.pdf"]


@refused("option", 64, r"^paiban: with several issues -o must name an existing folder")
def several_into_a_file(folder):
    folder.write("b.md", GOOD)
    return issue(folder, GOOD) + ["b.md"]


@refused("option", 64, r"^paiban: ‘x/a\.md’ and ‘y/a\.md’ would both go to ‘to/a\.pdf’")
def two_issues_one_target(folder):
    folder.write("x/a.md", GOOD)
    folder.write("y/a.md", GOOD)
    (folder.path / "to").mkdir()
    return ["render", "x/a.md", "y/a.md", "-o", "to"]


@refused("option", 64, r"^paiban: an issue from standard input needs -o FILE")
def standard_input_without_output(folder):
    return ["render", "-"]


@refused("option", 64, r"^paiban: no command named ‘rendr’\nhint: did you mean ‘render’\?")
def unknown_command(folder):
    return ["rendr", "a.md"]


# Told: the PDF appears


@told("control-character", r"^a\.md:3:2: warning: control character U\+0007")
def control_character(folder):
    return issue(folder, "# 标题\n\n前\a后\n")


@told("unknown-key", r"^a\.md:2:1: warning: unknown key ‘titel’.*(?:\n.*)*hint: .*‘title’")
def unknown_key_in_head(folder):
    return issue(folder, "---\ntitel: 月报\n---\n\n" + BODY)


@told("unknown-key", r"^(\./)?my\.yaml:2:\d+: warning: unknown key ‘.*margin-tpo’.*(?:\n.*)*hint: .*margin-top")
def unknown_key_in_layout(folder):
    folder.write("my.yaml", "base: base\npage: {margin-tpo: 10mm}\n")
    return issue(folder, GOOD) + ["--layout", "./my.yaml"]


@told("yaml-duplicate", r"^a\.md:3:1: error: key ‘title’ is given twice")
def key_twice(folder):
    return issue(folder, "---\ntitle: 月报\ntitle: 周报\n---\n\n" + BODY)


@told("foreign-layout", r"^a\.md:2:9: warning: no layout named ‘default’; ‘base’ is used")
def foreign_layout(folder):
    return issue(folder, "---\nlayout: default\ntitle: 月报\n---\n\n" + BODY)


@told("highlight-mark", r"^a\.md:1:3: warning: highlight mark before a heading that is no item")
def highlight_without_items(folder):
    return issue(folder, "# ✓ 地方动态\n\n## 上海：试点\n\n正文。\n\n# 第二节\n\n正文。\n")


@told("missing-glyph", r"^a\.md:3:2: error: no font has the character ‘.*’ \(U\+12480\)")
def missing_glyph(folder):
    return issue(folder, "# 标题\n\n字\U00012480字\n")


@told("font-substituted", r"note: ‘.*’ stands in for the role ‘hei’", strict=0,
      PAIBAN_DATADIR="data")
def substituted_font(folder):
    data_copy(folder, hei=["No Such Family"])
    return issue(folder, GOOD)


@told("font-too-large",
      r"^paiban: note: the font file ‘.*SerifCJK-Bold.*’ is larger than 26 MiB; it is not used",
      strict=0)
def font_too_large(folder):
    return issue(folder, GOOD) + ["--limit", "font=26"]


@told("head-date", r"^a\.md:2:7: error: not a date: ‘2021-13’")
def wrong_date(folder):
    return issue(folder, "---\ndate: 2021-13\n---\n\n" + BODY)


@told("source-date", r"^paiban: warning: SOURCE_DATE_EPOCH is not a number of seconds: ‘yesterday’",
      SOURCE_DATE_EPOCH="yesterday")
def wrong_epoch(folder):
    return issue(folder, GOOD)


@told("no-body", r"^a\.md:\d+:\d+: warning: nothing follows the head")
def no_body(folder):
    return issue(folder, HEAD)


@told("raw-html", r"^a\.md:3:1: warning: raw HTML ‘<center>’ is shown as text")
def raw_html(folder):
    return issue(folder, "# 标题\n\n<center>正文</center>\n")


@told("running-too-wide", r"warning: header or footer is wider than the type area: ‘月报")
def running_too_wide(folder):
    folder.write("my.yaml", "base: base\nheader: {odd: {centre: \"{title}\"}}\n")
    return issue(folder, "---\ntitle: %s\n---\n\n" % ("月报" * 50) + BODY * 20) + ["--layout", "./my.yaml"]


@told("kept-split", r"^a\.md:3:1: warning: what is kept together is taller than a page")
def kept_split(folder):
    folder.write("my.yaml", "base: base\nstyles: {body: {keep-together: true}}\n")
    return issue(folder, "# 标题\n\n" + "正文很长。" * 1000 + "\n") + ["--layout", "./my.yaml"]


@told("taller-than-page", r"^a\.md:1:\d+: error: taller than the page: 190 pt of 160 pt")
def taller_than_page(folder):
    folder.write("my.yaml", "page: {height: 180pt, margin-top: 10pt, margin-bottom: 10pt}\n"
                 "styles: {section: {line-pitch: 190pt}}\n")
    return issue(folder, "# 标题\n\n正文。\n") + ["--layout", "./my.yaml"]


# One text each: the issue, and what is said about it.
TEXTS = [
    ("head-unclosed", "---\ntitle: 月报\n\n# 标题\n\n正文。\n", r"^a\.md:1:1: warning: the head has no"),
    ("head-outside", "Title: 月报\n\n# 标题\n\n正文。\n", r"^a\.md:1:1: note: ‘Title’ looks like"),
    ("head-shape", "---\n- 月报\n---\n\n# 标题\n", r"^a\.md:2:1: error: the head is not a list of keys"),
    ("head-type", "---\ntitle: [月报]\n---\n\n正文。\n", r"^a\.md:2:8: error: ‘title’ must be "),
    ("unknown-language", "---\nlang: tlh\n---\n\n正文。\n", r"^a\.md:2:7: warning: unknown language ‘tlh’"),
    ("control-characters", "正" + "\a" * 200 + "文。\n", r"warning: \d+ more control characters"),
    ("tag-unpaired", "水<sub>2的分子。\n", r"^a\.md:1:2: warning: ‘<sub>’ has no partner"),
    ("comment-unclosed", "正文。\n\n<!-- 注\n\n正文。\n", r"^a\.md:3:1: warning: comment without"),
    ("unknown-directive", "<!-- paiban: of x -->\n\n正文。\n", r"^a\.md:1:\d+: warning: unknown instruction"),
    ("unknown-attribute", "[字]{colour=red}\n", r"^a\.md:1:\d+: warning: unknown attribute ‘colour’"),
    ("attribute-value", "[字]{even=x}\n", r"^a\.md:1:\d+: warning: attribute ‘even’ must be "),
    ("duplicate-id", "# 一 {#a}\n\n# 二 {#a}\n", r"^a\.md:3:\d+: warning: identifier ‘a’ is given twice"),
    ("unknown-id", "[字](#nichts)\n", r"^a\.md:1:\d+: warning: nothing has the identifier ‘nichts’"),
    ("empty-target", "[字]()\n", r"^a\.md:1:\d+: warning: link or image without an address"),
    ("footnote-without-text", "字[^a]。\n", r"^a\.md:1:\d+: warning: footnote mark ‘\[\^a\]’ has no text"),
    ("footnote-without-mark", "字。\n\n[^a]: 注。\n", r"^a\.md:3:\d+: warning: footnote text ‘\[\^a\]’ has no"),
    ("footnote-twice", "字[^a]。\n\n[^a]: 注。\n\n[^a]: 又注。\n", r"^a\.md:5:\d+: warning: footnote text"),
    ("nesting", ">" * 60 + " 字。\n", r"^a\.md:1:\d+: warning: lists and quotes nest deeper than 32"),
    ("inline-nesting", "*a _b " * 60 + "c" + "_ d*" * 60 + "\n", r"^a\.md:1:\d+: warning: emphasis and links"),
    ("link-scheme", "[字](javascript:alert)\n", r"warning: link with a scheme other than"),
    ("link-name", "字[字](http://a..b/)。\n", r"^a\.md:1:2: warning: link whose host is no"),
    ("table-size", "|甲" * 201 + "|\n" + "|-" * 201 + "|\n", r"^a\.md:2:1: warning: a table of more than"),
    ("loose-line", "甲乙丙丁[" + "戊" * 10 + "]{even=33}己。\n",
     r"^a\.md:1:\d+: note: a line is spread by \d"),
    ("overfull-line", "|甲" * 200 + "|\n" + "|-" * 200 + "|\n",
     r"^a\.md:1:2: warning: a line sticks out of the measure by \d+(\.\d+)? pt"),
    ("table-columns", "|甲" * 40 + "|\n" + "|-" * 40 + "|\n" + "|一" * 40 + "|\n",
     r"^a\.md:1:1: warning: table of 40 columns: its text is set at"),
    ("highlight-unknown", "---\nhighlights: [无]\n---\n\n# 一\n\n## 二\n\n文。\n",
     r"^a\.md:2:\d+: warning: no item has the title ‘无’"),
    ("kangxi-radical", "字⼈字。\n", r"^a\.md:1:2: warning: ‘⼈’ \(U\+2F08\) is a radical sign"),
    ("compatibility-han", "字\uf900字。\n", r"^a\.md:1:2: warning: ‘.’ \(U\+F900\) is a compatibility form"),
    ("private-use", "字\ue000字。\n", r"^a\.md:1:2: warning: private-use character U\+E000"),
    ("unassigned", "字\U0003fff0字。\n", r"^a\.md:1:2: warning: unassigned code point U\+3FFF0"),
    ("right-to-left", "字שלום字。\n", r"^a\.md:1:2: warning: right-to-left text"),
    ("unbreakable-run", "`" + "x" * 400 + "`\n", r"^a\.md:1:\d+: warning: no break is allowed in"),
]


def add_text(name, text, place):
    def function(folder):
        return issue(folder, text)
    function.__name__ = "text_" + name.replace("-", "_")
    level = 0 if " note: " in place else 1
    told(name, place, strict=level)(function)


for entry in TEXTS:
    add_text(*entry)


# Running a case


def limit_files(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def become_nobody():
    """In the child: root may read and write everything, so run as somebody else."""
    os.setgid(65534)
    os.setuid(65534)


def share(folder):
    """Let another user work in the folder."""
    os.chmod(folder.path, 0o777)


def run_case(folder, arguments, options):
    preexec = None
    changes = {k: v for k, v in options.items() if k.isupper()}
    if options.get("unprivileged") and os.geteuid() == 0:
        share(folder)
        preexec = become_nobody
    if "file_limit" in options:
        preexec = lambda: limit_files(options["file_limit"])
    return folder.run(*arguments, preexec=preexec, stdin=GOOD.encode(), **changes)


def is_reachable_by_nobody():
    """A checkout below /root cannot be run by another user."""
    path = os.path.abspath(program.PROGRAM)
    while path != "/":
        if not os.stat(path).st_mode & stat.S_IXOTH:
            return False
        path = os.path.dirname(path)
    return True


def old_outputs(folder):
    """Give every name an output may have old bytes."""
    for name in ("out.pdf", "out.svg", "a.pdf", "to/a.pdf"):
        if (folder.path / name).parent.is_dir():
            folder.write(name, OLD)


def state(folder):
    return {name: (folder.path / name).read_bytes() for name in folder.names()
            if (folder.path / name).is_file() and os.access(folder.path / name, os.R_OK)}


def check_refused(tests, title, folder, result, status, place, before):
    tests.check(title + ": exit status %d" % status, result.status == status,
                "status %d\n%s" % (result.status, result.errors))
    tests.check(title + ": says what and where", re.search(place, result.errors, re.M),
                "wanted %s\n%s" % (place, result.errors))
    tests.check(title + ": the old files are untouched", state(folder) == before,
                [n for n, b in state(folder).items() if before.get(n) != b])
    tests.check(title + ": no temporary is left", not folder.temporaries(), folder.temporaries())


def check_told(tests, title, folder, result, place, arguments, options):
    output = folder.path / "out.pdf"
    tests.check(title + ": exit status 0", result.status == 0,
                "status %d\n%s" % (result.status, result.errors))
    tests.check(title + ": says what and where", re.search(place, result.errors, re.M),
                "wanted %s\n%s" % (place, result.errors))
    tests.check(title + ": the PDF appears",
                output.exists() and output.read_bytes().startswith(b"%PDF-1"))
    wanted = options.get("strict", 1)
    strict = run_case(folder, arguments + ["--strict"], options)
    tests.check(title + ": exit status %d with --strict" % wanted, strict.status == wanted,
                "status %d\n%s" % (strict.status, strict.errors))


def run_and_check(tests, case):
    kind, name, status, place, function, options = case
    title = "%s [%s]" % (function.__name__.replace("_", " "), name)
    if options.get("unprivileged") and os.geteuid() == 0 and not is_reachable_by_nobody():
        tests.skip(title, "root may read and write everything, and others cannot reach the program")
        return
    with program.Folder() as folder:
        arguments = function(folder)
        if kind == "refused":
            old_outputs(folder)
        before = state(folder)
        result = run_case(folder, arguments, options)
        if kind == "refused":
            check_refused(tests, title, folder, result, status, place, before)
        else:
            check_told(tests, title, folder, result, place, arguments, options)


def main():
    tests = program.Tests()
    for case in cases:
        if len(sys.argv) < 2 or case[4].__name__ in sys.argv[1:]:
            run_and_check(tests, case)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
