"""Records as a catalogue of open-access articles holds them, made up: as many as are asked for."""

from generator.records import generate

__all__ = ["generate"]
