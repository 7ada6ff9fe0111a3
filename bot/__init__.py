"""The conversation core of Doorstep: what a home visit is, its rules, its ladder and its words.

Standard library only. It speaks cards, forms and commands as data, and refuses to know Slack,
Teams, SQL or HTTP.
"""
