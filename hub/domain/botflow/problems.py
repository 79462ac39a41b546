"""What may be wrong with a flow, and the channels whose limits it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.channel import Capabilities


class Level(StrEnum):
    """Whether a flow may be published in spite of it."""

    error = "error"
    warning = "warning"


class Code(StrEnum):
    """Every sort of problem, one sentence each, so that screens can say it in their language.

    Behind each stand the parameters of its sentence; problems of a step have its `name`, too.
    """

    # Drawn wrongly.
    no_start = "no_start"
    dead_end = "dead_end"  # way
    no_such_exit = "no_such_exit"  # way
    no_such_step = "no_such_step"  # way
    unreachable = "unreachable"
    endless = "endless"
    no_handover = "no_handover"
    no_such_file = "no_such_file"  # file
    empty_case = "empty_case"
    bad_address = "bad_address"
    no_such_flow = "no_such_flow"
    unpublished_flow = "unpublished_flow"
    few_options = "few_options"
    same_option = "same_option"
    same_label = "same_label"  # language
    no_reminder = "no_reminder"
    late_reminder = "late_reminder"
    # Not said. `text` is the text's name: text, retry, reminder, confirm_text, options.<id>
    no_text = "no_text"  # text
    missing_text = "missing_text"  # text, language
    bad_template = "bad_template"  # text, fault
    # More than a channel can carry.
    receive_only = "receive_only"  # channel, reason
    no_files = "no_files"  # channel
    sent_as_link = "sent_as_link"  # channel, file
    many_options = "many_options"  # channel, count
    too_long = "too_long"  # channel, language, length, limit
    # Not readable at all; each has `place`, such as “steps[3].url”.
    unknown_format = "unknown_format"  # format, known
    bad_languages = "bad_languages"
    too_many_steps = "too_many_steps"  # most
    same_step = "same_step"  # id
    no_such_kind = "no_such_kind"  # kind, known
    no_id = "no_id"
    lacking = "lacking"
    wrong_count = "wrong_count"  # count
    not_among = "not_among"  # value, known
    no_flag = "no_flag"
    no_number = "no_number"
    out_of_bounds = "out_of_bounds"  # least, most
    bad_id = "bad_id"
    no_object = "no_object"  # most
    no_list = "no_list"  # most
    no_words = "no_words"  # most
    bad_name = "bad_name"  # most
    unknown_part = "unknown_part"  # part, known


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong."""

    level: Level
    code: Code
    step: str
    """The step's id; empty for the flow as a whole."""
    field: str
    """The part of the step: an exit, a text's name."""
    words: str
    """The whole sentence in English."""
    parameters: Mapping[str, str | float]
    """What the sentence of the code names; `Code` says which there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class On:
    """A channel a flow is to run on."""

    name: str
    capabilities: Capabilities
