"""draw: random choices that are the same on every machine and Python version.

A SplitMix64 generator (Steele, Lea, Flood 2014) seeded by the SHA-256 of a name; Python's
own `random` does not promise equal sequences of choice() and shuffle() over versions.
"""
import hashlib

MASK = (1 << 64) - 1


class Draw:
    def __init__(self, name):
        self.state = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        """A number of 0 … n-1."""
        return self.bits() * n >> 64

    def between(self, low, high):
        """A number of low … high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]

    def chance(self, percent):
        return self.below(100) < percent

    def some(self, items, count):
        """count different entries of items, in a random order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]
