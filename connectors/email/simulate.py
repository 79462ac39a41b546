"""Write the mail a made-up customer, or a mail server, would send, for the demo. Pure."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from hub.contract import RawEvent, SimulatedKind, SimulatedMessage, Simulation


def simulate(said: SimulatedMessage) -> RawEvent | None:
    """Return the mail as it is fetched from the inbox, or None for what mail does not know."""
    match said.kind:
        case SimulatedKind.message:
            mail = _letter(said)
        case SimulatedKind.auto_reply:
            mail = _letter(said)
            mail["Auto-Submitted"] = "auto-replied"
        case SimulatedKind.bounce:
            mail = _bounce(said)
        case _:
            return None
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_part_{said.number}_{number}")
    return RawEvent(
        kind="mail/INBOX",
        body=mail.as_bytes(policy=SMTP),
        headers={"internaldate": said.at.isoformat()},
        received_at=said.received_at,
    )


def _letter(said: SimulatedMessage) -> EmailMessage:
    mail = _envelope(said)
    mail["From"] = _address(said.name, said.address or said.email)
    mail["Subject"] = said.subject
    if said.about:
        mail["In-Reply-To"] = mail["References"] = f"<{said.about}>"
    mail.set_content(said.text + _quote(said), cte="8bit")
    if said.html:
        mail.add_alternative(said.html + _html_quote(said), subtype="html", cte="8bit")
    for file in said.files:
        family, _, kind = file.media_type.partition("/")
        mail.add_attachment(file.content, family, kind, filename=file.name)
    return mail


def _envelope(said: SimulatedMessage) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    domain = (said.address or said.email).rpartition("@")[2]
    mail["Message-ID"] = f"<{said.number:08d}.{said.person}@{domain}>"
    mail["Date"] = format_datetime(said.at)
    mail["To"] = said.us
    return mail


def _address(name: str, address: str) -> Address:
    return Address(display_name=name, addr_spec=address)


def _intro(said: SimulatedMessage) -> str:
    return f"On {said.at:%d %b %Y}, {said.quoted_by} wrote:"


def _quote(said: SimulatedMessage) -> str:
    if not said.quoted:
        return "\n"
    lines = "\n".join(f"> {line}".rstrip() for line in said.quoted.splitlines())
    return f"\n\n{_intro(said)}\n{lines}\n"


def _html_quote(said: SimulatedMessage) -> str:
    if not said.quoted:
        return ""
    lines = "<br>".join(escape(line) for line in said.quoted.splitlines())
    return f'<div class="gmail_quote"><div>{escape(_intro(said))}</div><blockquote>{lines}</blockquote></div>'


def _bounce(said: SimulatedMessage) -> EmailMessage:
    """A delivery report as mail servers write it (RFC 3464)."""
    recipient = said.address or said.email
    domain = recipient.rpartition("@")[2]
    mail = _envelope(said)
    mail["From"] = _address("Mail Delivery System", f"mailer-daemon@{domain}")
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(f"Your message could not be delivered.\n\n<{recipient}>: {said.text}\n")
    mail.make_mixed()
    mail.set_type("multipart/report")
    mail.set_param("report-type", "delivery-status")
    report = EmailMessage(policy=SMTP)
    report["Reporting-MTA"] = f"dns; mx.{domain}"
    status = EmailMessage(policy=SMTP)
    status["Final-Recipient"] = f"rfc822; {recipient}"
    status["Action"] = "failed"
    status["Status"] = "5.1.1"
    status["Diagnostic-Code"] = f"smtp; {said.text}"
    delivery = EmailMessage(policy=SMTP)
    delivery["Content-Type"] = "message/delivery-status"
    delivery.set_payload([report, status])
    mail.attach(delivery)
    original = EmailMessage(policy=SMTP)
    original["From"] = said.us
    original["To"] = recipient
    original["Message-ID"] = f"<{said.about}>"
    original["Subject"] = said.subject
    returned = EmailMessage(policy=SMTP)
    returned["Content-Type"] = "message/rfc822"
    returned.set_payload([original])
    mail.attach(returned)
    return mail


SIMULATION = Simulation(
    write=simulate,
    address="support@halden.example",
    settings={
        "address": "support@halden.example",
        "display_name": "Halden Outdoor",
        "password": "demo",
        "imap_host": "imap.halden.invalid",
        "smtp_host": "smtp.halden.invalid",
    },
)
