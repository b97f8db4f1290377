"""Wrong translations made from right ones: one word, phrase or clause changed, dropped, added or moved.

Works on the tokeniser's pieces of a pair (Chinese, English) and its word links, and says which pieces of both sides
are concerned and what kind of fault it is. What replaces a word is drawn from the words that stand between the same
neighbours in the corpus, or from the groups of `confusions.toml`, and is never something that the lexicon holds for
a translation of the source: the reader must need the source to see the fault.
"""

from __future__ import annotations

from pathlib import Path

import numba
import numpy as np
import tomllib

KINDS = ("ok", "number", "time", "negation", "modality", "emphasis", "hedge", "attribution", "name", "quantifier",
         "condition", "agent", "figurative", "omission", "addition", "quotation")
CODE = {name: i for i, name in enumerate(KINDS)}
FUNCTION = frozenset(["a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is", "are", "was", "were", "be", "been", "being", "it", "its", "this", "that", "these", "those", "and", "or", "but", "he", "she", "they", "them", "his", "her", "him", "their", "i", "me", "my", "we", "our", "us", "you", "your", "who", "which", "what", "there", "than", "then", "so", "if", "not", "no", "do", "does", "did", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "also"])
AUXILIARIES = ["is", "are", "was", "were", "will", "would", "can", "could", "should", "may", "might", "do", "does", "did", "has", "have", "had", "must"]
OPENERS = ["in", "on", "at", "by", "for", "with", "from", "over", "under", "after", "before", "during", "into", "as", "and", "while", "when", "because", "including", "despite"]
QUOTES_EN, QUOTES_ZH = ("“", "”", '"'), ("“", "”", "「", "」", '"')


@numba.njit(cache=True)
def between(first, second, follow_at, follow, follow_n, precede_at, precede, precede_n, seen):
    """Tokens that stand after `first` and before `second`, each with how well it fits both."""
    a, a_end = follow_at[first], follow_at[first + 1]
    b, b_end = precede_at[second], precede_at[second + 1]
    size = min(a_end - a, b_end - b)
    tokens, fit = np.empty(size, np.int32), np.empty(size, np.float64)
    n = 0
    while a < a_end and b < b_end:
        if follow[a] == precede[b]:
            tokens[n] = follow[a]
            fit[n] = follow_n[a] * precede_n[b] / seen[follow[a]]
            n, a, b = n + 1, a + 1, b + 1
        elif follow[a] < precede[b]:
            a += 1
        else:
            b += 1
    return tokens[:n], fit[:n]


def compressed(first, second, count, size):
    """Rows of a sparse matrix: where each row begins, its columns in order, their values."""
    order = np.lexsort((second, first))
    return np.searchsorted(first[order], np.arange(size + 1)), second[order].astype(np.int32), count[order].astype(np.float64)


