"""Surveys: kept by admins, asked once a conversation is resolved, answered by customers, told in reports."""
