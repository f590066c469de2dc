/* rule_table: every rule of `paiban check`, once:
 * RULE(enum, published name, level, clause, English sentence, Chinese sentence).
 *
 * A rule's finding is a diagnostic like any other: diag_table.h ends by including this file,
 * so that ids, levels, printing, counting and switches have one way. It stands in base/
 * because of that; the code of the rules is in check/. A table of its own because a rule has
 * two things more than a message: the clause it comes from, and its sentence in Chinese,
 * which is what an editor with a Chinese locale reads.
 *
 * Sentences hold at most one %s: what was found. Both have it or neither. GB is GB/T
 * 15834-2011 (punctuation), GB 15835 is GB/T 15835-2011 (numerals), “practice” what real
 * bulletins got wrong. Names never change once published. docs/RULES.md lists the table.
 */
/* structure */
RULE(RULE_TYPED_NUMBER, "typed-number", LEVEL_WARNING, "CONTENT: numbers are made by the layout",
    N_("a title with a typed number ‘%s’"), "标题里手写了编号“%s”，编号由版式生成")
RULE(RULE_NUMBERING, "numbering", LEVEL_WARNING, "GB B.3; practice",
    N_("numbering breaks at ‘%s’"), "编号在“%s”处不连续")
RULE(RULE_SOURCE_MISSING, "source-missing", LEVEL_WARNING, "practice",
    N_("an item without a source line, which the others have: ‘%s’"), "其他条目都有链接，此条没有：“%s”")
RULE(RULE_SOURCE_DOUBLED, "source-doubled", LEVEL_WARNING, "practice",
    N_("the same source twice: ‘%s’"), "来源链接重复：“%s”")
RULE(RULE_SOURCE_EMPTY, "source-empty", LEVEL_WARNING, "practice",
    N_("a source line without an address: ‘%s’"), "来源行没有网址：“%s”")
RULE(RULE_OUTSIDE_PERIOD, "outside-period", LEVEL_WARNING, "practice",
    N_("an item outside the period: ‘%s’"), "条目日期不在本期范围内：“%s”")
RULE(RULE_TITLE_MONTH, "title-month", LEVEL_ERROR, "practice",
    N_("the title’s month is not that of the date: ‘%s’"), "刊名中的月份与日期不符：“%s”")
RULE(RULE_PERIOD_REVERSED, "period-reversed", LEVEL_ERROR, "practice",
    N_("the period ends before it begins"), "统计区间的结束早于开始")
RULE(RULE_DUPLICATE_TITLE, "duplicate-title", LEVEL_WARNING, "practice",
    N_("a title twice in the issue: ‘%s’"), "标题重复：“%s”")
RULE(RULE_EMPTY_ITEM, "empty-item", LEVEL_WARNING, "practice",
    N_("an item without text: ‘%s’"), "条目没有正文：“%s”")
RULE(RULE_EMPTY_SECTION, "empty-section", LEVEL_WARNING, "practice",
    N_("a section with nothing in it: ‘%s’"), "栏目是空的：“%s”")
RULE(RULE_EMPTY_TITLE, "empty-title", LEVEL_WARNING, "practice",
    N_("a heading without words"), "标题没有文字")
RULE(RULE_PLACEHOLDER, "placeholder", LEVEL_ERROR, "CONTENT: 【待填】",
    N_("a placeholder is left: ‘%s’"), "占位文字未替换：“%s”")
RULE(RULE_HEADING_SKIP, "heading-skip", LEVEL_NOTE, "PDF/UA 7.4.2",
    N_("a heading skips a level: ‘%s’"), "标题跳级：“%s”")
RULE(RULE_HIGHLIGHT_DIFFERS, "highlight-differs", LEVEL_WARNING, "practice",
    N_("a highlight differs from its item’s title: ‘%s’"), "要目与条目标题不一致：“%s”")
RULE(RULE_HIGHLIGHT_TWICE, "highlight-twice", LEVEL_WARNING, "practice",
    N_("a highlight twice: ‘%s’"), "要目重复：“%s”")
RULE(RULE_HIGHLIGHT_ALL, "highlight-all", LEVEL_NOTE, "practice",
    N_("every item is a highlight"), "所有条目都列为要目")
RULE(RULE_TITLE_FORM, "title-form", LEVEL_NOTE, "practice",
    N_("the other titles begin with a place and ‘：’, this one does not: ‘%s’"), "其他标题为“主体：标题”，此条不是：“%s”")
