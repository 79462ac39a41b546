"""What an admin says about one WhatsApp number. The model becomes the form in the UI."""

from pydantic import BaseModel, ConfigDict, Field

from connectors._lib.meta_settings import (
    API_VERSION,
    GRAPH_URL,
    MEDIA_HOSTS,
    AccessToken,
    ApiVersion,
    AppId,
    AppSecret,
    Digits,
    GraphUrl,
    MediaHosts,
    PreviousAppSecret,
    VerifyToken,
    WebhookFields,
)

FIELDS = (
    "messages", "smb_message_echoes", "history", "calls", "user_preferences", "user_id_update",
    "message_template_status_update", "account_update",
)  # fmt: skip
"""https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview"""

NAMESPACE = "whatsapp"
"""Of business-scoped user ids and groups; phone numbers are in the namespace `phone`."""


class WhatsAppSettings(BaseModel):
    """Settings of one number."""

    model_config = ConfigDict(title="WhatsApp number", hide_input_in_errors=True, defer_build=True)

    phone_number_id: Digits = Field(
        title="Phone number ID",
        description="WhatsApp → API Setup: below the number you send from. It is not the number itself.",
    )
    account_id: Digits = Field(
        title="WhatsApp Business Account ID", description="WhatsApp → API Setup: beside the phone number ID."
    )
    token: AccessToken = Field(
        title="Access token",
        description="Of a system user, without expiry: business.facebook.com → Settings → System users → Generate "
        "token, with whatsapp_business_messaging and whatsapp_business_management.",
    )
    app_id: AppId
    app_secret: AppSecret
    verify_token: VerifyToken
    register_webhook: bool = Field(
        True,
        title="Register the webhook by itself",
        description="The hub tells Meta this channel's address, for this number only. Switch it off if you have "
        "entered the address in the app's dashboard yourself.",
    )
    fields: WebhookFields = FIELDS
    previous_app_secret: PreviousAppSecret = None
    graph_url: GraphUrl = GRAPH_URL
    api_version: ApiVersion = API_VERSION
    media_hosts: MediaHosts = MEDIA_HOSTS
    failed_downloads: int = Field(
        4,
        ge=1,
        le=100,
        title="Failed downloads in an hour",
        description="After so many the hub fetches no files for a while: Meta blocks a number that fails five times in "
        "an hour.",
    )
