"""What an earlier Doorstep stored, word for word as it did, is read by this one."""

from datetime import UTC, datetime

from bot.domain.plan import Details, External, Note, Plan
from bot.domain.visit import Approved, Visit, Vote
from storage.codec import read_details, read_state

STATE_1 = (
    '{"school":"st-example","id":"v1","reference":"V-1001","lead":"sam",'
    '"created_at":"2026-11-24T13:00:00+00:00","plan":{"leaving_at":"2026-11-24T13:15:00+00:00",'
    '"return_at":"2026-11-24T14:00:00+00:00","companions":["ali"],"contact":"kim"},"phase":{'
    '"votes":[{"stage":0,"by":"kim","at":"2026-11-24T13:05:00+00:00"}],'
    '"at":"2026-11-24T13:05:00+00:00","stages":[["head"]],"nudged":false,"is":"Approved"},'
    '"revision":1,"version":2,"policy":null}'
)
DETAILS_1 = (
    '{"schema":1,"place":"1 Road","kind":"","family":"","purpose":"why","why_not_in_school":"",'
    '"to_see":"","appointment":"","risks":"","needs":"","who_does_what":"","external":{"name":"Ed",'
    '"organisation":"","phone":""},"notes":[{"at":"2026-11-24T13:01:00+00:00","by":"kim",'
    '"about":"changes","text":"later"}]}'
)


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC)


def test_a_visit_from_before_plans_could_change_is_read() -> None:
    assert read_state(STATE_1, 1) == Visit(
        school="st-example",
        id="v1",
        reference="V-1001",
        lead="sam",
        created_at=at(13, 0),
        plan=Plan(at(13, 15), at(14, 0), ("ali",), "kim"),
        details=None,
        phase=Approved((Vote(0, "kim", at(13, 5)),), at(13, 5), (("head",),)),
        version=2,
        earlier=None,
    )


def test_its_details_are_read_too() -> None:
    assert read_details(DETAILS_1.encode()) == Details(
        place="1 Road",
        purpose="why",
        external=External("Ed"),
        notes=(Note(at(13, 1), "kim", "changes", "later"),),
        earlier=None,
    )
