"""A strict Teams: an issuer of tokens, a connector, and people who read and press."""
