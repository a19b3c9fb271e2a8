"""The tables of the funnel app; one file, one idea. None of them knows a person."""

from funnel.models.funnel_definition import FunnelDefinition
from funnel.models.hand_count import HandCount
from funnel.models.step_count import StepCount

__all__ = ["FunnelDefinition", "HandCount", "StepCount"]