RULE(RULE_TITLE_NOT_IN_TEXT, "title-not-in-text", LEVEL_NOTE, "practice",
    N_("no name of the title stands in the text: ‘%s’"), "标题里的名称没有在正文出现：“%s”")
RULE(RULE_SLUG_NAMES, "slug-names", LEVEL_NOTE, "practice",
    N_("the address shares no name with the title: ‘%s’"), "网址与标题没有共同的名称：“%s”")
RULE(RULE_REPEATED_PARAGRAPH, "repeated-paragraph", LEVEL_WARNING, "practice",
    N_("a paragraph twice: ‘%s’"), "段落重复：“%s”")
RULE(RULE_PARAGRAPH_STOP, "paragraph-stop", LEVEL_WARNING, "GB 4.1",
    N_("a paragraph of sentences ends without a mark: ‘%s’"), "段末缺少标点：“%s”")
RULE(RULE_CUT_OFF, "cut-off", LEVEL_NOTE, "practice",
    N_("an item’s text ends with an ellipsis: ‘%s’"), "条目正文以省略号结束，可能不完整：“%s”")
RULE(RULE_CONTACT_EMAIL, "contact-email", LEVEL_WARNING, "RFC 5322",
    N_("not an e-mail address: ‘%s’"), "不是电子邮箱地址：“%s”")
RULE(RULE_CAPTION_STOP, "caption-stop", LEVEL_WARNING, "GB 4.1; A",
    N_("a caption ends with a full stop: ‘%s’"), "图表题末不用句号：“%s”")
RULE(RULE_TITLE_STOP, "title-stop", LEVEL_WARNING, "GB 4.1; A",
    N_("a title ends with ‘%s’"), "标题末尾用了“%s”")
RULE(RULE_TITLE_SPACE, "title-space", LEVEL_WARNING, "practice",
    N_("a space separates the parts of a title: ‘%s’"), "标题用空格分隔：“%s”")
/* archive */
RULE(RULE_ISSUE_TWICE, "issue-twice", LEVEL_ERROR, "practice",
    N_("an issue number used twice: ‘%s’"), "期号重复：“%s”")
RULE(RULE_ISSUE_GAP, "issue-gap", LEVEL_WARNING, "practice",
    N_("an issue number is missing before ‘%s’"), "期号在“%s”之前有缺")
RULE(RULE_ISSUE_ORDER, "issue-order", LEVEL_ERROR, "practice",
    N_("a later issue has a smaller number: ‘%s’"), "日期在后而期号在前：“%s”")
RULE(RULE_TOTAL_TWICE, "total-twice", LEVEL_ERROR, "practice",
    N_("a running number used twice: ‘%s’"), "总期号重复：“%s”")
RULE(RULE_DATE_TWICE, "date-twice", LEVEL_WARNING, "practice",
    N_("two issues have the date ‘%s’"), "两期日期相同：“%s”")
RULE(RULE_ITEM_AGAIN, "item-again", LEVEL_WARNING, "practice",
    N_("an earlier issue has an item of this title: ‘%s’"), "以前各期已有同题条目：“%s”")
RULE(RULE_SOURCE_AGAIN, "source-again", LEVEL_NOTE, "practice",
    N_("an earlier issue has this source: ‘%s’"), "以前各期已用此来源：“%s”")
/* marks */
RULE(RULE_HALF_WIDTH_MARK, "half-width-mark", LEVEL_WARNING, "GB 5.1.1, 5.1.2",
    N_("half-width mark behind Han: ‘%s’"), "汉字后用了半角标点：“%s”")
RULE(RULE_HALF_WIDTH_MARK_LATIN, "half-width-mark-latin", LEVEL_WARNING, "GB 5.1.1",
    N_("half-width mark between Latin and Han: ‘%s’"), "中西文之间用了半角标点：“%s”")
RULE(RULE_HALF_WIDTH_STOP, "half-width-stop", LEVEL_WARNING, "GB 4.1.1, 5.1.1",
    N_("half-width full stop behind Han: ‘%s’"), "汉字后用了半角句点：“%s”")
RULE(RULE_STOP_BEHIND_LATIN, "stop-behind-latin", LEVEL_NOTE, "GB 5.1.1",
    N_("half-width full stop between Latin and Han: ‘%s’"), "西文与汉字之间用了半角句点：“%s”")
