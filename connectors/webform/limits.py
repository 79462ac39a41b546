"""What a form cannot do, in the words the composer shows."""

ANSWER_ELSEWHERE = (
    "Nothing can be sent through a form: nobody stays on its page to read an answer. Open the contact and write to "
    "their e-mail address or phone number instead."
)
