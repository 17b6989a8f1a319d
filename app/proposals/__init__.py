"""Proposals: changes by people who may not write a page, which wait for somebody who looks after it."""