RULE(RULE_DOUBLED_MARK, "doubled-mark", LEVEL_WARNING, "GB 4; practice",
    N_("doubled mark: ‘%s’"), "标点重复：“%s”")
RULE(RULE_MARK_PAIR, "mark-pair", LEVEL_WARNING, "GB 4; practice",
    N_("marks that do not follow one another: ‘%s’"), "标点连用不当：“%s”")
RULE(RULE_MARK_BEHIND_OPENER, "mark-behind-opener", LEVEL_WARNING, "GB 4",
    N_("a mark right behind an opening bracket or quote: ‘%s’"), "前括号、前引号后紧跟标点：“%s”")
RULE(RULE_MARK_AT_START, "mark-at-start", LEVEL_WARNING, "GB 5.1.1",
    N_("a paragraph begins with a mark: ‘%s’"), "段首是标点：“%s”")
RULE(RULE_MANY_MARKS, "many-marks", LEVEL_WARNING, "GB 4.2.3, 4.3.3",
    N_("more than three marks in a row: ‘%s’"), "叠用的标点超过三个：“%s”")
RULE(RULE_QUESTION_ORDER, "question-order", LEVEL_NOTE, "GB 4.3.3",
    N_("the question mark stands first: ‘%s’"), "问号应在叹号之前：“%s”")
RULE(RULE_STOP_IN_QUOTE, "stop-in-quote", LEVEL_WARNING, "GB A; practice",
    N_("a full stop inside a quotation that is part of the sentence: ‘%s’"), "引文是句子的一部分，句号应在引号外：“%s”")
RULE(RULE_STOP_IN_BRACKET, "stop-in-bracket", LEVEL_WARNING, "GB A; 4.9",
    N_("a full stop at the end of a bracket inside a sentence: ‘%s’"), "句内括号末尾不用句号：“%s”")
RULE(RULE_ELLIPSIS_STOP, "ellipsis-stop", LEVEL_NOTE, "GB 4.11",
    N_("a mark beside an ellipsis: ‘%s’"), "省略号前后不用点号：“%s”")
RULE(RULE_ELLIPSIS_ETC, "ellipsis-etc", LEVEL_WARNING, "GB 4.11; A",
    N_("an ellipsis and ‘等’ together: ‘%s’"), "省略号与“等”并用：“%s”")
RULE(RULE_ELLIPSIS_DOTS, "ellipsis-dots", LEVEL_WARNING, "GB 5.1.5",
    N_("dots for an ellipsis: ‘%s’"), "省略号写成了点：“%s”")
RULE(RULE_ELLIPSIS_SINGLE, "ellipsis-single", LEVEL_WARNING, "GB 5.1.5",
    N_("half an ellipsis: ‘%s’"), "省略号只有一半：“%s”")
RULE(RULE_DASH_HYPHENS, "dash-hyphens", LEVEL_WARNING, "GB 5.1.4",
    N_("hyphens for a dash: ‘%s’"), "破折号写成了连字符：“%s”")
RULE(RULE_DASH_EN, "dash-en", LEVEL_WARNING, "GB 5.1.4, B.4",
    N_("an en dash between Han: ‘%s’"), "汉字之间用了西文连接号：“%s”")
RULE(RULE_DASH_SINGLE, "dash-single", LEVEL_NOTE, "GB 5.1.4",
    N_("a single dash between clauses: ‘%s’"), "破折号只有一半：“%s”")
RULE(RULE_DASH_LONG, "dash-long", LEVEL_WARNING, "GB 5.1.4",
    N_("a dash of more than two: ‘%s’"), "破折号过长：“%s”")
RULE(RULE_TILDE, "tilde", LEVEL_WARNING, "GB 4.13, B.4",
    N_("ASCII tilde for a range: ‘%s’"), "数值范围用了半角波浪号：“%s”")
RULE(RULE_RANGE_HYPHEN, "range-hyphen", LEVEL_NOTE, "GB 15835; GB B.4",
    N_("hyphen in a range of numbers: ‘%s’"), "数值范围用了短横线：“%s”")
RULE(RULE_NAME_DOT, "name-dot", LEVEL_WARNING, "GB 4.14, 5.1.7",
    N_("not the middle dot of names: ‘%s’"), "间隔号用错：“%s”")
RULE(RULE_LIST_MARK_CLAUSE, "list-mark-clause", LEVEL_WARNING, "GB 4.5",
    N_("‘、’ before a clause: ‘%s’"), "分句之间用了顿号：“%s”")
