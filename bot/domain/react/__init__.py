"""``react(before, event, after, facts) -> shows``: who must be told what, by a card's name.

Pure and total over the events. The audiences stand in ``roles.py``; what each card shows to whom is
decided when it is drawn.
"""

from typing import assert_never

from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.react import (
    alarm,
    before_leaving,
    joining,
    out,
    standing_by,
    tidings,
    watching,
)
from bot.domain.shows import Show
from bot.domain.visit import Visit


def react(before: Visit, event: e.Event, after: Visit, facts: Facts) -> tuple[Show, ...]:
    """Give what must be shown because of one event, in the order it should be sent."""
    match event:
        case e.Asked():
            shows = before_leaving.asked(before, event, after, facts)
            return (*shows, *standing_by.asked(before, after, new=event.revision == 1))
        case e.Adjusted() | e.AppointmentMade():
            shows = before_leaving.adjusted(before, event, after)
            return (*shows, *standing_by.asked(before, after))
        case e.DroppedOut() | e.HandedOver():
            return (*before_leaving.other_people(before, after), *standing_by.asked(before, after))
        case e.StandByAgreed():
            return standing_by.agreed(event, before, after)
        case e.StandByRefused() | e.StandByLost():
            return standing_by.lost(event, before, after, facts)
        case e.StandByNamed():
            return standing_by.named(event, after)
        case e.AskedAgain():
            return before_leaving.asked_again(event, after, facts)
        case e.Reasked():
            return before_leaving.reasked(event, after, facts)
        case e.ApproversReminded():
            return before_leaving.reminded(event, after, facts)
        case e.PassedOn():
            return before_leaving.passed_on(event, after, facts)
        case e.Expired():
            return before_leaving.expired(before, after)
        case e.StageApproved() | e.FellShort() | e.Nudged() | e.Cancelled():
            return before_leaving.moved_on(event, after)
        case e.FullyApproved() | e.Declined() | e.ChangesWanted() | e.Withdrawn():
            return before_leaving.decided(after)
        case e.Departed():
            return out.departed(before, event, facts)
        case e.OfficeClosed():
            return out.office_closed(before, event)
        case e.WatchConfirmed():
            return watching.confirmed(before, after)
        case e.WatchAsked():
            return watching.asked(before, event, after)
        case e.WatchLost():
            return watching.lost(event, after, facts)
        case e.JoinedLate():
            return joining.joined(event, after, facts)
        case e.CheckedIn() | e.OutAgain():
            return out.heard(before, event, after)
        case e.CameBack():
            return out.came_back(event, after, facts)
        case e.ReturnMoved() | e.ExtensionAsked() | e.ExtensionRefused():
            return out.more_time(before, event, after, facts)
        case e.PlaceChanged() | e.Wrote():
            return out.said(event, after)
        case e.Prompted() | e.Chased():
            return out.prompted(event, after)
        case e.ReturnReminded() | e.ReturnCame() | e.CalledBack():
            return out.returning(event, after, facts)
        case e.FeltUneasy():
            return tidings.uneasy(before, event, after)
        case e.TidingsTold():
            return tidings.told(before, event, after)
        case e.TidingsSeen():
            return tidings.seen(event, after)
        case e.ConcernRaised():
            return tidings.raised(event)
        case e.ConcernExplained():
            return tidings.explained(event, after)
        case e.AmberEased():
            return tidings.eased(after)
        case e.LeaveNudged():
            return tidings.nudged(event)
        case e.Closed():
            return out.closed(after)
        case e.HelpAsked() | e.WentSilent():
            return alarm.in_trouble(before, event)
        case e.AlarmRaised():
            return alarm.raised(after)
        case e.Escalated():
            return alarm.escalated(before, event, after)
        case e.LimitPassed():
            return alarm.limit_passed(event, after, facts)
        case e.Owned() | e.Ringing():
            return alarm.owned(before, event)
        case e.MistakeClaimed():
            return alarm.mistake(event, after)
        case e.FoundSafe():
            return alarm.found_safe(event)
        case e.Doubted():
            return alarm.doubted(before, event)
        case e.AlarmEnded():
            return alarm.ended(before, event, after)
        case e.AlarmReopened():
            return alarm.reopened()
        case (
            e.RungReached()
            | e.OwnershipLapsed()
            | e.RisksShown()
            | e.AmberRaised()
            | e.TidingsHeard()
        ):
            return ()  # recorded; what people are told comes as the next rung, or the next event
        case _:
            assert_never(event)
