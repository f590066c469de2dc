"""peers: the programs that paiban is compared with, and how each is called.

A peer has `missing()`, the reason why it cannot run here or None; `write()`, which writes an issue
in its own form beside the PDF to come; and `command()`, which renders that in a process of its own.
"""
import os
import pathlib
import shutil

import typst_source
import web_source

HERE = pathlib.Path(__file__).resolve().parent
TYPST = "@myriaddreamin/typst-ts-node-compiler"


class Peer:
    """A program found by its command."""
    suffix = ".html"
    convert = staticmethod(web_source.to_html)
    runs = 3  # of a cold render; the fast ones get more

    def __init__(self, name, program):
        self.name, self.program = name, program

    def missing(self):
        return None if shutil.which(self.program) else "%s is not installed" % self.program

    def write(self, folder, stem, markdown, title=""):
        path = pathlib.Path(folder) / (stem + self.suffix)
        path.write_text(self.convert(markdown, title), encoding="utf-8")
        return path

    def pdf(self, source):
        return source.with_name(source.stem + "-" + self.name.split()[0].lower() + ".pdf")

    def command(self, source):
        raise NotImplementedError


class Typst(Peer):
    suffix = ".typ"
    convert = staticmethod(typst_source.convert)
    runs = 9

    def __init__(self):
        super().__init__("Typst", "node")

    def missing(self):
        modules = pathlib.Path(os.environ.get("TYPST_MODULES", os.getcwd())) / "node_modules"
        if not shutil.which("node"):
            return "node is not installed"
        if not (modules / TYPST).exists():
            return "no %s in $TYPST_MODULES: npm install %s" % (modules / TYPST, TYPST)
        return None

    def command(self, source):
        return ["node", str(HERE / "typst.mjs"), "once", str(source), str(self.pdf(source))]


class PangoView(Peer):
    """One endless page of plain text: no headings, links, pages or tags."""
    suffix = ".txt"
    convert = staticmethod(web_source.to_text)
    runs = 9

    def __init__(self):
        super().__init__("pango-view", "pango-view")

    def command(self, source):
        return ["pango-view", "--no-display", "--language=zh-cn", "--font=Noto Serif CJK SC 12",
                "--width=434", "--wrap=word-char", "--justify",
                "--output=%s" % self.pdf(source), str(source)]


class WeasyPrint(Peer):
    def __init__(self):
        super().__init__("WeasyPrint", "weasyprint")

    def command(self, source):
        return ["weasyprint", "-q", str(source), str(self.pdf(source))]


class XeLatex(Peer):
    """One run: the table of contents is the one of the run before, or empty."""
    suffix = ".tex"
    convert = staticmethod(web_source.to_tex)

    def __init__(self):
        super().__init__("XeLaTeX", "xelatex")

    def command(self, source):
        return ["xelatex", "-interaction=batchmode", "-output-directory", str(source.parent),
                "-jobname", self.pdf(source).stem, str(source)]


class Chromium(Peer):
    def __init__(self):
        super().__init__("Chromium", "chromium")

    def command(self, source):
        pdf = self.pdf(source)
        return ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                "--no-pdf-header-footer", "--user-data-dir=%s" % pdf.with_suffix(".profile"),
                "--print-to-pdf=%s" % pdf, str(source)]


class LibreOffice(Peer):
    def __init__(self):
        super().__init__("LibreOffice", "soffice")

    def pdf(self, source):
        return source.parent / "libreoffice" / (source.stem + ".pdf")

    def command(self, source):
        folder = self.pdf(source).parent
        return ["soffice", "--headless",
                "-env:UserInstallation=file://%s/profile-%s" % (folder, source.stem),
                "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export",
                "--outdir", str(folder), str(source)]


ALL = (Typst(), PangoView(), WeasyPrint(), XeLatex(), Chromium(), LibreOffice())
