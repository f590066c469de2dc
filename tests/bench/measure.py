"""measure: what a process cost: wall and CPU seconds, peak memory; medians of runs side by side."""
import os
import statistics
import subprocess
import time

import program

TIMEOUT = 600  # seconds
WAKE = 0.03  # seconds


class Cost:
    """Of one run: seconds of wall and of CPU, peak MiB, and what it printed."""

    def __init__(self, wall, cpu, memory, output, status):
        self.wall, self.cpu, self.memory = wall, cpu, memory
        self.output, self.status = output, status


def environment(**changes):
    """As a user has it, with the fonts of the machine, for paiban and for its peers."""
    return program.environment(PAIBAN_FONTS_CONF=None, **changes)


def wake():
    """All processors busy for a moment. One that slept begins slowly, which a run of some
    milliseconds would have to bear alone (a third of its time), and a long one not."""
    children = []
    for cpu in os.sched_getaffinity(0):
        pid = os.fork()
        if pid == 0:
            os.sched_setaffinity(0, {cpu})
            end = time.monotonic() + WAKE
            while time.monotonic() < end:
                pass
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)


def run(command, **options):
    """One run of a command and of all its children that it waits for."""
    with open(os.devnull, "w", encoding="utf-8") as null:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=null, **options)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
                output.decode("utf-8", "replace"), process.returncode)


def together(commands, **options):
    """Several commands at the same time: seconds of wall, seconds of CPU of all, outputs."""
    start = time.monotonic()
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                **options) for command in commands]
    cpu, outputs = 0.0, []
    for process in started:
        outputs.append(process.stdout.read().decode("utf-8", "replace"))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        cpu += usage.ru_utime + usage.ru_stime
    return time.monotonic() - start, cpu, outputs


def in_turn(commands, runs, **options):
    """{name: command} run A B C, A B C …: {name: costs}; a command that fails has no costs.

    Whoever comes first warms the page cache for all, so one round is not counted.
    """
    costs = {name: [] for name in commands}
    for round_ in range(runs + 1):
        for name, command in commands.items():
            if costs[name] is None:
                continue
            wake()
            cost = run(command, **options)
            if cost.status != 0:
                costs[name] = None
            elif round_ > 0:
                costs[name].append(cost)
    return costs


def median(values):
    return statistics.median(values)


def cpu_of_process(pid):
    """CPU seconds of a running process and its threads, by the scheduler's count."""
    total = 0
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/schedstat" % (pid, task), encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total / 1e9
