#!/usr/bin/env python3
"""Check who includes whom, which libraries stay in which layer, and who prints (TAP).

usage: layers.py [PROJECT-ROOT]

The table is that of docs/ARCHITECTURE.md: "A: B, C" means that layer A may include B and C,
and what those may include. Rules are functions from (path, text) to sentences about what is
wrong; each is also tried on made-up files, so that a rule that finds nothing is noticed.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)

USES = {
    "base": [],
    "content": ["base"],
    "layout": ["base"],
    "font": ["base"],
    "text": ["font"],
    "para": ["text", "layout"],
    "image": ["base"],
    "page": ["font", "image"],
    "flow": ["content", "para", "page"],
    "out": ["page"],
    "check": ["content", "flow"],
    "import": ["content"],
    "job": ["flow", "out", "check", "import"],
    "cmd": ["job"],
    "main": ["cmd"],
    "heap": ["base"],
}

# A library's headers → where they may be included: folders below render/, or single files.
LIBRARIES = {
    "HarfBuzz": (r"hb(-[a-z]+)?\.h", ["font/", "text/"]),
    "Pango": (r"(pango/.*|glib.*|fribidi.*)\.h", ["font/", "text/"]),
    "fontconfig": (r"fontconfig/.*\.h", ["font/"]),
    "FreeType": (r"(ft2build|freetype.*)\.h", ["font/"]),
    "cairo": (r"cairo(-pdf|-svg|-ft)?\.h", ["out/cairo", "out/canvas"]),
    "cmark": (r".*cmark.*\.h", ["content/"]),
    "libyaml": (r"yaml\.h", ["base/yaml.c"]),
    "json-c": (r"(json|json-c/.*)\.h", ["job/", "check/"]),
    "gettext": (r"libintl\.h", ["base/i18n.h", "main.c"]),
    "image readers": (r"(png|jpeglib|turbojpeg|librsvg/.*)\.h", ["image/", "out/cairo"]),
    "libqpdf": (r"qpdf/.*", ["out/", "import/tagged_"]),
    "poppler": (r"poppler.*", ["import/"]),
}

PRINTING = re.compile(r"\b(printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|fputc|putc|perror"
                      r"|fwrite|stdout|stderr)\b")
MAY_PRINT = ["cmd/", "base/memory."]  # program_stop() is the program's own end
TOOL = re.compile(r".*_main\.c")       # a program of its own, run while building
GENERATED = ["paiban_config.h"]


def closure(layer):
    """The layer and all that it may include."""
    reached = {layer}
    for used in USES[layer]:
        reached |= closure(used)
    return reached


def layer_of(path):
    """"para" for "para/break.c", "main" for "main.c"."""
    return path.split("/")[0].removesuffix(".c")


def includes(text):
    """(delimiter, name) of each #include."""
    return re.findall(r'^[ \t]*#[ \t]*include[ \t]+(["<])([^">]+)[">]', text, re.M)


def within(path, places):
    return any(path.startswith(place) for place in places)


def wrong_layers(path, text):
    """Own headers by their path from render/, from layers below only."""
    wrong = []
    for delimiter, name in includes(text):
        if delimiter == "<" or name in GENERATED:
            continue
        folder = name.split("/")[0]
        if "/" not in name or folder not in USES:
            wrong.append(f"{path}: “{name}” is not a path from render/")
        elif folder not in closure(layer_of(path)):
            wrong.append(f"{path}: {layer_of(path)} may not include {name}")
    return wrong


def wrong_libraries(path, text):
    wrong = []
    for delimiter, name in includes(text):
        for library, (pattern, places) in LIBRARIES.items():
            if delimiter == "<" and re.fullmatch(pattern, name) and not within(path, places):
                wrong.append(f"{path}: {library} ({name}) belongs to {', '.join(places)}")
    return wrong


def without_comments(text):
    """C without comments and the content of strings."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
    return re.sub(pattern, lambda m: '""' if m[0].startswith('"') else " ", text, flags=re.S)


def wrong_printing(path, text):
    if within(path, MAY_PRINT) or TOOL.fullmatch(path):
        return []
    found = sorted(set(PRINTING.findall(without_comments(text))))
    return [f"{path}: {name} below cmd/" for name in found]


def wrong_links(path, text):
    """The libraries that a layer's meson.build links to."""
    layer = layer_of(path)
    code = re.sub(r"#.*", "", text)
    named = set(re.findall(r"\b([a-z]+)_(?:dep|lib)\b", code)) & set(USES)
    return [f"{path}: {layer} may not link to {name}" for name in sorted(named - closure(layer))]


