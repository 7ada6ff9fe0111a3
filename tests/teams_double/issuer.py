"""Microsoft's side of trust: signing keys that are published, and access tokens that are given out.

``token`` signs whatever a test wants signed, right or wrong.
"""

import asyncio
import base64
import itertools
import json
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

APP, SECRET, TENANT = "5d1c7b9e-app", "an-app-secret", "7e57-tenant"
ISSUER = "https://api.botframework.com"
FIRST_KEY = "key-1"


@lru_cache
def key(name: str) -> rsa.RSAPrivateKey:
    """The same name, the same key."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """``published`` are the names of keys, with what each vouches for."""

    base: str = ""
    published: dict[str, list[str] | None] = field(default_factory=lambda: {FIRST_KEY: ["msteams"]})
    hangs: bool = False
    down: bool = False
    refuses: str = ""
    identity: int = 200
    """What a machine is answered that asks for its own identity."""
    lasts: int = 3600
    asked_for_keys: int = 0
    asked_for_tokens: int = 0
    given: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def environment(self) -> dict[str, str]:
        """What the process is told."""
        return {
            "MICROSOFT_APP_ID": APP,
            "MICROSOFT_APP_PASSWORD": SECRET,
            "MICROSOFT_APP_TENANT_ID": TENANT,
            "MICROSOFT_OPENID_METADATA_URL": f"{self.base}/openid",
            "MICROSOFT_LOGIN_URL": f"{self.base}/{TENANT}",
        }

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post(f"/{TENANT}/oauth2/v2.0/token", self._give)
        app.router.add_get("/identity", self._give_identity)

    def token(
        self,
        service_url: str,
        *,
        signed_by: str = FIRST_KEY,
        named: str | None = FIRST_KEY,
        alg: str = "RS256",
        but: dict[str, Any] | None = None,
        without: str = "",
    ) -> str:
        """A token of the Bot Framework's, ``but`` for what is given, and ``without`` a claim."""
        now = int(time.time())
        claims = {
            "serviceurl": service_url,
            "nbf": now,
            "exp": now + 3600,
            "iss": ISSUER,
            "aud": APP,
            **(but or {}),
        }
        claims.pop(without, None)
        headers = {"kid": named} if named is not None else {}
        if alg == "none":
            return jwt.encode(claims, "", "none", headers=headers)
        if alg == "HS256":
            # As an attacker would: the public key, which everybody has, taken for a secret.
            public = json.dumps(RSAAlgorithm.to_jwk(key(signed_by).public_key()))
            return jwt.encode(claims, public, "HS256", headers=headers)
        return jwt.encode(claims, key(signed_by), alg, headers=headers)

    def good(self, header: str | None) -> bool:
        """Whether this is an access token that was given out."""
        return (header or "").removeprefix("Bearer ") in self.given

    async def _served(self) -> None:
        if self.hangs:
            await asyncio.sleep(60)
        if self.down:
            raise web.HTTPServiceUnavailable

    async def _openid(self, _: web.Request) -> web.Response:
        self.asked_for_keys += 1
        await self._served()
        return web.json_response(
            {"issuer": ISSUER, "jwks_uri": f"{self.base}/keys", "id_token_signing": ["RS256"]}
        )

    async def _keys(self, _: web.Request) -> web.Response:
        await self._served()
        keys = []
        for name, endorsements in self.published.items():
            one: dict[str, Any] = RSAAlgorithm.to_jwk(key(name).public_key(), as_dict=True)
            one |= {"kid": name, "x5t": name, "use": "sig"}
            keys.append(one | ({} if endorsements is None else {"endorsements": endorsements}))
        return web.json_response({"keys": keys})

    async def _give(self, request: web.Request) -> web.Response:
        self.asked_for_tokens += 1
        await self._served()
        asked = await request.post()
        right = (
            asked.get("grant_type") == "client_credentials"
            and asked.get("client_id") == APP
            and asked.get("client_secret") == SECRET
            and asked.get("scope") == f"{ISSUER}/.default"
        )
        if not right or self.refuses:
            said = {"error": self.refuses or "invalid_client", "error_description": "AADSTS7000215"}
            return web.json_response(said, status=401)
        return self._granted(self.lasts)

    async def _give_identity(self, request: web.Request) -> web.Response:
        """As a virtual machine's own address answers; an app's id is all that it asks."""
        await self._served()
        right = request.headers.get("Metadata") == "true" and request.query.get("client_id") == APP
        if not right or request.query.get("resource") != ISSUER or self.identity != 200:
            said = {"error": "invalid_request", "error_description": "Identity not found"}
            return web.json_response(said, status=400)
        return self._granted(str(self.lasts))

    def _granted(self, lasts: int | str) -> web.Response:
        token = f"access-{next(self._numbers)}"
        self.given.add(token)
        return web.json_response(
            {"token_type": "Bearer", "expires_in": lasts, "access_token": token}
        )


def tampered(token: str) -> str:
    """The same signature under other words."""
    head, claims, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    said["serviceurl"] = "https://evil.example/"
    other = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    return f"{head}.{other}.{signature}"
