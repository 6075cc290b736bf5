"""`make bench`: what pages cost beside a floor measured in the same run. See docs/performance.md."""
