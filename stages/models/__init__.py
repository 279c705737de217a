"""What the installation remembers. Everything belongs to one portal."""

from stages.models.api_token import ApiToken
from stages.models.board_lease import BoardLease
from stages.models.change import Change, StageKey
from stages.models.credential import Credential, Share
from stages.models.installation import Installation
from stages.models.portal import Portal
from stages.models.portal_pace import MethodBlock, PortalPace
from stages.models.sent_form import SentForm

__all__ = [
    "ApiToken",
    "BoardLease",
    "Change",
    "Credential",
    "Installation",
    "MethodBlock",
    "Portal",
    "PortalPace",
    "SentForm",
    "Share",
    "StageKey",
]
