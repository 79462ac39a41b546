"""Reviewing calls: scorecards, reviews with reply and appeal, comments, playlists, queues, scores over time."""
