"""Chinese (and Japanese) amounts by value; give simplified text with half-width digits (`Language.fold`)."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from . import approximators, numerals
from .numerals_zh import NUMBER, NUMERAL, Value, read
from .quantities import Quantity
from .taken import Taken

_N = NUMBER
_SHARES = re.compile(
    rf"(?P<among>每(?P<of>{_N})(?P<each>[人名个位户家辆对宗起])[^，。；：、\d]{{0,8}}?(?:[中里内](?:就|便|即|约|则)?有(?P<some>{_N})(?:(?P=each)|[人名个位](?!月))|(?:就|便|即)?有(?P<some2>{_N})人(?![员士])))|"
    rf"(?P<percent>(?<!第)百分之\s?(?P<of100>{_N})\s?(?:(?:至|到|-|~)\s?(?:百分之)?\s?(?P<of100b>{_N}))?)|"
    rf"(?P<part>(?P<below>(?<!第)[十百千万]|{_N})\s?分之\s?(?P<above>{_N}))|"
    rf"(?P<tenths>(?:(?P<t0>[一二两三四五六七八\d])(?:到|至|-|~|、)?(?=[一二两三四五六七八九\d]成))?(?P<t>[一二两三四五六七八九十\d]{{1,2}})(?:成|割)(?P<t2>[一二三四五六七八九半])?(?(t2)|(?:(?<=[约近逾超过占有达][一二两三四五六七八九十]成)|(?<=[中，；：][二两三四五六七八九]成)|(?!为))(?!都[^不没未无是有在会能要]|员(?!工)|[立功果就长本绩熟年份品交因型效群千吨批名婚家语像]|人(?:[家口们]|$)|不[变会]))(?P<more>[多余]?))|"
    rf"(?P<discount>(?P<d>[一二三四五六七八九]{{1,2}}|\d(?:\.\d|\d)?)(?<!一波三)折(?![叠磨腰射腾算合返中页戟]))|"
    rf"(?P<double>翻一番|翻番|翻倍|倍增|加倍|翻了一番|翻了一倍|增加一倍)|(?P<quad>翻(?:了)?[两二]番)|"
    rf"(?P<decade>(?P<tens>[三四五六七八九])旬(?!刊|报))|(?P<half>一半|半数|过半|大半|近半|对半|半额|半价|减半|折半|对折|腰斩)|(?P<two>双|两者|俩|两岸|两地|两会|一国两制)|(?P<three>仨)|(?P<vague>[数成]以(?P<scale>[十百千万亿]+)计|成百上千|成千上万|成千成万|千千万万)|(?P<slash>(?<![\d/.])\d{{1,2}}/\d{{1,3}}(?![\d/]))|(?P<vulgar>(?<!\d)\d{{0,9}}[½¼¾⅓⅔⅛])",
)
_SHARES_CUE = re.compile("[每分成割折番倍旬半斩双两俩仨计千/½¼¾⅓⅔⅛]")  # characters one of which is in all that the pattern above matches
_COUNT = re.compile(
    rf"(?P<ordinal>第\s?)?(?:(?P<sign>(?<![A-Za-z]){numerals.any_of(numerals.currency_signs())})\s?)?(?P<minus>(?<![\w\d)年月日号%])[-−－](?=\d)|负(?=[\d{NUMERAL[1:-1]}]))?"
    rf"(?P<number>{_N})(?P<more>\s?[多余几](?![\d%]))?"
)
_SUFFIX = re.compile(
    r"\s?(?:(?P<pp>个?百分点|个百分點|个点(?![位子心])|ポイント)|(?P<bp>个?基点)|(?P<percent>[%％]|巴仙|パーセント|厘(?![米升清毫钱]))|(?P<permille>‰)|(?P<times>倍)|(?P<age>周岁|岁|歳|歲))"
)
_DIGITS = dict(zip("零一二三四五六七八九", range(10)))
_REST = re.compile(r"(?:[一二三四五六七八九零]{1,2}|\d{1,2})(?![\d十百千万亿几多点.%％一二三四五六七八九零两至到、或])")
# 二度入狱: for the second time; 二度 of a temperature or an angle ends there.
_TIMES_OVER = re.compile(r"度(?=[^的，。、；：！？电角左右以上下之内外至到比斜倾经纬近高低）)\s\d])")
_TENTH = re.compile(r"\s?[角毛毫](?:(?P<cents>[一二三四五六七八九])分)?(?![色度落逐形膜楼力衫孩米克升秒安伏瓦厘发]|(?<=一毛)钱)")
_CENTS = re.compile(r"\s?分钱")
_PIECE = re.compile(rf"(?![钱多左上以的了就起半把{NUMERAL[1:-1]}])[\u4e00-\u9fff]")  # 一块纱布, 两块金牌: pieces
_SCORE_AFTER = re.compile(rf"比[\d{NUMERAL[1:-1]}]")  # 二比一
_SCORE_BEFORE = re.compile(rf"[\d{NUMERAL[1:-1]}]比$")
_NO_TENTHS = re.compile(rf"[\d{NUMERAL[1:-1]}第.]$|[\d{NUMERAL[1:-1]}][年月]$")
_LATIN_NAME = re.compile(r"[A-Za-z]-?$")


@lru_cache(maxsize=1)
def _idioms() -> re.Pattern:
    return re.compile(numerals.any_of(numerals.data()["zh"]["idioms"].split()))


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    return frozenset(numerals.data()["zh"]["measures"])


@lru_cache(maxsize=1)
def _money() -> re.Pattern:
    return re.compile(rf"\s?(?:多|余|几)?({numerals.any_of(numerals.currencies('zh'))})(?![件首旦老月素凶气帅音])")


@lru_cache(maxsize=1)
def _money_before() -> re.Pattern:
    return re.compile(rf"({numerals.any_of(numerals.currencies('zh'))})\s?$")


@lru_cache(maxsize=1)
def _units() -> re.Pattern:
    return re.compile(rf"\s?(?:多|余)?({numerals.any_of(numerals.units('zh'))})")


def find(text: str, claimed: list[tuple[int, int]]) -> list[Quantity]:
    """Amounts in order, none touching the ranges `claimed` (dates)."""
    found: list[Quantity] = []
    taken = Taken(len(text), claimed)
    for match in _SHARES.finditer(text) if _SHARES_CUE.search(text) else ():
        if taken.free(*match.span()) and (quantity := _share(text, match)):
            found.append(quantity)
            taken.take(*match.span())
    for match in _idioms().finditer(text):
        if not _idiom_is_count(text, match) and taken.free(*match.span()):
            taken.take(*match.span())
            found += _in_idiom(match)
    at = 0
    while match := _COUNT.search(text, at):
        at = match.end()
        if not taken.free(*match.span()):
            at = taken.after(*match.span())
        elif quantity := _count(text, match):
            found.append(quantity)
            at = quantity.end
        elif match.group("ordinal") is None:
            at = match.start("number") + 1
    found.sort(key=lambda q: q.start)
    return [_approximate(text, q) for q in _ranges(text, found)]


def _in_idiom(match: re.Match) -> list[Quantity]:
    """Its numerals, for a translation that keeps them (one country, two systems), asking for none."""
    counts = [(m.start() + match.start(), read(m.group())) for m in re.finditer(f"{NUMERAL}+", match.group())]
    return [Quantity(at, at + 1, value.low, value.high, kind="article", asks=False) for at, value in counts if value and 1 < value.low <= 10]


def _idiom_is_count(text: str, match: re.Match) -> bool:
    """三一 in 三一重工 is a name, 一点 a little, but 十分 after a number or 百分 before 之 are amounts."""
    before = text[match.start() - 1 : match.start()]
    if match.group() == "一点" and text[match.end() : match.end() + 1] in tuple(_DIGITS):
        return True  # 一点八倍
    return before != "" and before in "0123456789.一二两三四五六七八九十百千万亿几数第" and match.group()[0] in "一二三四五六七八九十百千万半两"


def _share(text: str, match: re.Match) -> Quantity | None:
    start, end = match.span()
    if match.group("among"):  # 每三人中有一人: one in three
        whole, some = read(match.group("of")), read(match.group("some") or match.group("some2"))
        if not whole or not some or not some.low < whole.low <= 100 or some.low != some.high:
            return None
        return Quantity(start, end, some.low / whole.low, some.low / whole.low, kind="fraction")
    if match.group("percent"):
        value, second = read(match.group("of100")), read(match.group("of100b")) if match.group("of100b") else None
        if not value:
            return None
        high = second.high if second else value.high
        return Quantity(start, end, value.low / 100, high / 100, kind="percent", approx=value.approx, digits=value.digits)
    if match.group("part"):
        below, above = read(match.group("below")), read(match.group("above"))
        if not below or not above or not below.low:
            return None
        return Quantity(start, end, above.low / below.low, above.high / below.low, kind="fraction", approx=above.approx)
    if match.group("tenths"):
        value = read(match.group("t"))
        if value is None or _NO_TENTHS.search(text[max(0, start - 2) : start]):
            return None
        more = Fraction(1, 2) if match.group("t2") == "半" else read(match.group("t2")).low / 10 if match.group("t2") else 0
        if value.high > 10:
            return None
        first = read(match.group("t0")) if match.group("t0") else value  # 两到三成, 三四成
        return Quantity(start, end, (first.low + more) / 10, (value.high + more) / 10, kind="percent", approx="over" if match.group("more") else None)
    if match.group("discount"):
        raw = match.group("d")
        parts = read(raw) if len(raw) == 1 or not raw[0].isdigit() or "." in raw else None
        size = Fraction(raw) / 10 if raw[0].isdigit() and len(raw) == 2 else parts.low if parts else None
        if size is None:
            return None
        share = size / 10 if size < 10 else size / 100
        return Quantity(start, end, share, share, kind="percent", others=(1 - share,))
    if match.group("double") or match.group("quad"):
        times = Fraction(2 if match.group("double") else 4)
        return Quantity(start, end, times, times, kind="multiple", others=(times - 1,))
    if match.group("vague"):
        scale = read("一" + match.group("scale")) if match.group("scale") else None
        low, high = (scale.low, scale.low * 10 - 1) if scale else (Fraction(100), Fraction(9_999)) if "百" in match.group() else (Fraction(1000), Fraction(99_999))
        return Quantity(start, end, low, high, approx="several", kind="range")
    if match.group("decade"):  # 七旬: in one's seventies
        tens = read(match.group("tens")).low * 10
        return Quantity(start, end, tens, tens + 9, "age", "several", "range", asks=False)
    if match.group("slash") or match.group("vulgar"):
        value = numerals.written_fraction(match.group())
        return Quantity(start, end, value, value, kind="fraction") if value else None
    if match.group("two") or match.group("three"):
        pair = Fraction(2 if match.group("two") else 3)
        return Quantity(start, end, pair, pair, kind="article", asks=False)
    if match.group("half"):
        half = Fraction(1, 2)
        approx = {"过": "over", "大": "over", "近": "nearly"}.get(text[start])
        if text[start] == "过" and text[start - 1 : start] in tuple("未没不"):
            start, approx = start - 1, "under"
        return Quantity(start, end, half, half, kind="fraction", approx=approx, asks=False)
    return None


def _count(text: str, match: re.Match) -> Quantity | None:
    words, start, end = match.group("number"), match.start(), match.end()
    value = read(words)
    if value is None:
        return None
    if match.group("more"):
        value = Value(value.low, value.high, "over", value.others, value.digits)
    arabic = words[0].isdigit()
    if match.group("ordinal"):
        return Quantity(start, match.end("number"), value.low, value.high, kind="ordinal", asks=value.low > 2, digits=value.digits)
    if arabic and not match.group("sign") and _LATIN_NAME.search(text[max(0, start - 2) : start]) or arabic and re.match(r"[A-Za-z]", text[end : end + 1]) and not _units().match(text, end):
        return Quantity(start, end, value.low, value.high, kind="name", asks=False, digits=value.digits)
    number = Quantity(start, end, value.low, value.high, "", value.approx, "cardinal", value.others, digits=value.digits)
    if match.group("minus"):
        number = replace(number, low=-number.high, high=-number.low, others=(*number.others, number.low))
    if match.group("sign"):
        return replace(number, kind="money", unit=numerals.currency_signs()[match.group("sign")])
    number = _with_unit(text, number)
    if not arabic and number.kind == "cardinal" and not number.unit and not _is_count(text, number, words):
        return None
    if words in ("一", "零", "〇", "0") or text[number.end : number.end + 1] == "强":
        return replace(number, kind="article", asks=False) if number.kind == "cardinal" else number
    if words == "两" and number.kind == "cardinal" and text[number.end : number.end + 1] in tuple("国队党地方侧头端派军者制"):
        return replace(number, asks=False)  # 两国: the countries, bilateral
    if not arabic and len(words) == 1 and re.search(r"、[^，。、；]{1,10}$", text[max(0, start - 12) : start]):
        return replace(number, asks=False)  # 浙江、云南两省: the list says it already
    if not arabic and words in ("十", "百", "千", "万", "亿", "千万", "百万") and not number.approx and not number.unit:
        return replace(number, asks=False)
    return number


def _is_count(text: str, q: Quantity, words: str) -> bool:
    """Whether a numeral in characters counts something: a measure word follows, or it can be nothing else."""
    after = text[q.end : q.end + 1]
    if _SCORE_AFTER.match(text, q.end) or _SCORE_BEFORE.search(text[max(0, q.start - 3) : q.start]):
        return True
    approximated = approximators.chinese(text, q.start, q.end).name is not None
    if len(words) == 1 or words in ("千万", "百万", "万亿", "亿万", "一万", "百千", "千百"):
        if words in "十百千万亿" and not after:
            return False
        if words == "千万" and re.match(r"[别不要记勿]", after):
            return False
        return after in _measures() and after != "" or q.approx is not None or words in ("百万", "万亿", "一万") or approximated and words not in "一"
    return re.search(r"[十百千万亿廿卅]", words) is not None or after in _measures() or len(set(words)) > 1 and len(words) == 2 and after != ""


def _with_unit(text: str, q: Quantity) -> Quantity:
    if match := _SUFFIX.match(text, q.end):
        if match.group("bp"):
            return replace(q, end=match.end(), low=q.low / 10000, high=q.high / 10000, kind="percentage-point")
        if match.group("pp") or match.group("percent"):
            kind = "percentage-point" if match.group("pp") else "percent"
            return replace(q, end=match.end(), low=q.low / 100, high=q.high / 100, kind=kind, others=tuple(o / 100 for o in q.others))
        if match.group("permille"):
            return replace(q, end=match.end(), low=q.low / 1000, high=q.high / 1000, kind="fraction")
        if match.group("times"):
            return replace(q, end=match.end(), kind="multiple", others=(*q.others, q.low + 1, q.low - 1))
        return replace(q, end=match.end(), unit="age")
    if match := _TENTH.match(text, q.end):
        cents = read(match.group("cents")).low / 100 if match.group("cents") else 0  # 四角二分
        return replace(q, end=match.end(), kind="money", unit="YUAN", low=q.low / 10 + cents, high=q.high / 10 + cents)
    if (match := _CENTS.match(text, q.end)) and text[q.start : q.end] != "一":  # not a cent
        return replace(q, end=match.end(), kind="money", unit="YUAN", low=q.low / 100, high=q.high / 100)
    prefix = _money_before().search(text[max(0, q.start - 5) : q.start])
    if (match := _money().match(text, q.end)) and not (match.group(1) == "块" and q.low <= 10 and _PIECE.match(text, match.end())):
        named = prefix.group(1) if prefix and match.group(1) in ("元", "圆", "块") else match.group(1)  # 新台币三千元
        return _and_rest(text, replace(q, end=match.end(), kind="money", unit=numerals.currencies("zh")[named]), match.group(1) == "块")
    if _TIMES_OVER.match(text, q.end) and q.end - q.start == 1 and not text[q.start].isdigit():
        return replace(q, end=q.end + 1, kind="ordinal")
    if match := _units().match(text, q.end):
        unit = numerals.units("zh")[match.group(1)]
        return _and_rest(text, replace(q, end=match.end(), unit=unit), unit == "m")
    if prefix:
        return replace(q, kind="money", unit=numerals.currencies("zh")[prefix.group(1)])
    return q


def _and_rest(text: str, q: Quantity, goes_on: bool) -> Quantity:
    """一米七五, 八块五: the decimals of a unit stand behind it."""
    rest = _REST.match(text, q.end) if goes_on and q.low == q.high else None
    if rest is None or text[rest.end() : rest.end() + 1] in _measures():
        return q
    digits = "".join(str(_DIGITS.get(c, c)) for c in rest.group())
    value = q.low + Fraction(int(digits), 10 ** len(digits))
    return replace(q, end=rest.end(), low=value, high=value, digits=max(2, len(digits) + 1))


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Neighbours joined: 3至5, 3%-5%, 三到五万."""
    joined: list[Quantity] = []
    for q in found:
        last = joined[-1] if joined else None
        link = text[last.end : q.start].strip() if last else ""
        if last and link in ("-", "–", "—", "~", "～", "至", "到", "或", "∼") and last.value is not None and q.value is not None:
            low = _scaled_like(text, last, q)
            change = link in ("至", "到") and re.search(r"[从由自][^，。,]{0,6}$", text[max(0, last.start - 8) : last.start])
            if low < q.low and not change and last.kind != "ordinal" and last.kind in ("cardinal", "article", q.kind):
                joined[-1] = replace(q, start=last.start, low=low, high=q.low, others=(), asks=True,
                                     kind="range" if q.kind == "cardinal" else q.kind)
                continue
        joined.append(q)
    return joined


def _scaled_like(text: str, a: Quantity, b: Quantity) -> Fraction:
    """The lower end in the unit of the upper: 3至5%, 5-6百万."""
    if b.kind in ("percent", "percentage-point") and a.kind in ("cardinal", "article"):
        return a.low / 100
    units = re.search(r"(?:[十百万亿兆]|千(?![瓦米克卡]))+", text[b.start : b.end])
    scale = read("一" + units.group()) if units else None
    if scale and a.low < 1000 and not re.search(r"[百千万亿兆]", text[a.start : a.end]) and a.low * scale.low < b.low:
        return a.low * scale.low
    return a.low


def _approximate(text: str, q: Quantity) -> Quantity:
    name = approximators.chinese(text, q.start, q.end).name if text[q.start : q.end] != "腰斩" else None
    if name is None or name == "reaching" and q.approx:
        return q
    return replace(q, approx=name) if q.approx is None or name not in ("over", "about") else q
