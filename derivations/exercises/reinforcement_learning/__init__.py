"""Reinforcement learning."""

POSITION = 1
