#!/usr/bin/env python3
"""Check the generator of tests/corpus: the same bytes again, lengths, Han, clean text (TAP).

The rules of clean text here are few and independent of paiban's own checker; each is also
tried on a text that breaks it.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "corpus"))

import generate  # noqa: E402
import program  # noqa: E402

GENERATOR = program.ROOT / "tests" / "corpus" / "generate.py"
ISSUES = 400
DISTINCT_HAN = 2500
IMAGE_LIMIT = 50_000  # bytes
COPIED = 12           # as many characters in a row as a sample has are not chance
HAN = "\u3400-\u9fff"

ELEMENTS = {
    "bullet list": r"^[-*+] \S", "ordered list": r"^1\. \S", "list of depth 5": r"^ {8,15}(-|1\.) \S",
    "table": r"^\| :?---:? \|", "right-aligned column": r"---: \|", "caption": r"^表：\S", "footnote mark": r"\S\[\^注?\S+\][。.]",
    "footnote": r"^\[\^\S+\]: \S", "quote": r"^> \S", "commentary": r"^> (编者按|编者荐语|点评)：",
    "fenced code": r"^```+python$", "tilde fence": r"^~~~", "image": r"!\[[^\]]+\]\(images/[^)]+\)",
    "image with caption": r"!\[[^\]]+\]\([^)]+ \"[^\"]+\"\)", "image with width": r"\)\{width=60%\}",
    "images side by side": r"\} !\[", "encoded path": r"\(images/%E5%9B%BE%20", "path in angles": r"\(<images/图 ",
    "ruby": r"<ruby>\w+<rt>", "sub": r"<sub>", "sup": r"<sup>", "u": r"<u>", "br": r"<br>", "hard break": r"\\$",
    "strong": r"\*\*\w+\*\*", "emphasis": r"[^*]\*\w+\*[^*]", "closing behind a mark": r"。\*\*\w",
    "strikethrough": r"~~\w+~~", "code": r"`[^`]+`", "link": r"\]\(https://", "link with title": r"\]\(<\S+> \"",
    "entity": r"&amp;", "escape": r"C\\#", "dots": r"\]\{\.dots\}", "proper name": r"\]\{\.name\}",
    "book": r"\]\{\.book\}", "even": r"\]\{even=4\}", "language": r"\]\{lang=en\}", "id": r"\{#item-\d+\}$",
    "cross reference": r"\[[^\]]*\{page\}[^\]]*\]\(#item", "page break": r"^<!-- pagebreak -->$",
    "comment": r"^<!-- 图片", "rule": r"^(---|\*\*\*|\* \* \*)$", "H3": r"^### ", "H6": r"^###### ",
    "highlight": r"^## ✓ ", "source line": r"^链接：https", "bare source": r"^https://\S+$",
    "long URL": r"https://\S{400}", "note mark": r"①", "square metre": r"m²", "file path": r"/etc/\w",
    "e-mail": r"\w@example\.", "CVE": r"CVE-\d{4}-\d{4,}", "nested quotes": r"“[^”]*‘[^”]*’[^”]*”",
    "nested titles": r"《[^》]*〈", "dash": r"——", "ellipsis": r"……", "range": r"\d～\d", "？！": r"？！",
    "Traditional quotes": r"「[^」]*『", "kana": r"チューリップ", "English": r"state-of-the-art",
    "soft line end": rf"[{HAN}]\r?\n[{HAN}]", "typed space": rf"[{HAN}] \w+ [{HAN}]",
    "contacts": r"^contacts:$", "people": r"^people:$", "distribution": r"^distribution: ", "period": r"^period: ",
}

# What a text, freed of code, tags, attributes and addresses, must not have.
UNCLEAN = {
    "half-width mark behind Han": (rf"[{HAN}][,;:?!]", "试点,成功"),
    "half-width full stop": (rf"[{HAN}]\.(?!\w)", "试点成功."),
    "half-width bracket": (rf"[{HAN}]\(|\)[{HAN}]", "试点(一期)成功"),
    "ASCII quote": (rf"[{HAN}]\"|\"[{HAN}]", "“试点\"成功"),
    "doubled mark": (r"[，。、；：]{2}", "成功。。"),
    "doubled Han": (rf"([{HAN}])\1", "在在试点"),
    "space between Han": (rf"[{HAN}] +[{HAN}]", "试 点"),
    "space before a mark": (r"[ \t][，。；：？！”）》]", "试点 ，成功"),
    "single dash": (r"(?<!—)—(?!—)", "试点—成功"),
    "single ellipsis": (r"(?<!…)…(?!…)", "试点…成功"),
    "house style": (r"帐|其它|[＋％＆]", "帐户"),
    "space at a line's end": (r"[ \t]\r?$", "试点 "),
    "address against Han": (rf"[{HAN}]https?:", "见https://example.org"),
    "control character": (r"[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\ufeff\u00a0]", "试\x08点"),
}
PAIRS = ["“”", "‘’", "（）", "《》", "〈〉", "「」", "『』", "〔〕"]


def body(text):
    return text.lstrip("\ufeff").replace("\r\n", "\n").split("\n---\n", 1)[1]


def prose(text):
    """Without fenced code, code, tags, comments, attributes and link targets."""
    text = re.sub(r"^(```+|~~~+)[^`~\n]*\n.*?^\1$", "", text, flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`|<!--.*?-->|\]\((<[^>]*>|[^ )]*)( \"[^\"]*\")?\)|\{[^}\n]*\}", "·", text)
    text = re.sub(r"<rt>.*?</rt>|</?\w+>", "", text)
    text = re.sub(r"^\|.*\|$|^>\s?|^\* \* \*$", "", text, flags=re.M)
    return re.sub(r"[*~]|(?<=[^\n])\[\^[^\]]+\]", "", text)


def faults(language, text):
    found = [f"{name}: …{text[max(0, m.start() - 12):m.end() + 12]!r}" for name, (pattern, _) in UNCLEAN.items()
             for m in re.finditer(pattern, text, re.M)
             if not (language == "en" and name in ("single dash", "single ellipsis"))]
    for left, right in PAIRS:
        if right == "’" and language == "en":
            continue  # it is also the apostrophe
        for paragraph in text.split("\n\n"):
            if paragraph.count(left) != paragraph.count(right):
                found.append(f"unbalanced {left}{right}: {paragraph[:60]!r}")
    return found


def runs(text, length):
    text = re.sub(rf"[^{HAN}，。、；：“”《》（）]", "", text)
    return {text[i:i + length] for i in range(len(text) - length + 1)}


def generated(arguments):
    """[(Issue, bytes)] of the options, in this process."""
    options = generate.parse(arguments + ["--stats"])
    return [(issue, issue.bytes()) for _, issue in generate.issues(options)]


def tree(arguments, **environment):
    """{path: bytes} that the generator writes in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(GENERATOR), *arguments, "-o", folder], check=True,
                       env={**os.environ, **environment}, cwd=folder)
        return {str(path.relative_to(folder)): path.read_bytes()
                for path in pathlib.Path(folder).rglob("*") if path.is_file()}


