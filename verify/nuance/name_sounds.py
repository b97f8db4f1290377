"""Whether an English name can be the sound of a stretch of Chinese: 特朗普 Trump, 李克强 Li Keqiang.

Consonants carry a transliteration, vowels are filled in, so both sides are reduced to consonant classes and the name
is laid into the Chinese text at the least cost (Sellers 1980).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..align import lexicon

_INITIALS = {
    **dict.fromkeys(("b", "p"), "P"), **dict.fromkeys(("d", "t"), "T"), **dict.fromkeys(("g", "k"), "K"),
    **dict.fromkeys(("j", "q", "x", "zh", "ch", "sh", "z", "c", "s"), "S"), "h": "H", "f": "F", "m": "M", "n": "N",
    "l": "L", "r": "R", "w": "W", "y": "Y",
}
_ENGLISH = [
    ("tion", "SN"), ("sch", "S"), ("tch", "S"), ("ch", "S"), ("sh", "S"), ("ph", "F"), ("th", "S"), ("gh", ""), ("ck", "K"), ("qu", "K"),
    ("x", "KS"), ("ce", "S"), ("ci", "S"), ("cy", "S"), ("ge", "S"), ("gi", "S"), ("wr", "R"), ("kn", "N"), ("b", "P"), ("p", "P"),
    ("d", "T"), ("t", "T"), ("g", "K"), ("k", "K"), ("c", "K"), ("q", "K"), ("s", "S"), ("z", "S"), ("j", "S"), ("f", "F"), ("v", "F"),
    ("m", "M"), ("n", "N"), ("l", "L"), ("r", "R"), ("h", "H"), ("w", "W"), ("y", "Y"),
]
# Characters that transliterations are written with; a name is looked for where two or more of them stand together.
_USED = ("阿埃艾爱安昂奥澳巴白班邦保鲍贝本比彼毕宾波伯博勃布查昌楚次达大戴丹当道德登邓狄迪蒂丁东杜顿多厄恩尔法凡范方菲费芬丰冯佛夫弗福富噶盖甘冈高戈哥格葛根"
         "贡古瓜圭哈海汉豪赫黑亨洪侯胡华怀霍基吉季加佳贾简江杰捷金津京久居卡凯坎康考柯科可克肯孔库夸奎昆拉腊莱赖兰朗劳勒雷黎里理利立莲连廉良列烈林琳留龙隆卢鲁路伦罗"
         "洛吕马玛迈麦曼芒毛茅梅门蒙孟米密敏明缪摩莫默姆木穆拿内那娜纳南瑙讷尼年涅宁纽农努诺女欧帕派潘庞培佩彭蓬皮匹平珀坡蒲浦普奇齐契恰钱强乔切钦琼丘屈让热仁日荣茹儒瑞若"
         "撒萨塞赛三桑瑟森沙珊尚绍舍申圣施石史士舒朔斯思丝松苏索所塔台太泰坦汤唐陶忒特腾梯提田铁廷通图托脱瓦万旺威韦维魏温文沃乌武伍西希锡席夏香肖谢欣辛兴休许雪逊雅亚扬央耶叶"
         "伊因英永尤于约赞泽曾扎詹占哲珍治朱茨兹子宗祖佐川朴诗莎丽莉妮娃蕾薇茜黛翠桃芙葆兆哲恺弥摩帝陀释迦辛伽珂柏浩翰顺杭")
_STRETCH = re.compile(f"[{_USED}·•・]{{2,}}")
_WEAK = frozenset("HWYR")  # often silent or filled in
_LIKE = {frozenset(pair): cost for pair, cost in {
    ("L", "R"): 0.2, ("F", "W"): 0.2, ("H", "F"): 0.5, ("H", "K"): 0.4, ("S", "T"): 0.4, ("N", "M"): 0.4, ("S", "K"): 0.6,
    ("Y", "S"): 0.4, ("P", "F"): 0.5, ("W", "H"): 0.4, ("W", "K"): 0.6, ("W", "P"): 0.6}.items()}

# A Japanese name is written with characters that are read otherwise in Chinese: 加藤胜信 is Katsunobu Kato.
_ROMAJI = re.compile(r"(?:(?:[kgsztdnhbpmrwjf]|[kgnhbpmrst]y|sh|ch|ts|y)?(?:aa|ii|uu|ou|oo|[aeiou])(?:n(?![aeiouy])|m(?=[bp])|(?:k(?=k)|s(?=s)|t(?=t)|p(?=p)|t(?=ch)))?)+h?", re.IGNORECASE)
_OF_JAPAN = re.compile("日本|日方|日元|日银|东京|大阪|京都|自民党|佐藤|铃木|高桥|田中|伊藤|渡边|山本|中村|小林|加藤|吉田|山田|佐佐木|山口|松本|井上|木村|清水|斋藤|山崎|森田|池田|桥本|阿部|石川|前田|藤田|小川|冈田|"
                       "后藤|长谷川|村上|近藤|石井|坂本|远藤|青木|藤井|西村|福田|太田|三浦|藤原|松田|岸田|安倍|石破|菅义伟|高市|河野|茂木|麻生|小泉|植田|黑田|片山|大谷|[藤崎冈泽畑濑]")


def japanese(name: str, chinese: str) -> bool:
    """Whether a name can be a Japanese one and the Chinese text speaks of Japan: its sound then says nothing."""
    return len(name) >= 4 and bool(_ROMAJI.fullmatch(name)) and speaks_of_japan(chinese)


def speaks_of_japan(chinese: str) -> bool:
    return bool(_OF_JAPAN.search(chinese))


def distance(name: str, chinese: str) -> float:
    """Cost a consonant of the best place for `name` in simplified Chinese text: 0 exact, 1 nothing alike."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    if not letters or not chinese:
        return 1.0
    syllables = _pinyin(chinese)
    joined = "".join(syllables)
    if len(letters) > 3 and letters in joined:
        return 0.0
    sounds = _consonants(name)
    if not sounds:
        return 1.0
    return min((_laid(sounds, "".join(map(syllable, _pinyin(m.group())))) for m in _STRETCH.finditer(chinese)), default=1.0)


