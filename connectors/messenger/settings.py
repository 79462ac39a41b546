"""What an admin says about one Facebook Page's Messenger inbox. The model becomes the form in the UI."""

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
    LateTag,
    MediaHosts,
    PreviousAppSecret,
    VerifyToken,
    WebhookFields,
)

NAMESPACE = "messenger"
"""Of page-scoped ids: a person has another one at each Page."""

FIELDS = (
    "messages", "messaging_postbacks", "message_deliveries", "message_reads", "message_echoes", "message_edits",
    "message_reactions", "messaging_referrals", "standby",
)  # fmt: skip
"""https://developers.facebook.com/docs/messenger-platform/webhooks#subscribe-to-webhook-fields"""


class MessengerSettings(BaseModel):
    """Settings of one Page."""

    model_config = ConfigDict(title="Messenger inbox of a Page", hide_input_in_errors=True, defer_build=True)

    page_id: Digits = Field(
        title="Page ID", description="In the app's dashboard: Messenger → API settings, below the Page's name."
    )
    token: AccessToken = Field(
        title="Page access token",
        description="Messenger → API settings → Generate token beside the Page. Of a system user it does not expire.",
    )
    app_id: AppId
    app_secret: AppSecret
    verify_token: VerifyToken
    register_webhook: bool = Field(
        True,
        title="Register the webhook by itself",
        description="The hub tells Meta its address for this app. Switch it off if you enter it in the dashboard "
        "yourself.",
    )
    fields: WebhookFields = FIELDS
    late_tag: LateTag = "HUMAN_AGENT"
    previous_app_secret: PreviousAppSecret = None
    graph_url: GraphUrl = GRAPH_URL
    api_version: ApiVersion = API_VERSION
    media_hosts: MediaHosts = MEDIA_HOSTS
