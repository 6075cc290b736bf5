"""The least that a Django page costs: plain `startproject`, one template, one query."""