def determinism(tests):
    options = ["--seed", "7", "--count", "10"]
    one = tree(options, PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    two = tree(options, PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Shanghai")
    tests.check("the same seed gives the same bytes", one == two)
    tests.check("another seed gives others", one != tree(["--seed", "8", "--count", "10"]))
    longer = tree(["--seed", "7", "--count", "12"])
    tests.check("more issues begin with the same", all(longer[name] == one[name] for name in one))


def figures(tests, corpus):
    distinct = set(re.findall(f"[{HAN}]", "".join(body(data.decode()) for _, data in corpus)))
    tests.check(f"at least {DISTINCT_HAN} distinct Han", len(distinct) >= DISTINCT_HAN, len(distinct))
    for language, (low, high) in {"zh-Hans": (5000, 7000), "zh-Hant": (5000, 7000), "ja": (5000, 7000),
                                  "en": (2800, 4400)}.items():
        lengths = [generate.count(language, body(data.decode())) for issue, data in corpus
                   if issue.language == language]
        tests.check(f"{language}: each of {low} to {high}",
                    lengths and low <= min(lengths) and max(lengths) <= high, (min(lengths), max(lengths)))
    images = [image for issue, _ in corpus for image in issue.images.values()]
    tests.check("images are PNG under 50 kB", images and all(
        image.startswith(b"\x89PNG") and len(image) < IMAGE_LIMIT for image in images))


def elements(tests, corpus, paragraphs):
    text = "\n".join(data.decode() for _, data in corpus)
    missing = [name for name, pattern in ELEMENTS.items() if not re.search(pattern, text, re.M)]
    tests.check("every element occurs", not missing, missing)
    tests.check("byte-order marks and CRLF in some", any(d.startswith(b"\xef\xbb\xbf") for _, d in corpus)
                and any(b"\r\n" in d for _, d in corpus) and any(b"\r\n" not in d for _, d in corpus))
    text = "\n".join(data.decode() for _, data in paragraphs)
    blocks = [name for name in ["bullet list", "table", "footnote", "quote", "fenced code", "image", "H3"]
              if re.search(ELEMENTS[name], text, re.M)]
    tests.check("--elements paragraphs has no other block", not blocks, blocks)


def clean(tests, corpus):
    found = [fault for issue, data in corpus
             for fault in faults(issue.language, prose(body(data.decode())))]
    tests.check("the text is clean", not found, "\n".join(found))
    silent = [name for name, (_, bad) in UNCLEAN.items() if not faults("zh-Hans", bad)]
    tests.check("each rule finds its fault", not silent, silent)
    tests.check("unbalanced pairs are found", faults("zh-Hans", "（试点"))


def copied(tests, corpus):
    samples = "".join(path.read_text() for path in (program.ROOT / "samples").glob("*.md"))
    known = runs(samples, COPIED)
    tests.check("nothing is copied from the samples",
                known and not known & runs("".join(data.decode() for _, data in corpus), COPIED))
    tests.check("a copy would be found", known & runs("前言" + samples[400:800], COPIED))


def main():
    tests = program.Tests()
    corpus = generated(["--seed", "3", "--count", str(ISSUES)])
    paragraphs = generated(["--seed", "3", "--count", "20", "--elements", "paragraphs"])
    determinism(tests)
    figures(tests, corpus)
    elements(tests, corpus, paragraphs)
    clean(tests, corpus[:100] + paragraphs)
    copied(tests, corpus)
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
