"""A Slack workspace on 127.0.0.1 for tests. It is strict: whatever Slack refuses, it refuses too."""
