"""Measuring: challenge sets and professional judgements, each beside trivial floors."""
