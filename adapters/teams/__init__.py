"""Microsoft Teams: Adaptive Cards in personal chat and the office's channel."""
