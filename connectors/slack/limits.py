"""What one Slack message may hold.

https://docs.slack.dev/reference/methods/chat.postMessage (text: 4,000 characters advised, cut at 40,000)
"""

TEXT_LIMIT = 4000
MOST_PARTS = 10
FILE_LIMIT = 1024 * 1024 * 1024
"""https://slack.com/help/articles/201330736-Add-files-to-Slack"""
BUTTONS_LIMIT = 25
LABEL_LIMIT = 75
SECTION_LIMIT = 3000
"""https://docs.slack.dev/reference/block-kit/blocks/actions-block, …/section-block, …/block-elements/button-element"""
