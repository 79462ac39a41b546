"""What an admin says about one Instagram account's inbox. The model becomes the form in the UI."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from connectors._lib.meta_settings import (
    API_VERSION,
    MEDIA_HOSTS,
    AccessToken,
    ApiVersion,
    AppId,
    Digits,
    GraphUrl,
    LateTag,
    MediaHosts,
    VerifyToken,
    WebhookFields,
)

NAMESPACE = "instagram"
"""Of Instagram-scoped ids: a person has another one at each account."""

GRAPH_URL = "https://graph.instagram.com"
FIELDS = (
    "messages", "messaging_postbacks", "messaging_seen", "message_reactions", "messaging_referral", "message_edit",
    "standby",
)  # fmt: skip
"""https://developers.facebook.com/docs/instagram-platform/webhooks#fields"""


class InstagramSettings(BaseModel):
    """Settings of one account."""

    model_config = ConfigDict(title="Instagram inbox", hide_input_in_errors=True, defer_build=True)

    account_id: Digits = Field(
        title="Instagram account ID",
        description="In the app's dashboard: Instagram → API setup with Instagram login, below the account's name.",
    )
    token: AccessToken = Field(
        title="Access token",
        description="API setup with Instagram login → Generate token beside the account. The hub renews it by itself.",
    )
    app_id: AppId = Field(title="Instagram app ID", description="At the top of API setup with Instagram login.")
    app_secret: SecretStr = Field(
        min_length=16,
        title="Instagram app secret",
        description="At the top of API setup with Instagram login. It proves that events come from Meta.",
    )
    meta_app_secret: SecretStr | None = Field(
        None,
        title="Meta app secret",
        description="App settings → Basic → App secret. Meta signs the events of some apps with this one; with both "
        "here either is taken. Also the place for the old secret while you replace one.",
    )
    verify_token: VerifyToken
    fields: WebhookFields = FIELDS
    late_tag: LateTag = "HUMAN_AGENT"
    graph_url: GraphUrl = GRAPH_URL
    api_version: ApiVersion = API_VERSION
    media_hosts: MediaHosts = MEDIA_HOSTS
