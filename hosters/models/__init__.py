"""The tables of the hosters app; one file, one idea."""

from hosters.models.address import PostalAddress
from hosters.models.charter_commitment import CharterCommitment
from hosters.models.frozen import Frozen, FrozenError
from hosters.models.hoster import Hoster, LegalForm
from hosters.models.mail import Mail
from hosters.models.mail_text import MailText
from hosters.models.membership import Membership, Role
from hosters.models.promise import PublicPromise
from hosters.models.setting_change import SettingChange
from hosters.models.statement import Statement
from hosters.models.subprocessor import Subprocessor
from hosters.models.terms import TermsDraft, TermsKind, TermsVersion
from hosters.models.user import User
from hosters.models.work import Work

__all__ = [
    "CharterCommitment",
    "Frozen",
    "FrozenError",
    "Hoster",
    "LegalForm",
    "Mail",
    "MailText",
    "Membership",
    "PostalAddress",
    "PublicPromise",
    "Role",
    "SettingChange",
    "Statement",
    "Subprocessor",
    "TermsDraft",
    "TermsKind",
    "TermsVersion",
    "User",
    "Work",
]
