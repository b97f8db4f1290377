"""What each check looks for, in words for the machines that show them: SARIF rules, CI, spreadsheets."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """`name` in PascalCase as SARIF wants it; `short` one sentence; `help` what to do about a finding."""

    name: str
    short: str
    help: str


RULES = {
    "quotation": Rule("Quotation", "Quote marks hold words that the original does not quote, or leave out words that it does; or no original holds the quote.",
                      "Compare the words inside the marks with the original's quote; paraphrase stands without marks."),
    "negation": Rule("Negation", "A negation was dropped, added or moved to other words.",
                     "Read both sentences aloud and ask what is denied: 未必, 并非, 不得不 and 除非 often turn around in translation."),
    "number": Rule("Number", "A number, its unit or its approximator has another value than in the original.",
                   "Work the value out again (万 is 10⁴, 亿 is 10⁸) and keep 近, 逾, 约 as nearly, over, about."),
    "time": Rule("Time", "A date, duration, order or tense differs from the original's.",
                 "Check the date against the date line, and whether it was done, is going on or is planned (拟, 将, 已)."),
    "modality": Rule("Modality", "Possibility, duty or expectation is stronger or weaker than in the original.",
                     "Keep 或 as may, 应 as should, 将 as will; do not make a possibility a fact."),
    "hedge": Rule("Hedge", "The original hedges what the draft states, or the other way round.",
                  "Keep 据称, 似乎, 我想 (reportedly, it seems, I think) as weak as they were."),
    "emphasis": Rule("Emphasis", "A word of emphasis was lost or added.",
                     "Keep 确实, 甚至, 仅 as indeed, even, only, and add none that the original lacks."),
    "attribution": Rule("Attribution", "Another speaker, or another act of speech, than in the original.",
                        "Let 说 be say and 强调 emphasize; a verb of speech is evidence of how it was said."),
    "name": Rule("Name", "A person, title, institution or place has no counterpart in the original.",
                 "Check the spelling and the office; 财务大臣 is no foreign minister."),
    "agent": Rule("Agent", "Another actor or owner than in the original.",
                  "Ask who does or owns it there: “there is a card” is not “we hold a card”."),
    "quantifier": Rule("Quantifier", "All, some, most, few or only differ from the original.",
                       "Keep the share that the original claims."),
    "condition": Rule("Condition", "A condition, cause or concession was lost, added or turned around.",
                      "Keep 若, 除非, 因, 尽管 as if, unless, because, although."),
    "figurative": Rule("Figurative", "A figure of speech was taken literally, or for another one.",
                       "Render what the idiom means; keep the strength of a metaphor (牌 < 筹码 < 王牌)."),
    "omission": Rule("Omission", "Words of the original have nothing that answers them in the draft.",
                     "Translate them, or make sure that leaving them out changes nothing."),
    "addition": Rule("Addition", "Words of the draft have nothing that accounts for them in the original.",
                     "Take them out, or attribute them to where they come from."),
    "term": Rule("Term", "The draft does not use the term that the termbase demands.",
                 "Use the term of the termbase, or correct the termbase."),
}


def rule(check: str) -> Rule:
    """The rule of a check; a plain one for a check that is not known here."""
    return RULES.get(check) or Rule(check.replace("-", " ").title().replace(" ", ""), f"A finding of the check “{check}”.", "Compare with the original.")
