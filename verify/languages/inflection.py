"""English word forms: enough inflection for a vocabulary entry like `deny~` to match denied and denying."""

from __future__ import annotations

import re

_IRREGULAR = """
be is are was were been being am|become becomes became becoming|begin begins began begun beginning|bid bids bidding
bear bears bore borne bearing|beat beats beaten beating|bind binds bound binding|blow blows blew blown blowing
break breaks broke broken breaking|bring brings brought bringing|build builds built building|buy buys bought buying
catch catches caught catching|choose chooses chose chosen choosing|come comes came coming|cut cuts cutting
deal deals dealt dealing|do does did done doing|draw draws drew drawn drawing|drive drives drove driven driving
fall falls fell fallen falling|feel feels felt feeling|fight fights fought fighting|find finds found finding
flee flees fled fleeing|fly flies flew flown flying|forbid forbids forbade forbidden forbidding|forget forgets forgot forgotten
forgo forgoes forwent forgone forgoing|get gets got gotten getting|give gives gave given giving|go goes went gone going
grow grows grew grown growing|have has had having|hear hears heard hearing|hide hides hid hidden hiding
hit hits hitting|hold holds held holding|hurt hurts hurting|keep keeps kept keeping|know knows knew known knowing
lay lays laid laying|lead leads led leading|leave leaves left leaving|lend lends lent lending|let lets letting
lose loses lost losing|make makes made making|mean means meant meaning|meet meets met meeting|pay pays paid paying
put puts putting|quit quits quitting|read reads reading|repay repays repaid|rise rises rose risen rising|run runs ran running
say says said saying|see sees saw seen seeing|seek seeks sought seeking|sell sells sold selling|send sends sent sending
set sets setting|shake shakes shook shaken shaking|shed sheds shedding|show shows showed shown showing
shrink shrinks shrank shrunk shrinking|shut shuts shutting|sink sinks sank sunk sinking|speak speaks spoke spoken speaking
spend spends spent spending|spread spreads spreading|stand stands stood standing|steal steals stole stolen stealing
stick sticks stuck sticking|strike strikes struck striking|swear swears swore sworn swearing|sweep sweeps swept sweeping
take takes took taken taking|teach teaches taught teaching|tear tears tore torn tearing|tell tells told telling
think thinks thought thinking|throw throws threw thrown throwing|understand understands understood understanding
undo undoes undid undone undoing|win wins won winning|withdraw withdraws withdrew withdrawn withdrawing
withhold withholds withheld withholding|write writes wrote written writing|overrun overruns overran|overcome overcomes overcame
man men|woman women|person people persons|child children|analysis analyses|crisis crises|die dies died dying|lie lies lied lying
tie ties tied tying|swing swings swung swinging|arise arises arose arisen arising|mislead misleads misled misleading|overtake overtakes overtook overtaken overtaking|undertake undertakes undertook undertaken
owe owes owed owing|feed feeds fed feeding|flee fled|foresee foresaw foreseen|freeze freezes froze frozen|hang hung|leap leapt|light lit
mistake mistook mistaken|oversee oversaw overseen|outdo outdid outdone|rebuild rebuilt|ride rode ridden|ring rang rung|seek|shoot shoots shot shooting
sing sang sung|slide slid|spin spun|split splits splitting|spring sprang sprung|sweep|swim swam swum|undercut|unwind unwound|wake woke|wear wore worn|weave wove
uphold upholds upheld upholding
""".strip()
_FORMS = {row.split()[0]: row.split() for line in _IRREGULAR.splitlines() for row in line.split("|")}
# Verbs of more than one syllable that double their last letter.
_DOUBLED = re.compile(r"^(?:[^aeiou]*[aeiou][bdgklmnprtz]|admit|commit|omit|permit|refer|prefer|occur|defer|deter|rebut|regret|submit|compel|"
                      r"dispel|expel|control|forbid|forget|begin|quit|plan|equip|transfer|cancel|signal|label|level|travel|rival)$")
_SINGLE = re.compile(r"(?:[wxy]|[aeiou]{2}[a-z])$")


def forms(word: str) -> list[str]:
    """All forms of a verb or noun, the word itself first: deny → deny, denies, denied, denying."""
    word = word.lower()
    if word in _FORMS:
        return _FORMS[word]
    prefix, _, stem = word.rpartition("-")
    if prefix and stem in _FORMS:
        return [f"{prefix}-{form}" for form in _FORMS[stem]]
    if re.search(r"[^aeiou]y$", word):
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    third = word + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", word) else "s")
    if word.endswith("e"):
        return [word, third, word + "d", (word if word.endswith(("ee", "oe", "ye")) else word[:-1]) + "ing"]
    doubled = word + word[-1] if _DOUBLED.match(word) and not _SINGLE.search(word) else word
    return list(dict.fromkeys([word, third, doubled + "ed", doubled + "ing", word + "ed", word + "ing"]))


_PASTS = frozenset(form for row in _FORMS.values() for form in row)


def is_verb_form(word: str) -> bool:
    """Whether a word looks like an inflected verb: the -ed or -ing of any verb, or a form of an irregular one."""
    word = word.lower()
    return word in _PASTS or bool(re.search(r"[a-z]{2}(?:ed|ing)$", word))