def wrong_opening(path, text):
    """Every file opens with a comment that says what it does."""
    return [] if text.startswith("/* ") else [f"{path}: does not open with a comment"]


TRIALS = [
    (wrong_layers, "out/dump.c", '#include "flow/flow.h"\n', 1),
    (wrong_layers, "out/dump.c", '# include "content/tree.h"\n#include "para/line.h"\n', 2),
    (wrong_layers, "text/run.c", '#include "layout/layout.h"\n', 1),
    (wrong_layers, "para/break.c", '#include "flow/flow.h"\n', 1),
    (wrong_layers, "base/str.c", '#include "utf8.h"\n', 1),
    (wrong_layers, "base/str.c", '#include "../font/face.h"\n', 1),
    (wrong_layers, "para/break.c", '#include "font/face.h"\n#include "base/str.h"\n', 0),
    (wrong_layers, "main.c", '#include "cmd/command.h"\n#include <stdio.h>\n', 0),
    (wrong_libraries, "para/space.c", "#include <hb.h>\n", 1),
    (wrong_libraries, "page/draw.c", "#include <pango/pango-break.h>\n", 1),
    (wrong_libraries, "text/shape.c", "#include <fontconfig/fontconfig.h>\n", 1),
    (wrong_libraries, "out/dump.c", "#include <cairo.h>\n", 1),
    (wrong_libraries, "out/cairo.c", "#include <ft2build.h>\n", 1),
    (wrong_libraries, "flow/flow.c", "#include <cmark-gfm.h>\n", 1),
    (wrong_libraries, "layout/read.c", "#include <yaml.h>\n", 1),
    (wrong_libraries, "out/cairo.c", "#include <cairo-ft.h>\n", 0),
    (wrong_libraries, "out/pdf/font.c", "#include <hb-subset.h>\n", 1),
    (wrong_libraries, "out/pdf/font.c", "#include <hb.h>\n", 1),
    (wrong_libraries, "text/shape.c", "#include <hb-ot.h>\n#include <pango/pango.h>\n", 0),
    (wrong_printing, "flow/flow.c", 'fprintf(stderr, "x");\n', 2),
    (wrong_printing, "flow/flow.c", '/* puts */ str_append(s, "printf", 6);\n', 0),
    (wrong_printing, "cmd/help.c", 'puts("x");\n', 0),
    (wrong_links, "out/meson.build", "dependencies: [page_dep, flow_dep]\n", 1),
    (wrong_links, "out/meson.build", "dependencies: [page_dep, base_dep] # flow_dep\n", 0),
    (wrong_opening, "flow/flow.c", '#include "base/str.h"\n', 1),
    (wrong_opening, "flow/flow.c", "/* flow: … */\n", 0),
]


def sources():
    """(path below render/, text) of all C files."""
    for path in sorted((ROOT / "render").rglob("*.[ch]")):
        yield path.relative_to(ROOT / "render").as_posix(), path.read_text(encoding="utf-8")


def results():
    """(name, sentences about what is wrong) of each test."""
    for rule, path, text, count in TRIALS:
        found = rule(path, text)
        said = [] if len(found) == count else [f"{len(found)} findings, not {count}: {found}"]
        yield f"trial: {rule.__name__} on {path}: {text.splitlines()[0]}", said
    files = list(sources())
    for layer in USES:
        own = [file for file in files if layer_of(file[0]) == layer]
        if own:
            found = [w for path, text in own for w in wrong_layers(path, text)]
            yield f"{layer} includes only what it may", found
    unknown = sorted({layer_of(path) for path, _ in files} - set(USES))
    yield "each folder is a layer", [f"{name} is in no table" for name in unknown]
    for name, rule in [("libraries stay in their layers", wrong_libraries),
                       ("only cmd/ prints", wrong_printing),
                       ("each file says what it does", wrong_opening)]:
        yield name, [w for path, text in files for w in rule(path, text)]
    builds = sorted((ROOT / "render").glob("*/meson.build"))
    yield "layers link only to what they may include", [
        w for path in builds
        for w in wrong_links(path.relative_to(ROOT / "render").as_posix(),
                             path.read_text(encoding="utf-8"))]


def main():
    failed = 0
    number = 0
    for number, (name, wrong) in enumerate(results(), 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {name.replace('#', '')}")
        for sentence in wrong:
            print(f"# {sentence}")
        failed += bool(wrong)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
