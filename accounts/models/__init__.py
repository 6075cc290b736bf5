"""Who signs in, where things are sent, and the documents people agree to."""

from accounts.models.address import Address, PostalAddress
from accounts.models.document import Document
from accounts.models.region import Region
from accounts.models.user import User, UserManager

__all__ = ["Address", "Document", "PostalAddress", "Region", "User", "UserManager"]
