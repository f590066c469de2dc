"""grammar: sentences, titles and names from the word lists, by drawing.

expand("{date}，{subject}{issued}{doc}。") replaces every slot: by a method slot_… here, else by
one of the list's alternatives, which is expanded in turn. Text that must stay as it is
(addresses, code, tags, attributes) stands between RAW_ON and RAW_OFF until finish(), which
puts in typed spaces and line ends everywhere else.

The text is clean by an editor's rules: full-width marks, balanced pairs, no doubled Han, one
style of dates, of numbers and of spacing in an issue.
"""
import re

import words_en
import words_hans
import words_hant
import words_ja
from draw import Draw

RAW_ON, RAW_OFF = "\x01", "\x02"
SLOT = re.compile(r"\{(\w+)\}")
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
DOUBLED = re.compile(rf"([{HAN}])\1")
RETRIES = 200  # draws of one sentence until no Han stands twice in a row
FIRST_CVE_YEAR = 1999
DEPTH_LIMIT = 12  # slots inside slots

WORDS = {"zh-Hans": words_hans, "zh-Hant": words_hant, "ja": words_ja, "en": words_en}

# Han that would turn a name into a number, a date, a word of grammar, or an unkind one; and
# those that house rules watch (帐, 其它).
NOT_IN_NAMES = set(
    "一二三四五六七八九十百千万亿兩萬億零〇年月日时時分秒点點号號期第的了着著过過在是不没沒和与與及或而但且也都就还還又再"
    "很最更既却虽雖约約属屬即若如则則因此虚岂豈吮瘤孕胎"
    "被把将將从從到对對向为為以于於由按据據因所之其它他她你我们們这這那哪谁誰什么麼吗嗎呢吧啊呀哦嘛哎啦个個些每各"
    "省市县縣区區镇鎮乡鄉村州死尸屍屁屎尿粪糞奸姦娼妓嫖淫贼賊匪鬼魔妖骂罵贱賤丑醜恶惡毒癌痔痢疮瘡肛臀乳"
    "杀殺戮凶兇残殘狗猪豬狼驴驢蛆虱鼠帐帳账賬亡葬墓坟墳奴囚犯罪刑狱獄侮辱祸禍灾災疫病痛苦哭惨慘瘫癱瞎聋聾哑啞疯瘋"
    "痴傻笨蠢懒懶贪貪偷盗盜抢搶骗騙赌賭吸腐败敗烂爛臭脏髒骷髅裸胸奶卵精性卖賣嫁娶妾婊")


def coded_han(codec, lead_from, lead_to, trail):
    """The Han of a double-byte codec whose lead byte lies in a range."""
    found = []
    for lead in range(lead_from, lead_to + 1):
        for second in trail:
            try:
                char = bytes([lead, second]).decode(codec)
            except UnicodeDecodeError:
                continue
            if re.fullmatch(f"[{HAN}]", char) and char not in NOT_IN_NAMES:
                found.append(char)
    return found


LEVEL_1 = {
    "zh-Hans": coded_han("gb2312", 0xB0, 0xD7, range(0xA1, 0xFF)),
    "zh-Hant": coded_han("big5", 0xA4, 0xC6, list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF))),
    "ja": coded_han("euc_jp", 0xB0, 0xCF, range(0xA1, 0xFF)),
    "en": [],
}
NAME_HAN_SHARE = 40  # percent of a name's Han drawn from the short list; the rest from level 1

LICENSES = ["MIT", "Apache-2.0", "GPL-3.0-or-later", "BSD-3-Clause"]
DOMAINS = ["example.org", "example.com", "example.net"]
UNITS = {"zh-Hans": ("亿元", "万元", "亿美元"), "zh-Hant": ("億元", "萬元", "億美元"),
         "ja": ("億円", "万円", "億ドル"), "en": ("million euros", "thousand euros", "million")}
CHEMICALS = ["CO{sub}2{/sub}", "H{sub}2{/sub}O", "NO{sub}x{/sub}", "10{sup}6{/sup}", "m{sup}3{/sup}",
             "SO{sub}4{/sub}{sup}2−{/sup}"]


def raw(text):
    return RAW_ON + text + RAW_OFF


