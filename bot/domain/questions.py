"""What a policy may want said in a request, besides what no request goes without: where it is said,
the clause that wants it, and how it is asked for and missed.

A policy names these by field: ``request.asks`` (what is missing stands in bold before whoever
approves), ``request.needs`` (without it no request is sent), and the same for one kind of visit.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """``rule`` names the clause, ``ask`` is put to the lead, ``missed`` stands before approvers."""

    rule: str
    ask: str
    missed: str


QUESTIONS: Mapping[str, Question] = {
    "family": Question(
        "purpose",
        "Which pupil or family is it about?",
        "It is not said which pupil or family it is about.",
    ),
    "why_not_in_school": Question(
        "necessary",
        "Why can't the parent come in, or be seen just before or after school, or ring at break?",
        "It is not said why the parent can't come in, or be seen just before or after school, or "
        "ring at break.",
    ),
    "to_see": Question("to_see", "Who do you need to see?", "It is not said who is to be seen."),
    "discussion": Question(
        "discussion",
        "What do you plan to talk about?",
        "There is no plan for the discussion.",
    ),
    "who_does_what": Question(
        "who_does_what", "What does each of you do there?", "It is not said who does what."
    ),
    "needs": Question(
        "needs",
        "Which language do they speak, is an interpreter needed, and is there anything to know of "
        "religion or other needs?",
        "Nothing is said about language, an interpreter, religion or other needs.",
    ),
    "contact": Question(
        "contact",
        "Who else knows of it, and can be reached while you are out?",
        "Nobody is named who knows of it and can be reached.",
    ),
    "risks": Question(
        "alone",
        "Are any risks known?",
        "Nothing is said about risks.",
    ),
    "follow_up": Question(
        "abroad",
        "Will it be followed up? If so, when and how?",
        "It is not said if, when and how it will be followed up.",
    ),
    "more_help": Question(
        "abroad",
        "Where can the parents go for more help?",
        "It is not said where the parents can go for more help.",
    ),
}
ASKABLE = tuple(QUESTIONS)
