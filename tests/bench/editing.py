"""editing: what one edit costs a program that stays: save to new PDF, in CPU seconds."""
import json
import os
import queue
import subprocess
import threading

import measure
import peers
import typst_source

LIMIT = 60     # seconds to wait for a render
KNOWN = "发展"  # its characters are in the sample
NEW = "鸂鶒犇骉麤鱻羴猋灥掱"  # none of these is; one more for each edit


def places(text):
    """Offsets inside the text of the first, the middle and the last long paragraph."""
    found = [i for i, line in enumerate(text.split("\n")) if len(line) > 100]
    starts = [sum(len(line) + 1 for line in text.split("\n")[:i]) for i in found]
    return [starts[0] + 40, starts[len(starts) // 2] + 40, starts[-1] + 40]


def edits(text):
    """(name, text) of each edit, with characters that are there and with a new one."""
    new = iter(NEW)
    result = []
    for kind in ("known", "new"):
        for place in places(text):
            words = KNOWN if kind == "known" else next(new)
            end = text.index("\n", place)
            result.append((kind, text[:place] + words + text[place:]))
            result.append((kind, text[:end] + (words if kind == "known" else next(new)) +
                           text[end:]))
            if kind == "known":
                result.append((kind, text[:place] + text[place + 2:]))
    return result


class Watch:
    """paiban watch, with what it prints as it comes."""

    def __init__(self, paiban, source, pdf):
        self.lines = queue.Queue()
        self.process = subprocess.Popen([str(paiban), "watch", str(source), "-o", str(pdf)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        env=measure.environment())
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def __enter__(self):
        self.lines.get(timeout=LIMIT)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def save(path, text):
    """By rename, as editors do: a watch never meets half of a file."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


def of_paiban(paiban, folder, sample, title):
    text = "---\ntitle: %s\nlayout: monthly\n" % title + sample.read_text(
        encoding="utf-8").split("\n", 1)[1]
    source = folder / "edit.md"
    source.write_text(text, encoding="utf-8")
    costs = {"known": [], "new": []}
    with Watch(paiban, source, folder / "edit.pdf") as watch:
        for kind, changed in edits(text):
            for new_text in (changed, text):
                before = measure.cpu_of_process(watch.process.pid)
                save(source, new_text)
                watch.lines.get(timeout=LIMIT)
                if new_text is changed:
                    costs[kind].append(measure.cpu_of_process(watch.process.pid) - before)
    return {kind: measure.median(values) for kind, values in costs.items()}


def of_typst(folder, sample, title):
    text = sample.read_text(encoding="utf-8")
    wanted = [(None, text), (None, text)] + [
        step for kind, changed in edits(text) for step in ((kind, changed), (None, text))]
    sources = [typst_source.convert(t, title) for _, t in wanted]
    done = subprocess.run(["node", str(peers.HERE / "typst.mjs"), "edit",
                           str(folder / "edit.typ"), str(folder / "edit-typst.pdf")],
                          input=json.dumps(sources), capture_output=True, text=True, check=True,
                          env=measure.environment())
    costs = [float(cost) for cost in done.stdout.split()]
    return {wanted_kind: measure.median([c for (kind, _), c in zip(wanted, costs)
                                         if kind == wanted_kind])
            for wanted_kind in ("known", "new")}


def measure_all(paiban, chosen, folder, sample, title):
    rows = {"paiban": of_paiban(paiban, folder, sample, title)}
    if any(peer.name == "Typst" for peer in chosen):
        rows["Typst"] = of_typst(folder, sample, title)
    return rows
