"""The tables of the crm app; one file, one idea."""

from crm.models.contact import Consent, Contact
from crm.models.organization import Organization, Stage
from crm.models.request import Request
from crm.models.stage_change import StageChange

__all__ = ["Consent", "Contact", "Organization", "Request", "Stage", "StageChange"]
