"""What happens when nobody answers? Its steps and its words, for the cast of the demo page."""

from datetime import timedelta

from adapters.web.story.steps import Look, Presses, Step, Story, TimePasses, Until

_TEN_MINUTES = timedelta(minutes=10)
_LEAVING = _TEN_MINUTES
_RETURN = timedelta(minutes=100)
_WITH_HER = (
    "identification,charged_phone,emergency_numbers,documents_for_this_visit,"
    "a_plan_for_poor_signal,policy_read"
)
_SCRIPT = "Ring 999 now. Say this:"

SILENCE = Story(
    title="What happens when nobody answers?",
    steps=(
        Step(
            "{now}. Ana plans a visit to 14 Oak Road. Sam goes with her, and Bea knows of it. "
            "Mrs Shah and Mr Lee are asked to approve. If neither answers by {reminded_at}, they "
            "are reminded.",
            (Look("shah", "would like to visit"), Look("lee", "would like to visit")),
            (
                Presses(
                    "ana",
                    "Plan a visit",
                    {
                        "kind": "Attendance",
                        "place": "14 Oak Road",
                        "purpose": "Talk about lateness",
                        "appointment": "By phone",
                        "risks": "A large dog",
                        "companions": "sam",
                        "contact": "bea",
                        "leaving_at": _LEAVING,
                        "return_at": _RETURN,
                    },
                ),
            ),
        ),
        Step(
            "{now}. Mrs Shah presses Approve. Ana and Sam are told at once. Why Ana goes "
            "disappears from the leaders’ chats, now that it is decided.",
            (
                Look("ana", "Approved by Mrs Shah"),
                Look("sam", "Approved by Mrs Shah"),
                Look("shah", "Approved by Mrs Shah"),
            ),
            (Presses("shah", "Approve"),),
        ),
        Step(
            "{now}. Ana ticks what she carries and who is really going, and leaves. The office, "
            "Mr Lee and Bea are told who is out, where, and when they are due back. From now on "
            "Doorstep watches.",
            (
                Look("office", "Out: Ana Teach and Sam Assist"),
                Look("ana", "You are out"),
                Look("lee", "Out: Ana Teach and Sam Assist"),
            ),
            (
                TimePasses(_LEAVING),
                Presses("ana", "I'm leaving now", {"kit": _WITH_HER}),
            ),
        ),
        Step(
            "{now}. Ana and Sam arrive, and each of them says so. If they say nothing more, "
            "Doorstep asks them at {asked_at}.",
            (Look("office", "arriving"), Look("ana", "You are out"), Look("sam", "You are out")),
            (
                TimePasses(_TEN_MINUTES),
                Presses("ana", "I've arrived"),
                Presses("sam", "I've arrived"),
            ),
        ),
        Step(
            "{now}. No word since they arrived. Doorstep asks Ana and Sam, each on their own "
            "phone: are you OK? If there is no answer by {reply_by}, the office is told.",
            (Look("ana", "Ana, are you OK?"), Look("sam", "Sam, are you OK?")),
            (Until("ana", "Ana, are you OK?"),),
        ),
        Step(
            "{now}. Nobody answers. Doorstep asks both of them once more.",
            (Look("ana", "Once more: Ana"), Look("sam", "Once more: Sam")),
            (Until("ana", "Once more: Ana, are you OK?"),),
        ),
        Step(
            "{now}. Still no answer. The office is told whom to ring, on which number, and "
            "where they are. Bea is told too. If nobody takes it by {second_rung_at}, Mr Lee is "
            "asked.",
            (Look("office", "Please ring them now."),),
            (Until("office", "Please ring them now."),),
        ),
        Step(
            "{now}. Ana and Sam read that their colleagues are looking for them. If they press "
            "I’m OK now, each for themselves, the alarm ends here. They don’t.",
            (Look("ana", "Are you OK? "), Look("sam", "Are you OK? ")),
        ),
        Step(
            "{now}. Nobody in the office has taken it. Mr Lee, a senior leader, is asked to find "
            "out whether they are safe. If nobody takes it by {third_rung_at}, the Head and the "
            "safeguarding lead are asked.",
            (Look("lee", "Please find out whether"), Look("office", "Mr Lee")),
            (Until("lee", "Please find out whether"),),
        ),
        Step(
            "{now}. Mrs Shah and Ms Okoro are asked. If nobody takes it by {repeated_at}, "
            "everybody is told again, and then again, until one named person has it.",
            (
                Look("okoro", "Please find out whether"),
                Look("shah", "Please find out whether"),
            ),
            (Until("okoro", "Please find out whether"),),
        ),
        Step(
            "{now}. They and Mr Lee also get the words for a call to 999: who, where, last heard "
            "when, their car, known risks. It goes to them alone, never to the office channel.",
            (Look("okoro", _SCRIPT), Look("shah", _SCRIPT), Look("lee", _SCRIPT)),
        ),
        Step(
            "{now}. Mr Lee presses I’m on it. Everybody who was told sees his name. If he hasn’t "
            "settled it by {held_until}, Doorstep tells everybody again.",
            (Look("lee", "You have it, until"), Look("office", "Mr Lee has it, until")),
            (TimePasses(timedelta(minutes=2)), Presses("lee", "I'm on it")),
        ),
        Step(
            "{now}. Mr Lee has reached them. He presses They are safe, says how he knows, and "
            "chooses: No, keep watching. Everybody who was told is told that it is over.",
            (Look("lee", "It's over:"), Look("office", "It's over:")),
            (
                TimePasses(timedelta(minutes=3)),
                Presses(
                    "lee",
                    "They are safe",
                    {"how": "I spoke to both. They left their phones in the car.", "over": "no"},
                ),
            ),
        ),
        Step(
            "{now}. The alarm is over, the watch is not. Doorstep asks Ana and Sam again. If "
            "there is no answer by {reply_by}, the alarm goes on where it was.",
            (Look("ana", "Ana, are you still OK?"), Look("sam", "Sam, are you still OK?")),
            (Until("ana", "Ana, are you still OK?"),),
        ),
        Step(
            "{now}. This time both press I’m OK. If they say nothing more, they are reminded "
            "shortly before they are due back.",
            (Look("ana", "I heard from you at"), Look("sam", "I heard from you at")),
            (
                TimePasses(timedelta(minutes=1)),
                Presses("ana", "I'm OK"),
                Presses("sam", "I'm OK"),
            ),
        ),
        Step(
            "{now}. Ana and Sam are nearly due. If they aren’t back and don’t answer by "
            "{grace_ends}, all of it begins again.",
            (Look("ana", "You are due back at"), Look("office", "are due back at")),
            (Until("ana", "You are due back at"),),
        ),
        Step(
            "{now}. Ana and Sam press I’m back. The office reads that both of them are back. Only "
            "now does the watch end.",
            (
                Look("office", "Ana Teach and Sam Assist are back"),
                Look("ana", "You are back"),
                Look("sam", "You are back"),
            ),
            (
                TimePasses(timedelta(minutes=2)),
                Presses("ana", "I'm back"),
                Presses("sam", "I'm back"),
            ),
        ),
    ),
    end="That is the whole story. Everything you see really works: play on from here, or start "
    "again.",
)
