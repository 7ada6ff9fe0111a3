"""Which of Microsoft's clouds: where keys, tokens and answers come from, and go to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from adapters.environment import AppType, Environment

METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
LOGIN = "https://login.microsoftonline.com"
ANYBODYS = "botframework.com"
IDENTITY = "http://169.254.169.254/metadata/identity/oauth2/token"
"""Where a machine of Azure's asks for its own identity."""
SCOPES = {
    ".us": "https://api.botframework.us",
    ".cn": "https://api.botframework.azure.cn",
}


@dataclass(frozen=True, slots=True)
class Cloud:
    """``token_url`` is where this app asks for its access token, for ``resource``."""

    metadata_url: str
    issuer: str
    token_url: str
    resource: str
    app_type: AppType


def cloud_of(env: Environment) -> Cloud:
    """The public cloud, unless the settings name another."""
    login = env.microsoft_login_url
    host = urlsplit(login).hostname or ""
    resource = next((r for end, r in SCOPES.items() if host.endswith(end)), ISSUER)
    return Cloud(
        env.microsoft_openid_metadata_url or METADATA,
        env.microsoft_token_issuer or ISSUER,
        _token_url(env, login),
        resource,
        env.microsoft_app_type,
    )


def _token_url(env: Environment, login: str) -> str:
    """``MICROSOFT_LOGIN_URL`` may name a tenant, or leave it to the app's type."""
    if env.microsoft_app_type == "UserAssignedMSI":
        return login or IDENTITY
    base = (login or LOGIN).rstrip("/")
    if not urlsplit(base).path:
        single = env.microsoft_app_type == "SingleTenant"
        base += f"/{env.microsoft_app_tenant_id if single else ANYBODYS}"
    return base if base.endswith("/token") else f"{base}/oauth2/v2.0/token"