class Corpus:
    """Token ids of all pairs, which tokens follow which, and the lexicon."""

    def __init__(self, folder: Path):
        import sentencepiece

        data = np.load(folder / "ids.npz")
        self.ids = {side: data[side] for side in ("zh", "en")}
        self.ends = {side: data[f"{side}_ends"] for side in ("zh", "en")}
        self.origin, self.names = data["origin"], [str(n) for n in data["names"]]
        self.links = np.load(folder / "links.npz")["en_to_zh"]
        self.spm = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
        self.size = self.spm.get_piece_size()
        self.pieces = [self.spm.id_to_piece(i) for i in range(self.size)]
        self.starts = np.array([p.startswith("▁") for p in self.pieces])
        self.letters = np.array([p.lstrip("▁").isascii() and p.lstrip("▁").isalpha() for p in self.pieces])
        self.digits = np.array([p.lstrip("▁").isdigit() for p in self.pieces])
        self.breaks = self.starts | ~(self.letters | self.digits)  # a token that ends the word before it
        self.upper = np.array([p.lstrip("▁")[:1].isupper() for p in self.pieces])
        self.low = [p.lstrip("▁").lower() for p in self.pieces]
        en = self.ids["en"]
        self.seen = np.bincount(en, minlength=self.size)
        ending = np.bincount(en[:-1][self.breaks[en[1:]]], minlength=self.size)
        self.whole = self.starts & self.letters & (ending > 0.85 * self.seen) & (self.seen >= 25)
        self.content = self.whole & np.array([w not in FUNCTION and len(w) > 2 for w in self.low])
        self.chains = {side: self._chains(self.ids[side]) for side in ("en", "zh")}
        self.seen_zh = np.bincount(self.ids["zh"], minlength=self.size)
        self.content_zh = np.array([any("\u3400" <= c < "\ua000" for c in p) for p in self.pieces]) & (self.seen_zh >= 25)
        lexicon = np.load(folder / "lexicon.npz")
        self.from_zh, self.from_en = {}, {}
        for z, e, p in zip(lexicon["zh"].tolist(), lexicon["en"].tolist(), np.minimum(lexicon["en_given_zh"], lexicon["zh_given_en"]).tolist()):
            if p < 80:  # probability over 2%
                self.from_zh.setdefault(z, []).append(e)
                self.from_en.setdefault(e, []).append(z)

    def _chains(self, ids):
        code = ids[:-1].astype(np.int64) * self.size + ids[1:]
        pairs, count = np.unique(code, return_counts=True)
        pairs, count = pairs[count >= 2], count[count >= 2]
        first, second = pairs // self.size, pairs % self.size
        seen = np.maximum(1, np.bincount(ids, minlength=self.size)).astype(np.float64)
        return (*compressed(first, second, count, self.size), *compressed(second, first, count, self.size), seen)

    def follows(self, side: str, first: int, second: int) -> bool:
        at, tokens, _ = self.chains[side][:3]
        row = tokens[at[first] : at[first + 1]]
        place = np.searchsorted(row, second)
        return bool(place < len(row) and row[place] == second)

    def pair(self, row: int):
        z, e = self.ends["zh"], self.ends["en"]
        return self.ids["zh"][z[row] : z[row + 1]].tolist(), self.ids["en"][e[row] : e[row + 1]].tolist(), self.links[e[row] : e[row + 1]].tolist()


class Example:
    """A pair under distortion. `zh`, `en`: tokens; `*_bad`: kind of fault of each, 0 for none; `link`: en → zh place or -1."""

    def __init__(self, zh, en, link):
        self.zh, self.en, self.link = list(zh), list(en), list(link)
        self.zh_bad, self.en_bad = [0] * len(zh), [0] * len(en)

    def replace_en(self, start, end, tokens, kind, mark_source=True):
        """Put `tokens` for en[start:end]; the source words that the old ones rendered are marked too."""
        old = [i for i in self.link[start:end] if i >= 0]
        if mark_source:
            for i in old:
                self.zh_bad[i] = kind
        place = old[0] if old else -1
        self.en[start:end] = tokens
        self.en_bad[start:end] = [kind] * len(tokens)
        self.link[start:end] = [place] + [-1] * (len(tokens) - 1) if tokens else []

    def delete_zh(self, start, end):
        del self.zh[start:end], self.zh_bad[start:end]
        shift = end - start
        self.link = [-1 if start <= i < end else i - shift if i >= end else i for i in self.link]