class Grammar:
    """The text of one issue: a language, house styles, and the item being written."""

    def __init__(self, language, draw: Draw, year, month, days):
        self.language = language
        self.words = WORDS[language]
        self.lists = self.words.LISTS
        self.draw = draw
        self.year, self.month = year, month
        self.first_day, self.last_day = days
        self.full_dates = draw.chance(30)
        self.thousands = draw.chance(50)
        self.spaced = language != "en" and draw.chance(30)
        self.wrap = draw.between(26, 44) if draw.chance(30) else 0
        self.depth = 0
        self.decks = {}     # of a list: the alternatives still to come
        self.last = {}      # of a list: the alternative used last
        self.said = set()   # sentences of this issue
        self.new_item()

    def new_item(self):
        """Forget who the item before was about."""
        self.subject = None
        self.day = self.draw.between(self.first_day, self.last_day)

    # ---- expansion

    def expand(self, template):
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise RuntimeError("word lists loop: " + template)
        text = SLOT.sub(lambda match: self.slot(match.group(1)), template)
        self.depth -= 1
        return text

    def slot(self, name):
        method = getattr(self, "slot_" + name, None)
        if method:
            return method()
        if name in self.lists:
            return self.expand(self.alternative(name))
        if name.lower() in self.lists or hasattr(self, "slot_" + name.lower()):
            return capital(self.slot(name.lower()))
        return self.slot(name.rstrip("23"))

    def alternative(self, name):
        """The next of a list's alternatives: each comes once before any comes again."""
        if not self.decks.get(name):
            deck = self.draw.some(self.lists[name], len(self.lists[name]))
            if len(deck) > 1 and deck[-1] == self.last.get(name):
                deck.insert(0, deck.pop())
            self.decks[name] = deck
        self.last[name] = self.decks[name].pop()
        return self.last[name]

    def say(self, name):
        """An expansion of {name} without doubled Han."""
        for _ in range(RETRIES):
            text = self.expand("{" + name + "}")
            if not DOUBLED.search(visible(text)):
                return text
        raise RuntimeError(f"no expansion of {name} without doubled Han")

    # ---- names

    def han_name(self, count):
        if self.language == "en":
            return capital(self.slot("syllable") + self.slot("ending"))
        name = []
        while len(name) < count:
            short = self.draw.chance(NAME_HAN_SHARE)
            pool = self.words.NAME_HAN if short else LEVEL_1[self.language]
            char = self.draw.pick(pool)
            if char not in name:
                name.append(char)
        return "".join(name)

    def slot_name1(self):
        return self.han_name(1)

    def slot_name2(self):
        return self.han_name(2)

    def slot_name3(self):
        return self.han_name(3)

    def slot_person(self):
        if self.language == "en":
            return self.latin_name()
        return self.draw.pick(self.words.SURNAMES) + self.han_name(self.draw.between(1, 2))

    def latin_name(self):
        lists = words_en.LISTS["syllable"]
        first = capital(self.draw.pick(lists) + self.draw.pick(["a", "o", "e", "ia", "us"]))
        return first + " " + capital(self.draw.pick(lists) + self.draw.pick(lists))

    slot_person_latin = latin_name

    def slot_foreign(self):
        syllables = self.lists["syllable"]
        dot = "・" if self.language == "ja" else "·"
        return dot.join("".join(self.draw.some(syllables, self.draw.between(2, 4))) for _ in "12")

    def slot_subject(self):
        if self.subject is None:
            self.subject = self.say("org")
        return self.subject

    # ---- numbers and dates

    def slot_num(self):
        return self.number(self.draw.between(13, 98) * self.draw.pick([1, 3, 10, 37, 160, 1210]))

    def slot_num2(self):
        return str(self.draw.between(13, 98))

    def number(self, value):
        return f"{value:,}" if self.thousands else str(value)

    def slot_small(self):
        return str(self.draw.between(2, 9))

    def slot_small2(self):
        return str(self.draw.between(10, 30))

    def slot_dec(self):
        return f"{self.draw.between(1, 98)}.{self.draw.between(1, 9)}"

    def slot_pct(self):
        return self.slot_dec() + "%" if self.draw.chance(70) else f"{self.draw.between(3, 97)}%"

    def slot_temp(self):
        return self.draw.pick(["−", "", ""]) + f"{self.draw.between(1, 38)}.{self.draw.between(1, 9)}"

    def slot_score(self):
        return f"{self.draw.between(5, 9)}.{self.draw.between(0, 9)}"

    def slot_age(self):
        return str(self.draw.between(24, 68))

    def slot_hour(self):
        return f"{self.draw.between(8, 11)}:30"

    def slot_range(self):
        low = self.draw.between(3, 40)
        dash = {"ja": "〜", "en": "–"}.get(self.language, "～")
        return f"{low}{dash}{low + self.draw.between(2, 20)}"

    def slot_money(self):
        large, small, _ = UNITS[self.language]
        return self.slot_dec() + large if self.draw.chance(50) else self.slot_num() + small

    def slot_usd(self):
        amount = self.slot_dec()
        return f"US${amount} million" if self.language == "en" else amount + UNITS[self.language][2]

    def slot_year(self):
        return str(self.year - self.draw.between(0, 4))

    def slot_future(self):
        return str(self.year + self.draw.between(1, 8))

    def slot_month(self):
        return str(self.month)

    def slot_date(self):
        return self.date(self.year, self.month, self.day, self.full_dates)

    def slot_pastdate(self):
        return self.date(self.year - 1, self.draw.between(1, 12), self.draw.between(1, 28), True)

    def date(self, year, month, day, full):
        if self.language == "en":
            names = ("January February March April May June July August September October "
                     "November December").split()
            return f"{day} {names[month - 1]}" + (f" {year}" if full else "")
        return (f"{year}年" if full else "") + f"{month}月{day}日"

    # ---- things with a fixed form

    def slot_version(self):
        draw = self.draw
        return f"{draw.pick(['', 'v'])}{draw.between(1, 12)}.{draw.between(0, 20)}.{draw.between(0, 9)}"

    def slot_cve(self):
        return f"CVE-{max(self.year, FIRST_CVE_YEAR)}-{self.draw.between(1000, 59999)}"

    def slot_license(self):
        return self.draw.pick(LICENSES)

    def slot_phone(self):
        return f"010-{self.draw.between(60000000, 89999999)}"

    def host(self):
        labels = words_en.LISTS["syllable"]
        return f"{self.draw.pick(['www', 'news', 'docs'])}." + \
            f"{self.draw.pick(labels)}{self.draw.pick(labels)}.{self.draw.pick(DOMAINS)}"

    def address(self, long=False):
        draw, slugs = self.draw, self.lists["slug"]
        url = f"https://{self.host()}/{draw.pick(slugs)}/{self.year}/{self.month:02}/{draw.bits():x}"
        if long:
            url += "/" + "-".join(draw.pick(words_en.LISTS["syllable"]) for _ in range(draw.between(8, 40)))
            url += "?" + "&".join(f"{draw.pick(slugs)}{i}={draw.bits():016x}"
                                  for i in range(draw.between(2, 14)))
        elif draw.chance(50):
            url += draw.pick([".html", ".htm", "/", f"?id={draw.between(1, 9999)}", "#part-2"])
        return url

    def slot_url(self):
        return raw(self.address())

    def slot_mail(self):
        name = self.draw.pick(words_en.LISTS["syllable"]) + self.draw.pick(["", ".info", "2018", "-team"])
        return raw(f"{name}@{self.draw.pick(DOMAINS)}")

    def slot_path(self):
        folders = self.draw.some(["etc", "opt", "var", "usr", "share", "conf.d", "lib"], 3)
        name = self.draw.pick(["main", "net_rules", "backup-2", "users"])
        return raw(f"/{'/'.join(folders)}/{name}.{self.draw.pick(['conf', 'yaml', 'log', 'json'])}")

    def slot_code(self):
        return raw(self.draw.pick(["`make install`", "`git log --oneline`", "`ls -l /etc`", "`a | b`",
                                   "`printf(\"%d\")`", "`x[0] = *p;`", "`npm run build`", "`/etc/hosts`"]))

    # ---- inline forms

    def slot_mark(self):
        kinds = ["strong", "emphasis", "underline", "strike", "link", "named_link", "entity",
                 "language", "chemical", "code"]
        if self.language != "en":
            kinds += ["ruby", "dots", "dots", "even", "proper", "book", "strong", "strong"]
        return getattr(self, "mark_" + self.draw.pick(kinds))()

    def slot_marked_close(self):
        return "**" + self.expand("{question}？{answer}。") + "**"

    def mark_strong(self):
        return "**" + self.slot("phrase") + "**"

    def mark_emphasis(self):
        return "*" + self.slot("phrase") + "*"

    def mark_underline(self):
        return raw("<u>") + self.slot("phrase") + raw("</u>")

    def mark_strike(self):
        space = " " if self.language == "en" else ""
        return "~~" + self.slot("phrase") + "~~" + space + self.slot("phrase")

    def mark_link(self):
        return "[" + self.slot("phrase") + "]" + raw(f"({self.address(self.draw.chance(10))})")

    def mark_named_link(self):
        return "[" + self.slot("latin") + "]" + raw(f"(<{self.address()}> \"{self.slot('phrase')}\")")

    def mark_entity(self):
        return raw(self.draw.pick(["R&amp;D", "Q&amp;A", "C\\#", "A&lt;B", "f\\*"]))

    def mark_code(self):
        return self.slot_code()

    def mark_language(self):
        return "[" + self.slot("latin") + "]" + raw("{lang=en}")

    def mark_chemical(self):
        form = self.draw.pick(CHEMICALS)
        for tag in ("sub", "sup"):
            form = form.replace("{%s}" % tag, f"<{tag}>").replace("{/%s}" % tag, f"</{tag}>")
        return raw(form)

    def mark_ruby(self):
        base, reading = self.draw.pick(self.words.PINYIN)
        if len(reading) == len(base) and self.draw.chance(60):
            inside = "".join(f"{b}<rt>{r}</rt>" for b, r in zip(base, reading))
        else:
            inside = f"{base}<rt>{' '.join(reading)}</rt>"
        return raw(f"<ruby>{inside}</ruby>")

    def mark_dots(self):
        return "[" + self.slot("phrase") + "]" + raw("{.dots}")

    def mark_proper(self):
        return "[" + self.slot("person") + "]" + raw("{.name}")

    def mark_book(self):
        return "[" + self.slot("book") + "]" + raw("{.book}")

    def mark_even(self):
        return "[" + self.slot("person") + "]" + raw("{even=4}")

    # ---- the source line by line

    def finish(self, text, wrap=True):
        """The source of a paragraph: typed spaces and line ends as this issue has them."""
        if self.spaced:
            text = outside_raw(text, typed_spaces)
        if wrap and self.wrap:
            text = wrapped(text, self.wrap, self.language)
        return text.replace(RAW_ON, "").replace(RAW_OFF, "")

    def sentences(self, characters):
        """Sentences with at least so many characters in all."""
        text, space = "", " " if self.language == "en" else ""
        while len(visible(text)) < characters:
            text += (space if text else "") + self.new_sentence()
        return text

    def new_sentence(self):
        """A sentence that this issue does not have yet."""
        for _ in range(RETRIES):
            sentence = self.say("sentence")
            if sentence not in self.said:
                break
        self.said.add(sentence)
        return sentence


