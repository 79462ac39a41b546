"""What one Discord message may hold.

https://docs.discord.com/developers/resources/message#create-message
"""

TEXT_LIMIT = 2000
MOST_PARTS = 10
FILE_LIMIT = 10 * 1024 * 1024
"""https://docs.discord.com/developers/reference#uploading-files: the default; boosted servers take more."""
FILES_AT_ONCE = 10
BUTTONS_LIMIT = 25
BUTTONS_IN_ROW = 5
LABEL_LIMIT = 80
"""https://docs.discord.com/developers/components/reference#button"""
