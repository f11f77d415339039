"""`reduce(scene, command, context)`: what every command does to a booth and a visit."""

from articket.domain.transitions.reduce import reduce
from articket.domain.transitions.scene import Context, Outcome, Scene

__all__ = ["Context", "Outcome", "Scene", "reduce"]
