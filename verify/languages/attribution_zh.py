"""Speaker and reporting verb of a Chinese quote; text in simplified script."""

from __future__ import annotations

import re

from .attribution import Attribution
from .speech import ReportingVerb, acts, data
from .speech_zh import find

_CLAUSE_START = re.compile(r"[。！？；;：:，,§”」』“「『\n]")
# What a subject ends at: adverbs, prepositions of place, topic and addressee, times.
_SUBJECT_END = re.compile(
    r"(?:在(?!野)|对(?!外[经贸关]|手|口|岸|方|冲)|向|就(?!业)|于|针对|面对|也|还|则|又|(?:曾|已)(?![^，]{0,10}的)|并|再|均|都|仍|正(?!义|大|部|副)|接受|通过(?!社)|日前|近日|随后|同日|当天|当日|当地时间|"
    r"今[天日晚早晨年]|昨[天日晚]|明[天日]|前[天日]|周[一二三四五六日末]|(?:星期|礼拜)[一二三四五六日天]|\d{1,2}月\d{1,2}日|\d{1,2}[日号]|凌晨|上午|下午|晚间|傍晚|早些时候|"
    r"差一?点|几乎|一度|多次|再次|一再|反复|公开|坦率|直接|明确|特别|专门|当场|事后|此前|最近|表示|被问|回答|回应|发表|透过|发文|致函|出席|强调|不断|首次|立即|(?:不|没有|未|将(?![军领士来])|(?<![员委监协工大国议商学教董机社年合])会(?![议员长主谈场馆见计社晤秘]))(?![^，]{0,10}的)|带着|含泪|低声|[苦微冷]?笑着|私下|进一步|补充|继续|接着|"
    r"指着|严厉|强烈|郑重|正式|共同|一致|纷纷|先后|连续|同时|其后|引述|引用|援引|却|更(?!多)|只|仅|才|便|亦|[当旋]即|即|暗|把|由(?!于)|被(?!告(?![知诉]))|连夜|离开?(?=[庭场席境])|抵达|步出|走出|返回)"
)
_LEAD = re.compile(r"^(?:据|根据|而|但|不过|然而|此外|另外|同时|对此|随后|因此|所以|并且|其中|最后|结果|如果|由于|当[时天日晚]|只见|于是|接着|然后|另一方面|另据|这时|那时|今天|昨天|\d{1,2}[日号]|\d{1,2}月\d{1,2}日|周[一二三四五六日])+")
_PHRASE = re.compile(r"^(?:在|对|就|针对|面对|对于|关于|自|从|当|经过|谈到|谈及|提到|被问及|被问到|接受)[^，。]*?(?:上|中|时|后|里|下|前|内|问题|方面|之际|期间|采访|一事|情况)(?=.)")
# A clause of time or manner between subject and verb has a verb of its own: 薛志宏[受访时], 他[哽咽地], 村民[住]在山里.
_WHEN = r"(?:时|后|期间|之际|之余|的时候)$"
_ACTIVITY = re.compile(
    r"(?:受访|受邀|应邀|接受|出席|参加|参与|主持|致[辞词]|演[讲说]|讲话|发言|会见|会晤|接见|访问|到访|来访|走访|访|视察|考察|调研|谈|聊|说起|提起|讲述|回顾|回想|回忆|"
    r"[离抵返回到]|住院|[出入][院庭狱]|获[释救奖选]|[上下][课班车台任]|[就卸]任|当选|开[会庭]|散会|休会|[赛战]|夺冠|落选|退役|看到|听[到闻]|得知|获悉|面对|站|坐|跪|走|拿|举)(?![人者员团方])"
    r"[^，]{0,14}?" + _WHEN)
