"""What one Discord message may hold.

https://docs.discord.com/developers/resources/message#create-message
"""

TEXT_LIMIT = 2000
MOST_PARTS = 10
FILE_LIMIT = 10 * 1024 * 1024
"""https://docs.discord.com/developers/reference#uploading-files: the default; boosted servers take more."""
FILES_AT_ONCE = 10
