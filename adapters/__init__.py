"""Channels: each turns its payloads into the core's Inbound, and the core's cards into payloads."""