RULE(RULE_LIST_MARK_AND, "list-mark-and", LEVEL_NOTE, "GB 4.5",
    N_("‘、’ before a conjunction: ‘%s’"), "连词之前用了顿号：“%s”")
RULE(RULE_LIST_MARK_ETC, "list-mark-etc", LEVEL_WARNING, "GB 4.5",
    N_("‘、’ before ‘等’: ‘%s’"), "“等”之前不用顿号：“%s”")
RULE(RULE_LIST_MARK_QUOTES, "list-mark-quotes", LEVEL_NOTE, "GB 4.5.3.5",
    N_("‘、’ between quoted words or titles: ‘%s’"), "并列的引号、书名号之间通常不用顿号：“%s”")
RULE(RULE_APPROXIMATE_MARK, "approximate-mark", LEVEL_WARNING, "GB 4.5.3.4, B.4",
    N_("‘、’ inside an approximate number: ‘%s’"), "概数中间不用顿号：“%s”")
RULE(RULE_ORDINAL_MARK, "ordinal-mark", LEVEL_WARNING, "GB B.3",
    N_("‘、’ behind an ordinal word: ‘%s’"), "“第一”“首先”之后用逗号：“%s”")
RULE(RULE_ORDINAL_BRACKET, "ordinal-bracket", LEVEL_WARNING, "GB B.3",
    N_("a mark behind a number in brackets: ‘%s’"), "带括号的序号后不用标点：“%s”")
RULE(RULE_ORDINAL_ARABIC, "ordinal-arabic", LEVEL_NOTE, "GB B.3",
    N_("an Arabic ordinal with ‘、’: ‘%s’"), "阿拉伯数字序号后应用下脚点：“%s”")
RULE(RULE_FULL_WIDTH_LETTER, "full-width-letter", LEVEL_WARNING, "practice",
    N_("full-width letter: ‘%s’"), "全角字母：“%s”")
RULE(RULE_FULL_WIDTH_DIGIT, "full-width-digit", LEVEL_WARNING, "GB 15835",
    N_("full-width digit: ‘%s’"), "全角数字：“%s”")
RULE(RULE_FULL_WIDTH_SIGN, "full-width-sign", LEVEL_WARNING, "practice",
    N_("full-width sign: ‘%s’"), "全角符号：“%s”")
/* pairs */
RULE(RULE_BRACKET_MIXED, "bracket-mixed", LEVEL_WARNING, "GB 5.1.3",
    N_("a full-width and a half-width bracket make a pair: ‘%s’"), "括号一半全角一半半角：“%s”")
RULE(RULE_PAIR_CROSSED, "pair-crossed", LEVEL_ERROR, "GB 4.8, 4.9",
    N_("brackets or quotes cross: ‘%s’"), "括号、引号交叉：“%s”")
RULE(RULE_PAIR_UNCLOSED, "pair-unclosed", LEVEL_ERROR, "GB 4.8, 4.9",
    N_("not closed: ‘%s’"), "没有后一半：“%s”")
RULE(RULE_PAIR_UNOPENED, "pair-unopened", LEVEL_ERROR, "GB 4.8, 4.9",
    N_("closed but not opened: ‘%s’"), "没有前一半：“%s”")
RULE(RULE_PAIR_EMPTY, "pair-empty", LEVEL_WARNING, "practice",
    N_("nothing between brackets or quotes: ‘%s’"), "括号、引号里没有内容：“%s”")
RULE(RULE_HALF_WIDTH_BRACKET, "half-width-bracket", LEVEL_WARNING, "GB 5.1.3",
    N_("half-width brackets round Han: ‘%s’"), "汉字用了半角括号：“%s”")
RULE(RULE_HALF_WIDTH_BRACKET_LATIN, "half-width-bracket-latin", LEVEL_NOTE, "GB 5.1.3",
    N_("half-width brackets beside Han: ‘%s’"), "汉字旁用了半角括号：“%s”")
RULE(RULE_ASCII_QUOTE, "ascii-quote", LEVEL_WARNING, "GB 4.8",
    N_("ASCII quotes round Han: ‘%s’"), "中文用了直引号：“%s”")
RULE(RULE_QUOTE_DIRECTION, "quote-direction", LEVEL_ERROR, "GB 4.8",
    N_("a quote in the wrong direction: ‘%s’"), "引号方向错：“%s”")