_ENDS_IN_TIME = re.compile(r"(?<![太皇影歌天])" + _WHEN)
_PRONOUN = re.compile(r"[他她它我]们?|咱们|大家")
_MANNER = re.compile(r"(?<=.)[^\s的]{2}地$")
_ADVERBS = re.compile("(?:(?<=..)|(?<=[他她它我]))(?:" + "|".join(data()["chinese"]["adverbs"]) + ")+$")  # 陈坦然 is a name
_PLACE = re.compile("[内当基各产本外工土陆草湿圣场]地$")
_POSTURE = re.compile("(?<=.)(?:居住|住|站|坐|躺|跪|走|待|呆|蹲|守|等|忙|留)$")
_SCENE = r"(?:(?:例行)?(?:记者|新闻发布|发布|吹风|见面|座谈|听证|说明)会|会议|会谈|采访|访谈|受访|节目|仪式|典礼|论坛)(?:上|中|时|后|期间)"
_AT_SCENE = re.compile(r"^(?:例行|联合|闭门|国际|当天|首场)*" + _SCENE + "(?=.{2,})")
_THEN_SCENE = re.compile(r"(?<=..)(?:[在于])?" + _SCENE + "$")
_WHERE_FROM = re.compile(r"^(?:家住|住在|[身远]在|身处|[坐站]在|来自|出生[在于]|生活在|[任就]职于|[就]读于|毕业于|居住在|定居|旅居)[^，的]{1,16}的(?=.{2,})")
FAMILY_NAMES = frozenset(  # the commonest, of nine people in ten
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤柯翁洪习蓝游简")
_ALONE = frozenset("他她它我你您其")  # words of one character that can speak
_VERB = re.compile("(?:" + "|".join(sorted((verb for verb in acts("zh") if len(verb) > 1), key=len, reverse=True)) + ")(?![人者会稿员书权])")
_QUOTED = re.compile(r"(?:引述|援引|引用|转引)(?P<who>[^，。：]{2,20}?)(?:的话|的说法|消息|报道)?$")
_SILENT = re.compile("(?:未|没有?|不曾|不愿|拒绝)$")  # 草案未提及经费: what is not said opens no quote
_AFTER_VERB = re.compile(r"^(?:着|了|过|到|道|说|称)?\s*[：:，,]?\s*(?:[“「『\"‘]|$)")



def attribute(masked: str, start: int, end: int) -> Attribution | None:
    """The attribution of the quote `masked[start:end]` (marks included); quoted words are blanked out."""
    best: tuple[float, Attribution] | None = None
    for verb in find(masked):
        if _SILENT.search(masked[: verb.start]):
            continue
        gap = masked[verb.end : start] if verb.end <= start else masked[end : verb.start] if verb.start >= end else None
        if gap is None:
            continue
        distance = len(gap) + 30 * len(re.findall("§+", gap)) + 40 * len(re.findall("[。！？；]", gap))
        follows = verb.start >= end
        if follows:
            adjacent = len(gap) <= 24 and not re.search(r"[。！？；：]", gap.strip("，,。 ")) and _closes(masked[verb.end :])
            distance += 0 if adjacent else 20
        else:
            adjacent = bool(_AFTER_VERB.match(gap + masked[start : start + 1])) and len(gap) <= 4
        if distance <= 120 and (best is None or distance < best[0]):
            best = distance, Attribution(_speaker(masked, verb, end), verb.lemma, verb.start, verb.end, adjacent)
    return best[1] if best else None


def _closes(rest: str) -> bool:
    return bool(re.match(r"(?:着|了|过|道|说|称)?\s*(?:[。，,！？；]|$)", rest))


def _speaker(masked: str, verb: ReportingVerb, end: int) -> str | None:
    before = masked[: verb.start]
    if verb.start >= end:
        before = before[end:].lstrip("，,。 ”」』")
        before = before if before.strip() else ""
    clauses = _clauses(before)
    for clause in reversed(clauses[-4:]):
        if verb.act in ("say", "note", "believe") and (quoted := _QUOTED.search(clause)):
            return _clean(quoted.group("who"))
        if source := re.match(r"(?:另?据|根据)(.{2,20}?)(?:的)?(?:报道|报导|消息|报告)?$", clause):
            return _clean(source.group(1))
        if speaker := _subject(clause):
            return speaker
    return None


def _clauses(before: str) -> list[str]:
    return [part for part in _CLAUSE_START.split(before[-120:]) if part.strip()]


def _subject(clause: str) -> str | None:
    """The subject that a clause opens with, if it opens with one."""
    clause = clause.strip()
    for _ in range(3):
        shorter = _AT_SCENE.sub("", _WHERE_FROM.sub("", _PHRASE.sub("", _LEAD.sub("", clause))))
        if shorter == clause:
            break
        clause = shorter
    if clause.startswith(("报道", "报告", "消息")):
        return clause[:2]
    cuts = [match.start() for match in (_SUBJECT_END.search(clause), _VERB.search(clause), _ACTIVITY.search(clause), _THEN_SCENE.search(clause)) if match]
    subject = _ADVERBS.sub("", _POSTURE.sub("", clause[: min(cuts)]) if cuts else clause)
    if not _PLACE.search(subject):
        subject = _MANNER.sub("", subject)
    if _ENDS_IN_TIME.search(subject):  # a time whose verb we do not know
        pronoun = _PRONOUN.match(subject)
        subject = pronoun.group() if pronoun else ""
    return _clean(subject) if 0 < len(subject) <= 24 else None


def _clean(words: str) -> str | None:
    words = words.strip(" 　、的§“”\"'（(」』-–—").lstrip("）)》〉")
    if not words or len(words) == 1 and words not in _ALONE | FAMILY_NAMES or words in ("有", "这", "那", "且", "或", "等", "并", "而", "所") or re.search(r"[。；]", words):
        return None
    return words


def splits(gap: str) -> bool:
    """Whether a text between two pieces only says who speaks: ”，他说，“. It starts with the last character of the
    first piece and ends with the opening mark of the second."""
    inside = gap[2:-1].strip()
    if not inside or re.search(r"[。！？；：]", inside) or len(inside) > 40:
        return False
    verbs = find(gap)
    if not verbs or not inside.endswith(("，", ",", "道", "说")):
        return False
    rest = gap[verbs[-1].end : -1]
    return bool(re.fullmatch(r"(?:着|了|道|说|称)?\s*[，,]?\s*", rest))
