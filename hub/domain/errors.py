"""What can go wrong, as a tree. Every error says in words what happened and what to do.

HubError
  NotFound                  no such record, or none you may see
  Conflict                  the record changed meanwhile, or exists already
  Forbidden                 your role may not do this
  Invalid                   what you sent does not fit; says which part
  CannotSend                the channel cannot carry this; nothing was sent
  (hub.contract.errors)
  ConnectorError
    WebhookRejected         not from the provider: nothing is stored
    UnparseableEvent        we do not understand it: the raw event stays and is replayed after a fix
    CredentialsRefused      a person must act
    SendError               one question: may I send it again?
      Rejected              certain, final
      RetryLater            certain, passing; may say when
      OutcomeUnknown        it may have gone out
    FetchFailed             an attachment could not be fetched
"""


class HubError(Exception):
    """Everything the hub raises on purpose. The message is written for a person."""


class NotFound(HubError):
    """No such record, or none you may see."""


class Conflict(HubError):
    """The record changed meanwhile, or exists already."""


class Forbidden(HubError):
    """Your role may not do this."""


class Invalid(HubError):
    """What you sent does not fit; the message says which part and why."""


class CannotSend(HubError):
    """The channel cannot carry this; nothing was sent."""
