"""A SAML identity provider: it answers real requests with real, signed assertions.

It stands in for a municipality's login service; the protocol, the signatures and the clock are the
real thing, only the login form is missing.
"""

import base64
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

ENTITY_ID = "https://idp.exempel.invalid/metadata"
SSO_URL = "https://idp.exempel.invalid/sso"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
TEXT = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"


@dataclass
class IdentityProvider:
    """Signs assertions with a key of its own, made for the test."""

    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    @property
    def certificate(self) -> str:
        """The certificate in PEM, as an operator sets it."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.exempel.invalid")])
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(self.key, hashes.SHA256())
        )
        return built.public_bytes(serialization.Encoding.PEM).decode()

    def answer(
        self,
        login_address: str,
        *,
        name_id: str,
        attributes: dict[str, list[str]],
        sign: bool = True,
        audience: str = "",
        age: timedelta = timedelta(0),
    ) -> dict[str, str]:
        """Return the form that the person's browser posts back, for the request in an address."""
        query = parse_qs(urlsplit(login_address).query)
        request = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15))
        acs = request.get("AssertionConsumerServiceURL")
        issuer = request.findtext(f"{{{ASSERTION}}}Issuer")
        now = datetime.now(UTC) - age
        response = etree.fromstring(
            _response(
                request_id=request.get("ID"),
                acs=acs,
                audience=audience or issuer,
                name_id=name_id,
                attributes=attributes,
                now=now,
            )
        )
        if sign:
            self._sign(response.find(f"{{{ASSERTION}}}Assertion"))
        relay = query.get("RelayState", [""])[0]
        return {
            "SAMLResponse": base64.b64encode(etree.tostring(response)).decode(),
            "RelayState": relay,
        }

    def _sign(self, assertion: etree._Element) -> None:
        signature = xmlsec.template.create(
            assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds"
        )
        assertion.insert(1, signature)
        reference = xmlsec.template.add_reference(
            signature, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}"
        )
        xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
        xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
        xmlsec.tree.add_ids(assertion, ["ID"])
        context = xmlsec.SignatureContext()
        pem = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        context.key = xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.PEM)
        context.sign(signature)


def _response(
    *,
    request_id: str,
    acs: str,
    audience: str,
    name_id: str,
    attributes: dict[str, list[str]],
    now: datetime,
) -> str:
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    until = (now + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = "".join(
        f'<saml:Attribute Name="{name}" NameFormat="{TEXT}">'
        + "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
        + "</saml:Attribute>"
        for name, values in attributes.items()
    )
    return f"""
<samlp:Response xmlns:samlp="{PROTOCOL}" xmlns:saml="{ASSERTION}" ID="_{secrets.token_hex(16)}"
    Version="2.0" IssueInstant="{stamp}" Destination="{acs}" InResponseTo="{request_id}">
  <saml:Issuer>{ENTITY_ID}</saml:Issuer>
  <samlp:Status>
    <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>
  </samlp:Status>
  <saml:Assertion ID="_{secrets.token_hex(16)}" Version="2.0" IssueInstant="{stamp}">
    <saml:Issuer>{ENTITY_ID}</saml:Issuer>
    <saml:Subject>
      <saml:NameID
        Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{name_id}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{acs}"
            InResponseTo="{request_id}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{stamp}" NotOnOrAfter="{until}">
      <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{stamp}" SessionIndex="_{secrets.token_hex(8)}">
      <saml:AuthnContext>
        <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
      </saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>{rows}</saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>"""
