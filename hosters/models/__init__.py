"""The tables of the hosters app; one file, one idea."""

from hosters.models.address import PostalAddress
from hosters.models.hoster import Hoster, LegalForm
from hosters.models.mail import Mail
from hosters.models.membership import Membership, Role
from hosters.models.subprocessor import Subprocessor
from hosters.models.user import User
from hosters.models.work import Work

__all__ = [
    "Hoster",
    "LegalForm",
    "Mail",
    "Membership",
    "PostalAddress",
    "Role",
    "Subprocessor",
    "User",
    "Work",
]