RULE(RULE_QUOTE_NESTED, "quote-nested", LEVEL_WARNING, "GB 4.8.3.5",
    N_("quotes inside the same quotes: ‘%s’"), "引号里再用引号应改用单引号：“%s”")
RULE(RULE_BRACKET_NESTED, "bracket-nested", LEVEL_NOTE, "GB 4.9.3.6",
    N_("brackets inside the same brackets: ‘%s’"), "同形括号套用：“%s”")
RULE(RULE_TITLE_NESTED, "title-nested", LEVEL_WARNING, "GB 4.15.3.7",
    N_("‘《》’ inside ‘《》’: ‘%s’"), "书名号里再用书名号应改用单书名号：“%s”")
RULE(RULE_QUOTES_MIXED, "quotes-mixed", LEVEL_WARNING, "practice",
    N_("corner brackets in an issue that uses curly quotes: ‘%s’"), "本期用弯引号，此处却用直角引号：“%s”")
/* numbers and dates */
RULE(RULE_DATE_IMPOSSIBLE, "date-impossible", LEVEL_ERROR, "practice",
    N_("no such date: ‘%s’"), "没有这个日期：“%s”")
RULE(RULE_TIME_IMPOSSIBLE, "time-impossible", LEVEL_ERROR, "practice",
    N_("no such time: ‘%s’"), "没有这个时间：“%s”")
RULE(RULE_WEEKDAY, "weekday", LEVEL_ERROR, "practice",
    N_("the date is no such weekday: ‘%s’"), "日期与星期不符：“%s”")
RULE(RULE_DATES_REVERSED, "dates-reversed", LEVEL_ERROR, "practice",
    N_("the range ends before it begins: ‘%s’"), "起止日期颠倒：“%s”")
RULE(RULE_YEAR_SHORT, "year-short", LEVEL_WARNING, "GB 15835 5.1",
    N_("a year cut short: ‘%s’"), "年份缩写：“%s”")
RULE(RULE_YEAR_GROUPED, "year-grouped", LEVEL_WARNING, "GB 15835",
    N_("a year with a comma: ‘%s’"), "年份用了分节逗号：“%s”")
RULE(RULE_DAY_MISSING, "day-missing", LEVEL_WARNING, "practice",
    N_("a day without ‘日’: ‘%s’"), "日期缺“日”字：“%s”")
RULE(RULE_DATE_PADDED, "date-padded", LEVEL_NOTE, "GB 15835",
    N_("a date with a zero in an issue that writes none: ‘%s’"), "日期补零与全文不一致：“%s”")
RULE(RULE_DATE_STYLE, "date-style", LEVEL_NOTE, "GB 15835",
    N_("a date in another style than the others: ‘%s’"), "日期写法与全文不一致：“%s”")
RULE(RULE_NUMBER_TWO_WAYS, "number-two-ways", LEVEL_WARNING, "GB 15835",
    N_("a number with and without commas in one item: ‘%s’"), "同一数字有无分节逗号不一致：“%s”")
RULE(RULE_NUMBER_GROUPS, "number-groups", LEVEL_WARNING, "GB 15835",
    N_("digits grouped wrongly: ‘%s’"), "数字分节有误：“%s”")
RULE(RULE_NUMBER_MIXED, "number-mixed", LEVEL_WARNING, "GB 15835 4.3",
    N_("digits with ‘十’, ‘百’ or ‘千’: ‘%s’"), "阿拉伯数字与“十”“百”“千”连用：“%s”")
RULE(RULE_PERCENT_MIXED, "percent-mixed", LEVEL_WARNING, "GB 15835",
    N_("‘百分之’ with digits: ‘%s’"), "“百分之”后用了阿拉伯数字：“%s”")
RULE(RULE_RANGE_PERCENT, "range-percent", LEVEL_NOTE, "GB 15835 5.1",
    N_("a range of percentages with one sign: ‘%s’"), "百分数范围应重复百分号：“%s”")
RULE(RULE_RANGE_REVERSED, "range-reversed", LEVEL_WARNING, "practice",
    N_("a range that begins with the larger number: ‘%s’"), "数值范围前大后小：“%s”")
RULE(RULE_DECIMAL_ZERO, "decimal-zero", LEVEL_WARNING, "GB 15835",
    N_("a decimal without its zero: ‘%s’"), "小数点前缺零：“%s”")
RULE(RULE_ZERO_SIGN, "zero-sign", LEVEL_WARNING, "GB 15835",
    N_("not the sign ‘〇’: ‘%s’"), "汉字“〇”写错：“%s”")
