#!/usr/bin/env python3
"""Make the completions for bash, zsh and fish from the program's tables.

usage: completions.py TABLES FOLDER     writes paiban (bash), _paiban (zsh), paiban.fish

TABLES is the JSON of paiban-tables. Names of layouts are asked from `paiban layouts` when they
are completed; after an option that takes a file or folder, and for operands, files are given.
"""
import json
import pathlib
import sys

FOLDERS = ("DIR",)
LAYOUTS = "paiban layouts 2>/dev/null | cut -f1"


def words_of(command):
    words = []
    for row in command["options"]:
        words.append("--" + row["name"])
        if row["letter"]:
            words.append("-" + row["letter"])
    return words + ["--help", "-h"]


def names_of(row):
    return "--%s%s" % (row["name"], "|-" + row["letter"] if row["letter"] else "")


def bash_values(command):
    """The branches of a case over the previous word."""
    for row in command["options"]:
        if not row["value"]:
            continue
        if row["choices"]:
            action = 'COMPREPLY=($(compgen -W "%s" -- "$word"))' % row["choices"].replace("|", " ")
        elif row["name"] == "layout":
            action = 'COMPREPLY=($(compgen -W "$(%s)" -- "$word") $(compgen -f -- "$word"))' % LAYOUTS
        elif row["value"] in FOLDERS:
            action = 'COMPREPLY=($(compgen -d -- "$word"))'
        else:
            action = 'COMPREPLY=($(compgen -f -- "$word"))'
        yield "        %s)\n            %s\n            return\n            ;;\n" % (
            names_of(row), action)


def bash(tables):
    commands = tables["commands"]
    text = ("# bash completion of paiban; made from the program's tables (tools/completions.py).\n"
            "_paiban() {\n"
            '    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n'
            "    local options=\n\n"
            "    compopt -o filenames 2>/dev/null\n"
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
            '        COMPREPLY=($(compgen -W "%s --help --version" -- "$word"))\n'
            "        return\n    fi\n"
            "    case ${COMP_WORDS[1]} in\n" % " ".join(c["name"] for c in commands))
    for command in commands:
        text += "    %s)\n        options='%s'\n" % (command["name"], " ".join(words_of(command)))
        branches = "".join(bash_values(command))
        if branches:
            text += "        case $previous in\n%s        esac\n" % branches
        if command["name"] == "help":
            text += '        COMPREPLY=($(compgen -W "%s" -- "$word"))\n        return\n' % \
                " ".join(c["name"] for c in commands)
        text += "        ;;\n"
    return text + ("    esac\n"
                   "    case $word in\n"
                   '    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;\n'
                   '    *) COMPREPLY=($(compgen -f -- "$word")) ;;\n'
                   "    esac\n}\n"
                   "complete -F _paiban paiban\n")


def zsh_text(text):
    return text.replace("'", "'\\''").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def zsh_action(row):
    if not row["value"]:
        return ""
    if row["choices"]:
        return ":%s:(%s)" % (row["value"].replace(":", ""), row["choices"].replace("|", " "))
    if row["name"] == "layout":
        return ":layout:{compadd -- $(%s); _files}" % LAYOUTS
    if row["value"] in FOLDERS:
        return ":folder:_files -/"
    return ":%s:_files" % row["value"].replace("|", " or ")


def zsh(tables):
    text = ("#compdef paiban\n# made from the program's tables (tools/completions.py)\n"
            "_paiban() {\n    local -a commands=(\n")
    for command in tables["commands"]:
        text += "        '%s:%s'\n" % (command["name"], zsh_text(command["summary"]))
    text += ("    )\n    if (( CURRENT == 2 )); then\n"
             "        _describe command commands\n        return\n    fi\n"
             "    shift words\n    (( CURRENT-- ))\n    case $words[1] in\n")
    for command in tables["commands"]:
        text += "    %s)\n        _arguments -s \\\n" % command["name"]
        for row in command["options"]:
            value = zsh_action(row)
            help_text = "[%s]" % zsh_text(row["help"])
            mark = "=" if value else ""
            text += "            '--%s%s%s%s' \\\n" % (row["name"], mark, help_text, value)
            if row["letter"]:
                text += "            '-%s%s%s%s' \\\n" % (row["letter"], "+" if value else "",
                                                          help_text, value)
        if command["name"] == "help":
            operand = "'*:command:(%s)'" % " ".join(c["name"] for c in tables["commands"])
        else:
            operand = "'*:file:_files'"
        text += "            '(- *)--help[print this help]' \\\n            %s\n        ;;\n" % operand
    return text + "    esac\n}\n_paiban \"$@\"\n"


def fish_text(text):
    return text.replace("\\", "\\\\").replace("'", "\\'")


def fish(tables):
    text = "# fish completion of paiban; made from the program's tables (tools/completions.py)\n"
    for command in tables["commands"]:
        text += "complete -c paiban -n __fish_use_subcommand -f -a %s -d '%s'\n" % (
            command["name"], fish_text(command["summary"]))
    for command in tables["commands"]:
        seen = "complete -c paiban -n '__fish_seen_subcommand_from %s'" % command["name"]
        for row in command["options"]:
            text += "%s -l %s%s%s -d '%s'\n" % (
                seen, row["name"], " -s " + row["letter"] if row["letter"] else "", fish_value(row),
                fish_text(row["help"]))
        text += "%s -l help -s h -d 'print this help'\n" % seen
        if command["name"] == "help":
            text += "%s -f -a '%s'\n" % (seen, " ".join(c["name"] for c in tables["commands"]))
    return text


def fish_value(row):
    if not row["value"]:
        return ""
    if row["choices"]:
        return " -x -a '%s'" % row["choices"].replace("|", " ")
    if row["name"] == "layout":
        return " -r -a '(%s)'" % LAYOUTS
    if row["value"] in FOLDERS:
        return " -x -a '(__fish_complete_directories)'"
    return " -r"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tables = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name, make in (("paiban", bash), ("_paiban", zsh), ("paiban.fish", fish)):
        pathlib.Path(sys.argv[2], name).write_text(make(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
