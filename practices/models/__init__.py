from .address import FormerAddress
from .city import City
from .network import Membership, Network
from .practice import Practice
from .source import Figure, Source

__all__ = ["City", "Figure", "FormerAddress", "Membership", "Network", "Practice", "Source"]