class Distorter:
    def __init__(self, corpus: Corpus, confusions: Path, seed: int = 0):
        self.corpus, self.rng = corpus, np.random.default_rng(seed)
        self.phrases: dict[int, list] = {}
        encode = lambda text: tuple(t for t in corpus.spm.encode(text)) if not text.startswith("%") else tuple(corpus.spm.encode("1" + text)[1:])
        for kind, table in tomllib.loads(confusions.read_text(encoding="utf-8")).items():
            for group in table["groups"]:
                for one in group:
                    if not one.strip():
                        continue
                    others = [(encode(o) if o else (), CODE[kind]) for o in group if o != one]
                    for text, rest in ((one, others), (one[0].upper() + one[1:], [(encode_capital(o, encode), CODE[kind]) for o in group if o != one])):
                        tokens = encode(text)
                        known = self.phrases.setdefault(tokens[0], [])
                        entry = next((e for e in known if e[0] == tokens), None)
                        if entry is None:
                            known.append((tokens, list(rest)))
                        else:
                            entry[1].extend(rest)
        for known in self.phrases.values():
            known.sort(key=lambda e: -len(e[0]))
        # What `confusions.toml` lets vanish can be put where it was not, too.
        self.optional = [(tokens, kind) for known in self.phrases.values() for tokens, others in known for rest, kind in others
                         if not rest and corpus.pieces[tokens[0]][1:2].islower() and kind != CODE["negation"]]
        ids = lambda words: {t for w in words for t in (encode(w)[0], encode(w.capitalize())[0])}
        self.auxiliaries, self.openers = ids(AUXILIARIES), ids(OPENERS)
        self.no = {"not": encode("not"), "never": encode("never")}
        self.comma = {i for i, p in enumerate(corpus.pieces) if p in (",", ".", ";", ":")}
        self.quote_en = {i for i, p in enumerate(corpus.pieces) if p.lstrip("▁") in QUOTES_EN}
        self.quote_zh = {i for i, p in enumerate(corpus.pieces) if p.lstrip("▁") in QUOTES_ZH}
        self.stop_zh = {i for i, p in enumerate(corpus.pieces) if p in ("，", "。", "；", "：", "、", "“", "”")}
        self.open_quote = encode("“x")[0], encode("x”")[-1]
        self.numbers = {n: np.flatnonzero(corpus.digits & (np.char.str_len([p.lstrip("▁") for p in corpus.pieces]) == n) & corpus.starts) for n in range(1, 5)}
        self.ways = [(0.24, self.substitute), (0.36, self.confuse), (0.06, self.negate), (0.06, self.renumber), (0.12, self.drop), (0.10, self.add),
                     (0.06, self.swap), (0.05, self.intensify), (0.03, self.drop_source), (0.03, self.quote)]
        self.chance = np.array([w for w, _ in self.ways]) / sum(w for w, _ in self.ways)

    def __call__(self, zh, en, link) -> Example:
        """No fault (2 of 5), one (2 of 5) or two; and now and then a synonym, which is none."""
        one = Example(zh, en, link)
        if self.rng.random() < 0.25:
            self.synonym(one)
        for _ in range(self.rng.choice(3, p=(0.4, 0.42, 0.18))):
            for _ in range(4):
                if self.ways[self.rng.choice(len(self.ways), p=self.chance)][1](one):
                    break
        return one

    # ---- helpers

    def words(self, one: Example):
        """[start, end) of the words of the English side."""
        c, spans, start = self.corpus, [], None
        for i, t in enumerate(one.en):
            if c.breaks[t]:
                if start is not None:
                    spans.append((start, i))
                start = i if c.starts[t] and (c.letters[t] or c.digits[t]) else None
        if start is not None:
            spans.append((start, len(one.en)))
        return spans

    def pick(self, items):
        return items[self.rng.integers(len(items))] if len(items) else None

    def fitting(self, side, first, second, allowed, banned):
        """A token between two others, drawn by fit; None if there is none."""
        tokens, fit = between(first, second, *self.corpus.chains[side])
        if not len(tokens):
            return None
        keep = allowed[tokens]
        tokens, fit = tokens[keep], fit[keep] ** 0.6
        good = [i for i, t in enumerate(tokens.tolist()) if t not in banned] if len(tokens) < 3000 else list(range(0, len(tokens), 3))
        if not good:
            return None
        fit = fit[good]
        return int(tokens[good][self.rng.choice(len(good), p=fit / fit.sum())])

    def meanings(self, one: Example) -> set:
        return {e for z in one.zh for e in self.corpus.from_zh.get(z, ())}

    def alike(self, a: int, b: int) -> bool:
        a, b = self.corpus.low[a], self.corpus.low[b]
        n = min(len(a), len(b))
        return a == b or (n >= 4 and a[: max(4, n - 2)] == b[: max(4, n - 2)])

    # ---- faults

    def substitute(self, one: Example) -> bool:
        """Another content word that fits between the neighbours; or, one time in seven, the same on the Chinese side."""
        c = self.corpus
        if self.rng.random() < 0.14:
            places = [i for i in range(1, len(one.zh) - 1) if c.content_zh[one.zh[i]] and not one.zh_bad[i]]
            i = self.pick(places)
            if i is None:
                return False
            banned = {one.zh[i], *(z for e in one.en for z in c.from_en.get(e, ()))}
            new = self.fitting("zh", one.zh[i - 1], one.zh[i + 1], c.content_zh, banned)
            if new is None or set(c.pieces[new]) & set(c.pieces[one.zh[i]]):
                return False
            one.zh[i], one.zh_bad[i] = new, CODE["figurative"]
            for j, k in enumerate(one.link):
                if k == i:
                    one.en_bad[j] = CODE["figurative"]
            return True
        spans = [(s, e) for s, e in self.words(one) if e < len(one.en) and c.content[one.en[s]] and e == s + 1 and not one.en_bad[s]]
        span = self.pick(spans)
        if span is None:
            return False
        s, e = span
        old = one.en[s]
        new = self.fitting("en", one.en[s - 1] if s else one.en[-1], one.en[e], c.content, self.meanings(one) | {old})
        if new is None or self.alike(old, new) or (c.upper[old] != c.upper[new] and s > 0):
            return False
        kind = "name" if c.upper[new] and c.upper[old] and s > 0 else "figurative"
        one.replace_en(s, e, [new], CODE[kind])
        return True

    def confuse(self, one: Example) -> bool:
        """A member of a closed class for another."""
        found = []
        for i, t in enumerate(one.en):
            for tokens, others in self.phrases.get(t, ()):
                if tuple(one.en[i : i + len(tokens)]) == tokens and (i + len(tokens) == len(one.en) or self.corpus.breaks[one.en[i + len(tokens)]]):
                    found.append((i, i + len(tokens), others))
                    break
        if not found:
            return False
        # Rare words rather than the dozen that every sentence has.
        weight = np.array([1 / (1 + self.corpus.seen[one.en[i]]) ** 0.35 for i, _, _ in found])
        i, j, others = found[self.rng.choice(len(found), p=weight / weight.sum())]
        tokens, kind = self.pick(others)
        if any(one.en_bad[i:j]):
            return False
        if not tokens:
            return self.remove(one, i, j, kind)
        if not any(k >= 0 for k in one.link[i:j]) and self.rng.random() < 0.5:
            return False  # nothing in the source that we know of: may be idle
        one.replace_en(i, j, list(tokens), kind)
        return True

    def remove(self, one: Example, i: int, j: int, kind: int) -> bool:
        """Delete en[i:j] where the text still reads well; its source words are marked."""
        lost = [k for k in one.link[i:j] if k >= 0]
        kept = {k for n, k in enumerate(one.link) if not i <= n < j}
        lost = [k for k in lost if k not in kept]
        if not lost or (i > 0 and j < len(one.en) and not self.corpus.follows("en", one.en[i - 1], one.en[j])):
            return False
        one.replace_en(i, j, [], kind, mark_source=False)
        for k in lost:
            one.zh_bad[k] = kind
        # Words between the lost ones that nothing else renders belong to them.
        linked = set(one.link)
        for k in range(min(lost), max(lost)):
            if k not in linked and max(lost) - min(lost) < 8:
                one.zh_bad[k] = kind
        return True

    def drop(self, one: Example) -> bool:
        """A word, a phrase or a clause left out."""
        spans = self.words(one)
        if len(spans) < 5:
            return False
        if self.rng.random() < 0.45:  # from an opener or a comma to the next mark or opener
            starts = [i for i, t in enumerate(one.en) if i and (t in self.openers or t in self.comma)]
            i = self.pick(starts)
            if i is None:
                return False
            ends = [j for j in range(i + 2, min(i + 14, len(one.en))) if one.en[j] in self.comma or one.en[j] in self.openers]
            j = self.pick(ends)
            if j is None:
                return False
            return self.remove(one, i, j, CODE["omission"])
        n = self.rng.integers(len(spans))
        last = min(len(spans) - 1, n + int(self.rng.choice([0, 0, 0, 1, 2])))
        return self.remove(one, spans[n][0], spans[last][1], CODE["omission"])

    def add(self, one: Example) -> bool:
        """A word between two others, or a phrase of another sentence before a mark."""
        c = self.corpus
        spans = self.words(one)
        if len(spans) < 3:
            return False
        if self.rng.random() < 0.65:
            s, _ = self.pick(spans[1:])
            new = self.fitting("en", one.en[s - 1], one.en[s], c.content & ~c.upper, self.meanings(one) | set(one.en))
            if new is None:
                return False
            one.replace_en(s, s, [new], CODE["addition"])
            return True
        zh, en, link = c.pair(int(self.rng.integers(len(c.origin))))
        begin = [i for i, t in enumerate(en) if t in self.openers and c.starts[t]]
        i = self.pick(begin)
        if i is None:
            return False
        ends = [j for j in range(i + 2, min(i + 9, len(en))) if en[j] in self.comma]
        marks = [k for k in range(2, len(one.en)) if one.en[k] in self.comma]
        k = self.pick(marks)
        if not ends or k is None:
            return False
        phrase = en[i : ends[0]]
        known = self.meanings(one) | set(one.en)
        if any(c.content[t] and t in known for t in phrase) or any(t in self.quote_en for t in phrase):
            return False
        one.replace_en(k, k, phrase, CODE["addition"])
        return True

    def intensify(self, one: Example) -> bool:
        """A word of force, doubt or degree that the source does not have."""
        c = self.corpus
        tokens, kind = self.pick(self.optional)
        if any(t in self.meanings(one) or t in one.en for t in tokens):
            return False
        gaps = [s for s, _ in self.words(one)[1:] if c.follows("en", one.en[s - 1], tokens[0]) and c.follows("en", tokens[-1], one.en[s])]
        s = self.pick(gaps)
        if s is None:
            return False
        one.replace_en(s, s, list(tokens), kind)
        return True

    def negate(self, one: Example) -> bool:
        places = [i for i, t in enumerate(one.en) if t in self.auxiliaries and i + 1 < len(one.en) and not one.en_bad[i]]
        i = self.pick(places)
        if i is None or not self.corpus.starts[one.en[i + 1]]:
            return False
        if one.en[i + 1] == self.no["not"][0]:
            return self.remove(one, i + 1, i + 2, CODE["negation"]) if self.rng.random() < 0.9 else False
        word = self.no["not" if self.rng.random() < 0.8 else "never"]
        one.replace_en(i + 1, i + 1, list(word), CODE["negation"])
        if one.link[i] >= 0:
            one.zh_bad[one.link[i]] = CODE["negation"]
        return True

    def renumber(self, one: Example) -> bool:
        c = self.corpus
        places = [i for i, t in enumerate(one.en) if c.digits[t] and c.starts[t]]
        i = self.pick(places)
        if i is None:
            return False
        size = len(c.pieces[one.en[i]].lstrip("▁"))
        new = int(self.pick(self.numbers.get(size, [one.en[i]])))
        if new == one.en[i]:
            return False
        one.replace_en(i, i + 1, [new], CODE["number"])
        return True

    def swap(self, one: Example) -> bool:
        """Two names, two figures or two content words change places."""
        c = self.corpus
        spans = [(s, e) for s, e in self.words(one) if s > 0 and not any(one.en_bad[s:e])]
        kinds = ([(s, e) for s, e in spans if c.upper[one.en[s]]], [(s, e) for s, e in spans if c.digits[one.en[s]]],
                 [(s, e) for s, e in spans if c.content[one.en[s]] and not c.upper[one.en[s]]])
        pool = self.pick([k for k in kinds[:2] if len(k) > 1] or [kinds[2]])
        if len(pool) < 2:
            return False
        a, b = sorted(self.rng.choice(len(pool), 2, replace=False))
        (s, e), (t, f) = pool[a], pool[b]
        if f - s > 16 or one.en[s:e] == one.en[t:f]:
            return False
        first, second = one.en[s:e], one.en[t:f]
        if not (c.follows("en", one.en[s - 1], second[0]) and c.follows("en", one.en[t - 1], first[0])):
            return False
        link = one.link[s:e], one.link[t:f]
        one.replace_en(t, f, first, CODE["agent"])
        one.replace_en(s, e, second, CODE["agent"])
        shift = len(second) - len(first)
        one.link[s : s + len(second)], one.link[t + shift : t + shift + len(first)] = link[1], link[0]
        return True

    def drop_source(self, one: Example) -> bool:
        """Chinese words left out, so that what renders them has nothing behind it."""
        n = int(self.rng.choice([1, 1, 2, 3]))
        if len(one.zh) < 8:
            return False
        i = int(self.rng.integers(1, len(one.zh) - n))
        if any(t in self.stop_zh for t in one.zh[i : i + n]) or not self.corpus.follows("zh", one.zh[i - 1], one.zh[i + n] if i + n < len(one.zh) else one.zh[-1]):
            return False
        gone = [j for j, k in enumerate(one.link) if i <= k < i + n]
        if not gone or gone[-1] - gone[0] > 2 * len(gone):
            return False
        one.delete_zh(i, i + n)
        for j in range(gone[0], gone[-1] + 1):
            one.en_bad[j] = CODE["addition"]
        return True

    def quote(self, one: Example) -> bool:
        """Quotation marks lost, moved, or put where none belong."""
        marks = [i for i, t in enumerate(one.en) if t in self.quote_en]
        spans = self.words(one)
        if len(marks) == 2 and self.rng.random() < 0.75:
            kind = CODE["quotation"]
            if self.rng.random() < 0.5:
                for i in reversed(marks):
                    one.replace_en(i, i + 1, [], kind, mark_source=False)
                for k, t in enumerate(one.zh):
                    if t in self.quote_zh:
                        one.zh_bad[k] = kind
                return True
            ends = [e for s, e in spans if marks[0] + 1 < e < marks[1] - 1 or marks[1] + 2 < e <= marks[1] + 6]
            e = self.pick(ends)
            if e is None:
                return False
            mark = one.en[marks[1]]
            low, high = sorted((e, marks[1]))
            if e < marks[1]:
                one.replace_en(marks[1], marks[1] + 1, [], 0)
                one.replace_en(e, e, [mark], kind)
                high += 1
            else:
                one.replace_en(e, e, [mark], kind)
                one.replace_en(marks[1], marks[1] + 1, [], 0)
            for j in range(low, min(high, len(one.en))):
                one.en_bad[j] = kind
            return True
        if marks or any(t in self.quote_zh for t in one.zh) or len(spans) < 6:
            return False
        n = int(self.rng.integers(1, len(spans) - 3))
        m = min(len(spans) - 1, n + int(self.rng.integers(0, 5)))
        s, e = spans[n][0], spans[m][1]
        if any(one.en[k] in self.comma for k in range(s, e)) or any(one.en_bad[s:e]):
            return False
        kind = CODE["quotation"]
        first = self.corpus.pieces[one.en[s]].lstrip("▁")
        head = self.corpus.spm.encode("“" + first)
        middle = one.en[s + 1 : e]
        place = one.link[s]
        one.replace_en(s, e, [*head, *middle, self.open_quote[1]], kind, mark_source=False)
        one.link[s + len(head) - 1] = place
        return True

    def synonym(self, one: Example) -> bool:
        """Another translation of the same source word: no fault."""
        c = self.corpus
        places = [(s, e) for s, e in self.words(one) if e == s + 1 and e < len(one.en) and s > 0 and c.content[one.en[s]] and one.link[s] >= 0]
        span = self.pick(places)
        if span is None:
            return False
        s, e = span
        others = [t for t in c.from_zh.get(one.zh[one.link[s]], ()) if c.content[t] and t != one.en[s] and c.upper[t] == c.upper[one.en[s]]
                  and c.follows("en", one.en[s - 1], t) and c.follows("en", t, one.en[e])]
        new = self.pick(others)
        if new is None:
            return False
        one.en[s] = new
        return True


def encode_capital(text: str, encode) -> tuple:
    return encode(text[0].upper() + text[1:]) if text.strip() else ()


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    corpus = Corpus(options.data)
    make = Distorter(corpus, Path(__file__).with_name("confusions.toml"))
    near = np.flatnonzero(np.isin(corpus.origin, [corpus.names.index(n) for n in ("nyt_study_notes", "news_commentary_sample")]))
    for row in make.rng.choice(near, options.count):
        one = make(*corpus.pair(int(row)))
        show = lambda ids, bad: "".join((f"[{corpus.pieces[t]}:{KINDS[b]}]" if b else corpus.pieces[t]) for t, b in zip(ids, bad)).replace("▁", " ")
        if any(one.zh_bad) or any(one.en_bad):
            print(show(one.zh, one.zh_bad), "\n   ", show(one.en, one.en_bad))