RULE(RULE_UNIT_CASE, "unit-case", LEVEL_WARNING, "GB 3100",
    N_("a unit in wrong capitals: ‘%s’"), "单位符号大小写有误：“%s”")
RULE(RULE_APPROXIMATE_TWICE, "approximate-twice", LEVEL_WARNING, "practice",
    N_("approximate twice: ‘%s’"), "概数重复：“%s”")
RULE(RULE_TIMES_FEWER, "times-fewer", LEVEL_WARNING, "practice",
    N_("less by a multiple: ‘%s’"), "减少不能用倍数：“%s”")
/* characters and white space */
RULE(RULE_ZERO_WIDTH, "zero-width", LEVEL_WARNING, "Unicode 23.2",
    N_("an invisible character: ‘%s’"), "不可见字符：“%s”")
RULE(RULE_NO_BREAK_SPACE, "no-break-space", LEVEL_NOTE, "practice",
    N_("no-break or odd spaces: %s"), "不换行空格等特殊空格：%s处")
RULE(RULE_BIDI_CONTROL, "bidi-control", LEVEL_WARNING, "UAX 9",
    N_("a character that turns the direction of text: ‘%s’"), "改变文字方向的控制字符：“%s”")
RULE(RULE_MOJIBAKE, "mojibake", LEVEL_ERROR, "practice",
    N_("text read in a wrong encoding: ‘%s’"), "乱码：“%s”")
RULE(RULE_ENTITY_LEFT, "entity-left", LEVEL_WARNING, "practice",
    N_("an entity is shown as text: ‘%s’"), "实体代码显示成了文字：“%s”")
RULE(RULE_HALF_WIDTH_KANA, "half-width-kana", LEVEL_WARNING, "practice",
    N_("half-width kana: ‘%s’"), "半角假名：“%s”")
RULE(RULE_TYPED_INDENT, "typed-indent", LEVEL_WARNING, "CONTENT: the layout indents",
    N_("a typed indent"), "段首手打了空格")
RULE(RULE_SPACE_BEFORE_MARK, "space-before-mark", LEVEL_WARNING, "GB 5.1",
    N_("a space before a mark: ‘%s’"), "标点前有空格：“%s”")
RULE(RULE_SPACE_BEHIND_MARK, "space-behind-mark", LEVEL_NOTE, "GB 5.1",
    N_("spaces behind full-width marks: %s"), "全角标点后有空格：%s处")
RULE(RULE_SPACE_IN_HAN, "space-in-han", LEVEL_WARNING, "practice",
    N_("a space between Han: ‘%s’"), "汉字之间有空格：“%s”")
RULE(RULE_SPACE_DOUBLED, "space-doubled", LEVEL_NOTE, "practice",
    N_("doubled spaces: %s"), "连续空格：%s处")
RULE(RULE_SPACE_TRAILING, "space-trailing", LEVEL_NOTE, "practice",
    N_("spaces at the ends of lines: %s"), "行末空格：%s处")
RULE(RULE_TRADITIONAL, "traditional", LEVEL_WARNING, "practice",
    N_("Traditional Han in a Simplified issue: ‘%s’"), "简体中出现繁体字：“%s”")
RULE(RULE_SIMPLIFIED, "simplified", LEVEL_WARNING, "practice",
    N_("Simplified Han in a Traditional issue: ‘%s’"), "繁体中出现简体字：“%s”")
/* words */
RULE(RULE_REPEATED_HAN, "repeated-han", LEVEL_WARNING, "practice",
    N_("a word twice: ‘%s’"), "词语重复：“%s”")
RULE(RULE_REPEATED_LATIN, "repeated-latin", LEVEL_WARNING, "practice",
    N_("a Latin word twice: ‘%s’"), "单词重复：“%s”")
RULE(RULE_ZHANG, "zhang", LEVEL_WARNING, "GF 1001-2001; house style",
    N_("‘帐’ for ‘账’: ‘%s’"), "“帐”应作“账”：“%s”")
RULE(RULE_QITA, "qita", LEVEL_NOTE, "house style",
    N_("‘其它’ beside ‘其他’ in one issue"), "“其它”与“其他”混用")
RULE(RULE_MISSPELT, "misspelt", LEVEL_WARNING, "现代汉语词典",
    N_("misspelt: ‘%s’"), "错别字：“%s”")
