"""Stored cases: folders of policy, profile and expectation, replayed on every engine."""
