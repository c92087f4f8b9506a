"""Verifies the envelope, step by step as subgraphs/README.md asks, and knows nothing of GraphQL."""

import base64
import json
import threading
import time
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CHARACTERS_MAX = 65_536
TOLERANCE_S = 5
LIFETIME_S = 60
KEYS_TIMEOUT_S = 3
KEYS_BYTES_MAX = 65_536
KEYS_COOLDOWN_S = 2
KEYS_KEPT_S = 30

TIERS = ("ANONYMOUS", "REGISTERED", "AGENCY", "GOVERNMENT")
ROLES = ("REVIEWER", "AUDITOR")
PURPOSES = (
    "CREDIT_REPORT",
    "CREDIT_DECISION",
    "TENDER_REVIEW",
    "CONTRACT_REVIEW",
    "SUPERVISION",
    "ENFORCEMENT",
    "OWN_RECORDS",
    "AUDIT",
)


class Refused(Exception):
    """The envelope is not valid; the text is for the log."""


class KeysUnavailable(Exception):
    """The keys cannot be read: the caller is not to blame."""


class GatewayKeys:
    """The keys that the gateway publishes, by `kid`, kept for a while."""

    def __init__(self, url):
        self._url = url
        self._lock = threading.Lock()
        self._keys = None
        self._read_at = float("-inf")
        self._tried_at = float("-inf")

    def key(self, kid):
        """Gives the key of a name, None for one that is not published."""
        with self._lock:
            now = time.monotonic()
            if self._keys is None or now - self._read_at > KEYS_KEPT_S:
                self._read(now)
            elif kid not in self._keys and now - self._tried_at >= KEYS_COOLDOWN_S:
                self._read(now)
            return self._keys.get(kid)

    def _read(self, now):
        self._tried_at = now
        try:
            with urllib.request.urlopen(self._url, timeout=KEYS_TIMEOUT_S) as response:
                text = response.read(KEYS_BYTES_MAX + 1)
            if len(text) > KEYS_BYTES_MAX:
                raise ValueError("the answer is larger than a set of keys")
            self._keys = {
                jwk["kid"]: Ed25519PublicKey.from_public_bytes(_decode(jwk["x"]))
                for jwk in json.loads(text)["keys"]
                if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519"
            }
            self._read_at = now
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysUnavailable(str(error)) from error


def verify(text, sector, keys):
    """Gives the claims of an envelope; raises Refused for any other text."""
    if len(text) > CHARACTERS_MAX:
        raise Refused("it is too long")
    parts = text.split(".")
    if len(parts) != 3:
        raise Refused("it has not three parts")
    header = _object(parts[0])
    if header.get("alg") != "EdDSA" or header.get("typ") != "credit-envelope+jwt":
        raise Refused("it is of another algorithm or type")
    key = keys.key(header.get("kid"))
    if key is None:
        raise Refused("its key is not published")
    try:
        key.verify(_part(parts[2]), f"{parts[0]}.{parts[1]}".encode("ascii"))
    except (InvalidSignature, UnicodeEncodeError) as error:
        raise Refused("its signature does not fit") from error
    claims = _object(parts[1])
    _check_times(claims)
    if claims.get("iss") != "credit-graph-gateway" or claims.get("aud") != sector:
        raise Refused("it is of another issuer or for another sector")
    _check_claims(claims)
    return claims


def _check_times(claims):
    issued, ends = claims.get("iat"), claims.get("exp")
    if not _is_number(issued) or not _is_number(ends):
        raise Refused("its times are missing")
    now = time.time()
    if ends <= now - TOLERANCE_S:
        raise Refused("it has ended")
    if issued > now + TOLERANCE_S:
        raise Refused("it is of the future")
    if issued < now - LIFETIME_S - TOLERANCE_S:
        raise Refused("it is too old")


def _check_claims(claims):
    def is_text_or_null(name):
        return name in claims and (claims[name] is None or _is_text(claims[name]))

    roles, standing = claims.get("roles"), claims.get("standing")
    fits = (
        claims.get("tier") in TIERS
        and all(is_text_or_null(name) for name in ("id", "organisation", "subject", "case"))
        and isinstance(claims.get("duty"), bool)
        and isinstance(roles, list)
        and all(role in ROLES for role in roles)
        and "purpose" in claims
        and (claims["purpose"] is None or claims["purpose"] in PURPOSES)
        and isinstance(standing, list)
        and all(_is_standing(one) for one in standing)
    )
    if not fits:
        raise Refused("its claims are not those of the table")


def _is_standing(one):
    if not isinstance(one, dict) or not _is_text(one.get("id")) or not _is_text(one.get("subject")):
        return False
    if one.get("kind") == "CONSENT":
        return set(one) == {"kind", "id", "subject"}
    fields = one.get("fields")
    return (
        one.get("kind") == "GRANT"
        and set(one) == {"kind", "id", "subject", "fields"}
        and isinstance(fields, list)
        and all(_is_text(field) for field in fields)
    )


def _is_text(value):
    return isinstance(value, str) and 0 < len(value) <= 200


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _object(part):
    try:
        value = json.loads(_part(part))
    except ValueError as error:
        raise Refused("a part is no JSON") from error
    if not isinstance(value, dict):
        raise Refused("a part is no object")
    return value


def _part(part):
    try:
        return _decode(part)
    except ValueError as error:
        raise Refused("a part is not base64url") from error


def _decode(text):
    if "=" in text:
        raise ValueError("base64url has no padding here")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