RULE(RULE_JIEZHI, "jiezhi", LEVEL_WARNING, "现代汉语词典",
    N_("‘截止’ for ‘截至’: ‘%s’"), "“截止”应作“截至”：“%s”")
RULE(RULE_REDUNDANT, "redundant", LEVEL_WARNING, "practice",
    N_("said twice: ‘%s’"), "语义重复：“%s”")
RULE(RULE_BRAND_CASE, "brand-case", LEVEL_NOTE, "house style",
    N_("a name in wrong capitals: ‘%s’"), "名称大小写有误：“%s”")
RULE(RULE_NAME_TWO_WAYS, "name-two-ways", LEVEL_WARNING, "practice",
    N_("a name written two ways within one item: ‘%s’"), "同一条目里名称写法不一：“%s”")
RULE(RULE_CASE_TWO_WAYS, "case-two-ways", LEVEL_NOTE, "practice",
    N_("a name in two kinds of capitals within one item: ‘%s’"), "同一条目里大小写不一：“%s”")
/* links */
RULE(RULE_LINK_MALFORMED, "link-malformed", LEVEL_ERROR, "RFC 3986",
    N_("a malformed address: ‘%s’"), "网址格式有误：“%s”")
RULE(RULE_LINK_HOST, "link-host", LEVEL_WARNING, "RFC 1035",
    N_("an address without a public host: ‘%s’"), "网址的主机名不对外：“%s”")
RULE(RULE_LINK_GLUED, "link-glued", LEVEL_NOTE, "practice",
    N_("an address glued to Han: ‘%s’"), "网址与汉字相连：“%s”")
RULE(RULE_LINK_SWALLOWED, "link-swallowed", LEVEL_WARNING, "practice",
    N_("an address that swallowed a mark: ‘%s’"), "网址里混入了标点：“%s”")
RULE(RULE_LINK_FILE, "link-file", LEVEL_ERROR, "practice",
    N_("a link to a file of one’s own machine: ‘%s’"), "链接指向本机文件：“%s”")
RULE(RULE_LINK_RELATIVE, "link-relative", LEVEL_NOTE, "practice",
    N_("a relative link, which a PDF cannot follow: ‘%s’"), "相对链接在PDF里打不开：“%s”")
RULE(RULE_LINK_NO_TEXT, "link-no-text", LEVEL_WARNING, "PDF/UA 7.18.5",
    N_("a link without text: ‘%s’"), "链接没有文字：“%s”")
RULE(RULE_LINK_DIFFERS, "link-differs", LEVEL_WARNING, "practice",
    N_("the link goes elsewhere than its text: ‘%s’"), "链接文字与目标不同：“%s”")
RULE(RULE_LINK_ESCAPES, "link-escapes", LEVEL_WARNING, "practice",
    N_("escapes left in an address: ‘%s’"), "网址里残留转义符：“%s”")
RULE(RULE_LINK_TRACKING, "link-tracking", LEVEL_NOTE, "practice",
    N_("an address with tracking parameters: ‘%s’"), "网址带有跟踪参数：“%s”")
/* images */
RULE(RULE_IMAGE_NO_ALT, "image-no-alt", LEVEL_WARNING, "PDF/UA 7.3",
    N_("an image without alternative text: ‘%s’"), "图片没有替代文字：“%s”")
RULE(RULE_IMAGE_ALT_NAME, "image-alt-name", LEVEL_NOTE, "PDF/UA 7.3",
    N_("an alternative text that says nothing: ‘%s’"), "替代文字没有内容：“%s”")
RULE(RULE_IMAGE_RESOLUTION, "image-resolution", LEVEL_WARNING, "practice",
    N_("an image of low resolution: %s pixels an inch"), "图片分辨率低：每英寸%s像素")
/* pages */
RULE(RULE_TITLE_LINES, "title-lines", LEVEL_WARNING, "practice",
    N_("a title of more than three lines: ‘%s’"), "标题超过三行：“%s”")
RULE(RULE_LONE_LINE, "lone-line", LEVEL_WARNING, "clreq 3.1.3",
    N_("one line of a paragraph alone on a page: ‘%s’"), "段落有一行孤立在一页：“%s”")
RULE(RULE_LONE_CHARACTER, "lone-character", LEVEL_NOTE, "GB 5.1.11; clreq",
    N_("a paragraph’s last line has one character: ‘%s’"), "段末一行只有一个字：“%s”")