def capital(text):
    """With a capital letter, behind an asterisk of emphasis or an article's bracket if any."""
    for i, char in enumerate(text):
        if char.isalpha():
            return text[:i] + char.upper() + text[i + 1:]
        if char not in "*[~":
            return text
    return text


def visible(text):
    """Without the raw stretches; good enough for counting and for looking for doubled Han."""
    return re.sub(f"{RAW_ON}[^{RAW_OFF}]*{RAW_OFF}", " ", text).replace("*", "")


def outside_raw(text, change):
    parts = re.split(f"({RAW_ON}[^{RAW_OFF}]*{RAW_OFF})", text)
    return "".join(part if part.startswith(RAW_ON) else change(part) for part in parts)


def typed_spaces(text):
    text = re.sub(rf"([{HAN}\u3040-\u30fa])([A-Za-z0-9])", r"\1 \2", text)
    return re.sub(rf"([A-Za-z0-9])([{HAN}\u3040-\u30fa])", r"\1 \2", text)


def wrapped(text, columns, language):
    """With a line end about every so many characters: between Han, or in English at a space."""
    if language == "en":
        breakable = re.compile(r"(?<=[a-z,]) (?=[A-Za-z“])")
        columns *= 2
    else:
        breakable = re.compile(rf"(?<=[{HAN}，。；、])(?=[{HAN}])")
    out, column, raw_text = [], 0, False
    for i, char in enumerate(text):
        raw_text = char == RAW_ON or (raw_text and char != RAW_OFF)
        column += 1
        at = i + 1 if language != "en" else i
        if not raw_text and column >= columns and breakable.match(text, at):
            column = 0
            out.append(char + "\n" if language != "en" else "\n")
        else:
            out.append(char)
    return "".join(out)
