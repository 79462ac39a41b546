"""Reviewing calls: scorecards and their scores, reviews with reply and appeal, comments, clips, queues, rules. Pure."""
