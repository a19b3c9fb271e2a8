"""The tables of the crm app; one file, one idea."""

from crm.models.action_plan import ActionPlan
from crm.models.call_script import CallScript
from crm.models.campaign import Campaign, CampaignAction, CampaignGoal, CampaignReview, Lever
from crm.models.consent import Consent
from crm.models.contact import Contact, SpaceRole
from crm.models.contact_import import ContactImport, ImportChunk, ImportLine
from crm.models.contact_profile import AddressKind
from crm.models.criterion import Answer, Criterion, ScoreChange
from crm.models.erasure import Erasure
from crm.models.follow_up import FollowUp, Postponement
from crm.models.habits import Habits
from crm.models.import_source import ImportSource
from crm.models.interaction import Interaction
from crm.models.letter import Letter, LetterModel, Situation
from crm.models.merge import Merge
from crm.models.newsletter import NewsletterIssue, NewsletterSettings, Subscriber
from crm.models.objection import Objection
from crm.models.opportunity import LossReason, Opportunity, OpportunityChange, Step
from crm.models.organization import Organization, Stage
from crm.models.outreach import CallForProjects, Encounter, Partner, PartnerAction, Wish, WishVoice
from crm.models.profile import LegalForm, Maturity, Origin, VatStatus
from crm.models.relation_settings import RelationSettings
from crm.models.request import Request
from crm.models.saved_filter import SavedFilter
from crm.models.stage_change import StageChange
from crm.models.suppression import Suppression
from crm.models.tag import Tag

__all__ = [
    "ActionPlan",
    "AddressKind",
    "Answer",
    "CallForProjects",
    "CallScript",
    "Campaign",
    "CampaignAction",
    "CampaignGoal",
    "CampaignReview",
    "Consent",
    "Contact",
    "ContactImport",
    "Criterion",
    "Encounter",
    "Erasure",
    "FollowUp",
    "Habits",
    "ImportChunk",
    "ImportLine",
    "ImportSource",
    "Interaction",
    "LegalForm",
    "Letter",
    "LetterModel",
    "Lever",
    "LossReason",
    "Maturity",
    "Merge",
    "NewsletterIssue",
    "NewsletterSettings",
    "Objection",
    "Opportunity",
    "OpportunityChange",
    "Organization",
    "Origin",
    "Partner",
    "PartnerAction",
    "Postponement",
    "RelationSettings",
    "Request",
    "SavedFilter",
    "ScoreChange",
    "Situation",
    "SpaceRole",
    "Stage",
    "StageChange",
    "Step",
    "Subscriber",
    "Suppression",
    "Tag",
    "VatStatus",
    "Wish",
    "WishVoice",
]
