"""A Slack workspace on 127.0.0.1 for tests. Strict: it refuses what Slack refuses."""
