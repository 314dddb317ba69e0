"""How servers are asked: with pauses, patience and bounds, and without losing a byte or a secret."""

from harvester.http.client import Client
from harvester.http.exchange import Traffic
from harvester.http.manners import Manners, user_agent
from harvester.http.response import Response

__all__ = ["Client", "Manners", "Response", "Traffic", "user_agent"]
