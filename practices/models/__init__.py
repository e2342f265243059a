from .address import FormerAddress
from .city import City
from .link import LinkCheck
from .network import Membership, Network
from .practice import Practice
from .source import Figure, Source

__all__ = ["City", "Figure", "FormerAddress", "LinkCheck", "Membership", "Network", "Practice", "Source"]
