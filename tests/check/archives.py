"""archives: plant the defects of the rules across issues; used by check_recall.py.

An archive is a run of issues of the corpus with the head of one series: numbers that begin again
each year, running numbers, a date a week. write() plants one defect at a random place of it and says
where it must be told: [(file, line or None)], of which one is enough.
"""
import datetime
import re

FEWEST, MOST = 3, 7  # issues of an archive
LONG_TITLE = 12      # letters of a title that two issues do not share by chance
HEAD = "---\ntitle: 观察周报\ndate: %s\nissue: %d\ntotal: %d\ncover: no\n---\n"


class Issue:
    """An issue of the series: its head's values and the lines of its body."""

    def __init__(self, date, number, total, body):
        self.date, self.number, self.total, self.body = date, number, total, list(body)

    def text(self):
        return HEAD % (self.date, self.number, self.total) + "\n".join(self.body)

    def find(self, pattern):
        """Indices of lines of the body."""
        return [i for i, line in enumerate(self.body) if re.match(pattern, line)]


def body_of(lines):
    """The lines behind the head."""
    return lines[lines.index("---", 1) + 1:]


def make(rng, corpus):
    """A clean archive; the second half of some falls into a new year."""
    count = rng.randint(FEWEST, MOST)
    date = datetime.date(rng.randint(1995, 2020), rng.choice([3, 6, 12]), rng.randint(1, 20))
    number, total, made = rng.randint(1, 40), rng.randint(50, 900), []
    for lines in rng.sample(corpus, count):
        made.append(Issue(date, number, total, body_of(lines)))
        after = date + datetime.timedelta(7)
        number = 1 if after.year != date.year else number + 1
        date, total = after, total + 1
    return made


def same_year(made, rng):
    """Two issues of one year, the earlier first; None when there are none."""
    pairs = [(a, b) for i, a in enumerate(made) for b in made[i + 1:] if a.date.year == b.date.year]
    return rng.choice(pairs) if pairs else None


def issue_twice(rng, made):
    pair = same_year(made, rng)
    if pair is None:
        return None
    pair[1].number = pair[0].number
    return [(pair[1], None)]


def total_twice(rng, made):
    i, k = sorted(rng.sample(range(len(made)), 2))
    made[k].total = made[i].total
    return [(made[k], None)]


def issue_gap(rng, made):
    """An issue is missing."""
    at = rng.randrange(1, len(made) - 1)
    del made[at]
    return [(made[at], None)]


def issue_order(rng, made):
    """Two neighbours have each other's numbers."""
    at = rng.randrange(len(made) - 1)
    a, b = made[at], made[at + 1]
    if a.date.year != b.date.year:
        return None
    a.number, b.number = b.number, a.number
    a.total, b.total = b.total, a.total
    return [(b, None)]


def date_twice(rng, made):
    at = rng.randrange(len(made) - 1)
    made[at + 1].date = made[at].date
    return [(made[at], None), (made[at + 1], None)]


def copied(pattern, least):
    """A line of an earlier issue comes again in a later one."""
    def plant(rng, made):
        i, k = sorted(rng.sample(range(len(made)), 2))
        sources = [line for line in made[i].body if re.match(pattern, line) and len(line) >= least]
        places = made[k].find(pattern)
        if not sources or not places:
            return None
        at = rng.choice(places)
        made[k].body[at] = re.sub(r" \{#.*", "", rng.choice(sources))
        return [(made[k], at + HEAD.count("\n") + 1)]
    return plant


PLANTS = {
    "issue-twice": issue_twice, "issue-gap": issue_gap, "issue-order": issue_order,
    "total-twice": total_twice, "date-twice": date_twice,
    "item-again": copied("## ", LONG_TITLE), "source-again": copied("(链接：)?https?://", LONG_TITLE),
}


def write(f, folder, rng, corpus, rule):
    """Write an archive with one defect: [(file, line or None)], None when it has no place for it."""
    made = make(rng, corpus)
    expected = PLANTS[rule](rng, made)
    if expected is None:
        return None
    for i, issue in enumerate(made):
        issue.path = "%s/%02d.md" % (folder, i)
        f.write(issue.path, issue.text())
    return [(issue.path, line) for issue, line in expected]