def transliterated(chinese: str) -> bool:
    """Whether all of it can be a foreign name; a single word of the table is one by itself (拜登)."""
    return bool(_STRETCH.fullmatch(chinese)) or lexicon.load().rendering(chinese)[1] > 0


def laid(name: str, chinese: str) -> float:
    """As `distance`, in a text that is known to be a name: any of its characters can be the sound."""
    sounds = _consonants(name)
    return _laid(sounds, "".join(map(syllable, _pinyin(chinese)))) if sounds else 1.0


def _laid(sounds: str, text: str) -> float:
    """Cost a consonant of laying the name's sounds somewhere into the text's."""
    row = [0.0] * (len(text) + 1)  # the name may begin anywhere
    for sound in sounds:
        previous, row = row, [row[0] + _skip(sound)]
        for j, other in enumerate(text):
            row.append(min(previous[j] + _swap(sound, other), previous[j + 1] + _skip(sound), row[j] + _skip(other)))
    return min(row) / max(1.0, sum(_skip(s) for s in sounds))


def _skip(sound: str) -> float:
    return 0.3 if sound in _WEAK else 0.5 if sound == "n" else 1.0


def _swap(a: str, b: str) -> float:
    a, b = a.upper(), b.upper()
    return 0.0 if a == b else _LIKE.get(frozenset((a, b)), 1.0)


@lru_cache(maxsize=4096)
def _consonants(name: str) -> str:
    word, sounds = re.sub(r"[^a-z]", " ", name.lower()), ""
    at = 0
    while at < len(word):
        for spelling, sound in _ENGLISH:
            if word.startswith(spelling, at):
                if not (sound and sounds.endswith(sound)):
                    sounds += sound
                # Vowels that make a consonant soft are vowels still.
                at += len(spelling) - (1 if len(spelling) == 2 and spelling[1] in "eiy" else 0)
                break
        else:
            at += 1
    return sounds


@lru_cache(maxsize=8192)
def syllable(pinyin: str) -> str:
    """Classes of the initial and, in lower case, of a final n or ng."""
    match = re.match(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)", pinyin)
    initial = _INITIALS.get(match.group(1), "")
    if pinyin in ("er", "r"):
        return "R"
    return initial + ("n" if match.group(2).endswith(("n", "ng")) else "")


@lru_cache(maxsize=256)
def _pinyin(chinese: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return [s.lower() for s in lazy_pinyin(chinese, errors=lambda x: None) if s]
