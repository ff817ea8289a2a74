"""What was read in one sentence."""

from dataclasses import dataclass

from pipelines.claims.acts import Act
from pipelines.claims.deals import Deal
from pipelines.claims.mentions import Actor
from pipelines.claims.money import Money
from pipelines.claims.numbers import Number
from pipelines.claims.scene import Scene


@dataclass(frozen=True, slots=True)
class Told:
    """Everything read in one sentence."""

    scene: Scene
    actors: list[Actor]
    acts: list[Act]
    deals: list[Deal]
    numbers: list[Number]
    sums: list[Money]
