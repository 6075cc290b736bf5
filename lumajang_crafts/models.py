"""What belongs to no app of ours: the counts of lib/ratelimit.py."""

from lumajang_crafts.lib.ratelimit import Tries

__all__ = ["Tries"]
