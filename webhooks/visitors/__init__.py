"""The door for visitors of web chats: their browsers talk to `/webchat/<channel's key>/…`."""

from webhooks.visitors.audience import visitor_sign
from webhooks.visitors.door import VisitorsDoor
from webhooks.visitors.files import forget_uploads
from webhooks.visitors.intake import Hosted
from webhooks.visitors.pages import DemoChat

__all__ = ["DemoChat", "Hosted", "VisitorsDoor", "forget_uploads", "visitor_sign"]
