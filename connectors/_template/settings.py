"""What an admin says about one account. The model becomes the form in the UI and the questions at a shell."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

NAMESPACE = "_template"
"""Of the addresses there. For phone numbers use `phone`, for mail `email`: then contacts match across channels."""


class TemplateSettings(BaseModel):
    """Settings of one account."""

    model_config = ConfigDict(title="Template provider", hide_input_in_errors=True)

    token: SecretStr = Field(
        min_length=8, title="API token", description="From the provider's console, under “API keys”. Keep it secret."
    )
    webhook_secret: SecretStr = Field(
        min_length=16,
        title="Signing secret",
        description="From the provider's console, under “Webhooks”: it signs what the provider tells us.",
    )
    api_url: str = Field(
        "https://api.example.com", title="API address", description="Change it only for a test server."
    )

    @field_validator("api_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = urlsplit(value.strip().rstrip("/"))
        if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.username:
            raise ValueError("Write the address as https://host.")
        return address.geturl()
