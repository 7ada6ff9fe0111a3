"""The leaving and the return in a line: by a time, or by how long."""

from datetime import timedelta

from bot.domain.moments import write_moment
from bot.domain.reading.lengths import read_length
from bot.domain.reading.marks import BACK, bare_time_ends_well, leads_to_time, strong_time
from bot.domain.reading.place import WRONG_TIME
from bot.domain.reading.when import Here, Unsure, read_when
from bot.domain.reading.wish.line import Doubt, Line
from bot.domain.reading.words import at, phrase
from bot.domain.school import School


def take_return(line: Line) -> bool:
    """``until 3.15``, ``back at 3``, and the ``to 3`` after a time."""
    end = phrase(line.words, line.i, *BACK)
    if not end and line.leaving and at(line.words, line.i) in {"to", "-", "–"}:
        after = line.i + 1
        end = after if bare_time_ends_well(line.words, after) else 0
    found = read_when(line.words, end, line.here) if end else None
    if found is None:
        return False
    line.back, line.i, line.marked = (end, found[1]), found[1], True
    return True


def take_length(line: Line) -> bool:
    """``for 45 min``; without the ``for`` once there is an address or a time."""
    start = line.i + 1 if at(line.words, line.i) == "for" else line.i
    length = read_length(line.words, start)
    if length is None or (start == line.i and not (line.place or line.leaving)):
        return False
    line.length = (start, length[1])
    line.i, line.marked = length[1], True
    return True


def take_leaving(line: Line) -> bool:
    """``at 2pm``, ``tomorrow 14:00``; a second time is a doubt."""
    start = leads_to_time(line.words, line.i)
    led = start > line.i
    if not strong_time(line.words, start) and not (led and bare_time_ends_well(line.words, start)):
        return False
    found = read_when(line.words, start, line.here)
    if found is None:
        return False
    when, line.i = found
    line.marked = True
    if isinstance(when, Unsure):
        line.doubts.append(_time_doubt("leaving_at", when, line.school))
    elif line.leaving and line.leaving != when:
        both = Unsure("There are two times. Which do you leave at?", (line.leaving, when))
        line.doubts.append(_time_doubt("leaving_at", both, line.school))
    else:
        line.leaving = when
    return True


def write_times(line: Line) -> str:
    """The leaving and the return as the form takes them. A return is read after the leaving; until
    that is known, it is given back as written.
    """
    zone = line.school.zone
    said = line.back if line.back[1] else line.length
    doubtful = any(doubt.field == "leaving_at" for doubt in line.doubts)
    if line.leaving is None or doubtful:
        return line.said(said)
    line.values["leaving_at"] = write_moment(line.leaving, zone)
    if not said[1]:
        return ""
    if line.back[1]:
        found = read_when(line.words, said[0], Here(line.leaving, zone, line.here.now))
        back = found[0] if found else line.leaving
    else:
        length = read_length(line.words, said[0])
        back = line.leaving + (length[0] if length else timedelta())
    if isinstance(back, Unsure):
        line.doubts.append(_time_doubt("return_at", back, line.school))
    else:
        line.values["return_at"] = write_moment(back, zone)
    return ""


def _time_doubt(name: str, unsure: Unsure, school: School) -> Doubt:
    return Doubt(name, unsure.why, time_options(unsure, school))


def time_options(unsure: Unsure, school: School) -> tuple[tuple[str, str], ...]:
    """Each moment that could be meant, as a form's value and as people read it."""
    local = [school.local(moment) for moment in unsure.options]
    return tuple(
        (write_moment(moment, school.zone), f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}")
        for moment in local
    )


def take_wrong_time(line: Line) -> bool:
    """``on 31 February``, ``at 25:00``, ``yesterday``: written as a time, and none."""
    led = leads_to_time(line.words, line.i)
    said = " ".join(word.text for word in line.words[led : led + 2])
    wrong = WRONG_TIME.match(f"{said} ")
    if wrong is None:
        return False
    end = led + len(wrong[0].split())
    shown = line.said((led, end))
    line.doubts.append(Doubt("leaving_at", f"I can't read {shown!r} as a time.".replace("'", "")))
    line.i, line.marked = end, True
    return True
