"""Builds valid and forged JSON Web Tokens."""
import base64
import hashlib
import hmac
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def parts(token):
    """Returns the header and the claims of a token."""
    header, claims, _ = token.split(".")
    return json.loads(unb64(header)), json.loads(unb64(claims))


def text(value):
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def key(path):
    return serialization.load_pem_private_key(path.read_bytes(), password=None)


def public_pem(private):
    return private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def es256(private, header, claims):
    signed = b64(text(header).encode()) + "." + b64(text(claims).encode())
    r, s = utils.decode_dss_signature(private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return signed + "." + b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def hs256(secret, header, claims):
    signed = b64(text(header).encode()) + "." + b64(text(claims).encode())
    return signed + "." + b64(hmac.new(secret, signed.encode(), hashlib.sha256).digest())


def unsigned(header, claims, signature=""):
    return b64(text(header).encode()) + "." + b64(text(claims).encode()) + "." + signature


def verify(jwk, token):
    """Raises an error unless this JWK signed the token."""
    numbers = ec.EllipticCurvePublicNumbers(*(int.from_bytes(unb64(jwk[axis]), "big") for axis in "xy"), ec.SECP256R1())
    signed, _, signature = token.rpartition(".")
    raw = unb64(signature)
    assert len(raw) == 64
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    numbers.public_key().verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
