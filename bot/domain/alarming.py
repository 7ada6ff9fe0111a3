"""Words of danger. A cry for help takes more shapes than a table has lines; what else sounds like
danger is told to whoever watches at once. It knows nothing of who is called what, or who is out.

Misreading towards help is the safe side (S4): nothing here is ever read as OK.
"""

import re

from bot.domain.reading.words import bag

_ALARMING = re.compile(
    # asking for help, and whom
    r"\b(help\w*|999|112|police|ambulance|emergency|sos|mayday|cymorth|heddlu|perygl|ambiwlans|"
    r"come quick\w*|come now|please come|come and (get|fetch|find)|come get|fetch (me|us)|get me|"
    r"get us|pick (me|us) up|"
    r"(ring|call|phone) (me|us)( back)? (now|quick\w*|urgent\w*|asap|please)|"
    r"(ring|call|phone) (me|us)$|hurry|urgent\w*|"
    # weapons, blows, threats
    r"danger\w*|threat\w*|attack\w*|kni(fe|ves|fed)|blades?|weapons?|guns?|machete|axe|hammer|"
    r"baseball bat|stab\w*|shot|shoot\w*|kill\w*|kidnap\w*|abduct\w*|hostage|rap(e|ed|ist|ing)|"
    r"assault\w*|grope[ds]?|grab(s|bed|bing)?|push(es|ed|ing)? (me|us|him|her|sam)|pushed|"
    r"shov(e|es|ed|ing)|punch\w*|kick(s|ed|ing)|slap(s|ped|ping)?|strangl\w*|chok(e|ed|es|ing)|"
    r"spat|spit(s|ting)?|threw|throwing|smash\w*|hit(s|ting)? (me|us|him|her)|"
    r"hit sam|beat(ing|en)?|"
    r"hurt\w*|injur\w*|bleeding|blood\w*|bitten|bit me|unconscious|collapsed|faint(ed|ing)?|"
    r"not breathing|can.?t breathe|fire|"
    # fear
    r"scared|scary|frighten\w*|afraid|terrified|fear|panic\w*|worried|uneasy|unsafe|"
    r"not (feeling |very |really |too )?(safe|ok|okay|fine|alright|all right|well|good)|"
    r"(isn.?t|aren.?t|wasn.?t|don.?t feel|do not feel|doesn.?t feel|didn.?t feel|never felt)"
    r"( very| really| at all)? (safe|ok|okay|fine|right|good|alright|comfortable)|"
    r"(don.?t|do not) like (this|it here|him|her|them)|something.?s? (is )?wrong|gone wrong|"
    r"can.?t (talk|speak)|cannot (talk|speak)|"
    # held there
    r"lock(s|ed|ing)?\b|trapped|stuck|cornered|being held|held (me|us|here|back|against)|"
    r"holding (me|us)|"
    r"block(s|ed|ing)|barred|bolted|"
    r"(won.?t|will not|wouldn.?t|not|isn.?t|aren.?t|doesn.?t|don.?t|refus\w+ to|hasn.?t|stop\w*)"
    r" (let|lets|letting|allow|allowing) (me|us|him|her|sam|them|go)|won.?t let|"
    r"let (me|us) (out|go)|"
    r"get out|get away|run(ning)? away|escape\w*|hiding|hid (in|from|behind)|"
    r"can.?t leave|cannot leave|can.?t get|cannot get|can.?t go|unable to leave|"
    r"(took|taken|takes|taking|has|got|stole|grabbed) (my|our|sam.?s|her|his) "
    r"(phone|mobile|keys|bag|car keys)|"
    # others there
    r"follow(ing|ed|s) (me|us)|followed|chas(e|ed|es|ing)|outnumbered|surround\w*|"
    r"(two|three|four|five|several|some|more|other|2|3|4|5) (men|blokes|lads|guys|strangers)|"
    r"drunk|drugs|shout\w*|yell\w*|scream\w*|swear\w*|abusive|aggressive|aggression|violen\w*|"
    r"angry|kicking off|lost it)\b"
)
_SLIPS = frozenset({"hlep", "hepl", "ehlp", "jelp", "hrlp", "hekp", "heko", "halp", "yelp"})
_SLIPS |= {"h elp", "he lp", "hel p", "heelp"}
_HURRY = bag("please pls plz now quick quickly hurry asap urgently urgent fast up here")
_WHOM = bag("me us him her them sam")
_NO_CRY = bag(
    "doorstep desk menu page topic topics command commands text file planning plan visit visits",
    "policy form forms guide info information with using leaving button buttons not",
)
"""After ``help``, these ask how something works."""
_NO_SUBJECT = bag(
    "no nobody noone not dont doesnt didnt never who does do did is are if may might why when",
    "cant wont without you",
)
_NEEDS = re.compile(r"(\w+(?: \w+)?) (?:needs?|wants?) (?:some |urgent |your |our )?help\b(.*)")


def sounds_alarming(text: str) -> bool:
    """Whether words that mean no press sound like danger: whoever watches is told at once."""
    return _ALARMING.search(text.casefold().replace("’", "'")) is not None


def cries_for_help(words: str) -> bool:
    """Whether a whole message, in lower case and without punctuation, is a call for help that no
    table lists: ``help us``, ``help help``, ``help sam is hurt``, ``sam needs help``; and a slip of
    the finger, which is forgiven here and nowhere else.
    """
    if words in _SLIPS:
        return True
    parts = [("help" if _one_slip(each) else each) for each in words.split()]
    if parts[:1] == ["please"]:
        parts = parts[1:]
    if parts[:1] == ["help"]:
        return _after_help([each for each in parts[1:] if each != "help"])
    if parts[-1:] == ["help"] and {*parts[:-1]} <= _HURRY | _WHOM | {"sos", "police"}:
        return True
    needs = _NEEDS.fullmatch(" ".join(parts))
    return (
        needs is not None
        and not {*needs[1].split()} & _NO_SUBJECT
        and {*needs[2].split()} <= _HURRY | {"help"}
    )


def _after_help(rest: list[str]) -> bool:
    """Nothing, or somebody, or haste, or what else sounds like danger."""
    others = [each for each in rest if each not in _HURRY | _WHOM]
    if not others:
        return True
    if {*others} & _NO_CRY:
        return False
    return len(rest) == 1 or sounds_alarming(" ".join(others))


def _one_slip(word: str) -> bool:
    """``helpp``, ``hellp``, ``heeelp``: its letters all there, some of them too often."""
    return 4 <= len(word) < 20 and re.sub(r"(.)\1+", r"\1", word) == "help"
