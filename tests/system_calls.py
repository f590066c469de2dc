#!/usr/bin/env python3
"""What a render asks of the system, seen by strace (TAP): no network, no other program, no
file written but the output, nothing read of what a document names but images, and nothing of
what an image names.
"""
import re
import shutil
import subprocess
import sys

import program

ISSUE = """---
title: 月报
date: 2021-05
layout: monthly
contacts: [{name: 甲, email: a@example.org}]
---

# 地方动态

## ✓ 上海

链接：https://example.org/

![图](https://example.org/a.png) ![图](file:///etc/passwd) ![图](../../etc/passwd)
![图](/dev/zero) <script>alert(1)</script> [字](javascript:x) `$(id)` {{7*7}} \\input{/etc/passwd}
"""
# Everything in an SVG image that could name another file. Its text makes Pango start a thread.
DRAWING = """<?xml version="1.0"?>
<?xml-stylesheet href="secret.css"?>
<!DOCTYPE svg [<!ENTITY a SYSTEM "secret.txt"> <!ENTITY b SYSTEM "file:///etc/hostname">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:xi="http://www.w3.org/2001/XInclude" width="40" height="20">
<style>@import url("secret.css"); @font-face {font-family: a; src: url(secret.otf)}</style>
<image xlink:href="secret.png" width="9" height="9"/>
<image xlink:href="file:///etc/hostname" width="9" height="9"/>
<image xlink:href="http://example.org/secret.png" width="9" height="9"/>
<use xlink:href="secret.svg#a"/><xi:include href="secret.txt" parse="text"/>
<filter id="f"><feImage xlink:href="secret.png"/></filter><rect width="9" height="9" filter="url(#f)"/>
<text y="9">字%s</text></svg>
"""
NETWORK = {"socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
           "recvfrom", "recvmsg", "socketpair"}
PROCESS = {"fork", "vfork", "execve", "execveat", "ptrace"}
WRITING = re.compile(r'O_WRONLY|O_RDWR|O_CREAT')


def processes(calls):
    """Calls that start a program or a process; a thread is none."""
    return [(call, rest) for call, rest in calls if call in PROCESS or
            call in ("clone", "clone3") and "CLONE_THREAD" not in rest]


def trace(folder):
    """(call, rest of the line) of a render, or None where strace may not trace."""
    log = folder.path / "strace.log"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "300", "-o", str(log), program.PROGRAM, "render", "in/a.md",
         "-q", "-o", "in/a.pdf"],
        cwd=folder.path, env=program.environment(ASAN_OPTIONS="detect_leaks=0"),
        capture_output=True, check=False)
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    calls = [m.groups() for m in (re.match(r"\d+ +(\w+)\((.*)", line) for line in lines) if m]
    return calls if done.returncode == 0 and len(calls) > 50 else None


def main():
    tests = program.Tests()
    if shutil.which("strace") is None:
        print("1..0 # SKIP strace is not installed")
        return 0
    with program.Folder() as folder:
        folder.write("in/a.md", ISSUE + "\n![图](b.svg) ![图](c.svg)\n")
        folder.write("in/b.svg", DRAWING % "")
        folder.write("in/c.svg", DRAWING % "&a;&b;")
        for name in ("css", "txt", "otf", "png", "svg"):
            folder.write("in/secret." + name, "secret")
        folder.run("render", "in/a.md", "-q", "-o", "in/a.pdf")  # the cache of fontconfig is there now
        calls = trace(folder)
        if calls is None:
            print("1..0 # SKIP strace may not trace here")
            return 0
        used = [call for call, _ in calls]
        tests.check("no network", not NETWORK.intersection(used), NETWORK.intersection(used))
        tests.check("no other program and no process",
                    [call for call, _ in processes(calls)] == ["execve"], processes(calls))
        tests.check("the images are read", any("in/b.svg" in rest for call, rest in calls
                                               if call == "openat"))
        written = [rest for call, rest in calls
                   if call in ("open", "openat", "creat") and WRITING.search(rest)]
        tests.check("one file is written: the temporary beside the output",
                    len(written) == 1 and "in/.a.pdf.paiban-" in written[0], written)
        opened = " ".join(rest for call, rest in calls if call in ("open", "openat"))
        tests.check("nothing that the document names is opened",
                    "passwd" not in opened and "/dev/zero" not in opened, opened[-300:])
        tests.check("nothing that an image names is opened", "secret" not in opened and
                    "hostname" not in opened, re.findall(r"\S*(?:secret|hostname)\S*", opened))
        made = [call for call in used if call in ("mkdir", "symlink", "link", "chmod", "chown", "mknod")]
        tests.check("no folder, link or device is made", not made, made)
        tests.check("no memory is both written and run",
                    not any("PROT_WRITE" in rest and "PROT_EXEC" in rest for call, rest in calls
                            if call in ("mmap", "mprotect")) or program.is_sanitized())
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
