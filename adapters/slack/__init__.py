"""Slack: cards become blocks, forms become modals, payloads become the core's Inbound.

``blocks`` and ``modal`` draw, ``inbound`` and ``fields`` read, ``front`` listens (HTTP or Socket
Mode), ``answering`` answers, ``channel`` sends. ``plugged`` puts them together.
"""
