"""Policies in the whole language, profiles beside their thresholds, and the worlds that gaps leave open."""
