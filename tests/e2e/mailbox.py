"""A mail receiver that speaks SMTP, so that mail is tested as it is sent."""

import email
import time
from email import policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Mailbox:
    """Receives every mail; an address that starts with `studs` is refused, as by a dead account."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[EmailMessage] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        """Listen."""
        self.controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options) -> str:  # noqa: N802
        """Refuse the addresses that bounce."""
        if address.startswith("studs"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        """Keep the mail."""
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        message["X-Rcpt"] = ",".join(envelope.rcpt_tos)
        self.received.append(message)
        return "250 OK"

    def to(self, address: str, about: str = "") -> list[EmailMessage]:
        """Return the mails to an address whose subject has the words `about`, oldest first."""
        return [
            message
            for message in self.received
            if message["X-Rcpt"] == address and about in message["Subject"]
        ]

    def wait_for(
        self, address: str, count: int = 1, seconds: int = 60, about: str = ""
    ) -> EmailMessage:
        """Wait until an address has `count` such mails and return the last of them."""
        for _ in range(seconds * 5):
            if len(self.to(address, about)) >= count:
                return self.to(address, about)[count - 1]
            time.sleep(0.2)
        raise AssertionError(f"no mail {count} to {address} {about}")
