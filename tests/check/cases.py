"""cases: for each rule of `paiban check` a text it finds and one it is silent on.

A case is (rule, found, silent). A text without a head is a paragraph: it is put into an item of
a small issue (ISSUE). A text that begins with “---” or “#” is a whole issue or a whole body.
Some rules need files beside the issue or several issues: they are in check_rules.py.
"""

HEAD = "---\ntitle: 月报\ndate: 2021-05\ncover: no\n---\n\n"
ISSUE = HEAD + "# 地方动态\n\n## 上海：试点\n\n链接：https://example.org/a\n\n%s\n\n" \
    "## 北京：总结\n\n链接：https://example.org/b\n\n各地按计划推进。\n"


def items(*entries, head=HEAD, section="# 地方动态\n\n"):
    """A body of items: (title, text)."""
    return head + section + "\n\n".join("## %s\n\n%s" % entry for entry in entries) + "\n"


def sourced(*titles):
    return items(*[(t, "链接：https://example.org/%d\n\n正文各不相同，编号%d。" % (i, i))
                   for i, t in enumerate(titles)])


A = "链接：https://example.org/a\n\n甲文。"
B = "链接：https://example.org/b\n\n乙文。"
C = "链接：https://example.org/c\n\n丙文。"

TRADITIONAL = HEAD + "# 動態\n\n各地發展試點，經濟會議開發新業務，這個機制很好，%s亦然。\n"

CASES = [
    # structure
    ("typed-number", items(("1、上海：试点", A)), items(("2021年上海试点", A), ("5G+医疗", B), ("3.0版发布", C))),
    ("numbering", "1、甲事已完成。\n\n2、乙事已完成。\n\n4、丙事已完成。", "1、甲事已完成。\n\n2、乙事已完成。\n\n3、丙事已完成。"),
    ("source-missing", items(("甲", A), ("乙", B), ("丙", "只有正文。")), items(("甲", A), ("乙", "正文一。"), ("丙", "正文二。"))),
    ("source-doubled", items(("甲", A), ("乙", A.replace("甲文", "乙文"))), items(("甲", A), ("乙", B))),
    ("source-empty", "链接：", "来源：新华社"),
    ("outside-period", "6月3日，上海发布规划。", "5月3日，上海发布规划。"),
    ("title-month", HEAD.replace("月报", "月报（2021年6月）") + "# 甲\n\n正文。\n",
     HEAD.replace("月报", "月报（2021年5月）") + "# 甲\n\n正文。\n"),
    ("period-reversed", HEAD.replace("cover:", "period: {from: 2021-05-31, to: 2021-05-01}\ncover:") + "# 甲\n\n正文。\n",
     HEAD.replace("cover:", "period: {from: 2021-05-01, to: 2021-05-31}\ncover:") + "# 甲\n\n正文。\n"),
    ("duplicate-title", items(("上海：试点", A), ("上海：试点", B)), items(("上海：试点", A), ("上海：总结", B))),
    ("empty-item", items(("甲", "链接：https://example.org/a"), ("乙", B)), items(("甲", A), ("乙", B))),
    ("empty-section", HEAD + "# 甲\n\n# 乙\n\n正文。\n", HEAD + "# 甲\n\n正文。\n\n# 乙\n\n正文二。\n"),
    ("empty-title", items(("", A)), items(("甲", A))),
    ("placeholder", "本市共有【待填：数字】家机构。", "本市共有【重要】三家机构。"),
    ("heading-skip", items(("甲", "#### 深\n\n正文。")), items(("甲", "### 浅\n\n#### 深\n\n正文。"))),
    ("highlight-differs", HEAD.replace("cover:", "highlights: [美国寻求创新技术提升网络能力]\ncover:") +
     "# 甲\n\n## 寻求创新技术提升网络能力\n\n正文。\n",
     HEAD.replace("cover:", "highlights: [寻求创新技术提升网络能力]\ncover:") + "# 甲\n\n## 寻求创新技术提升网络能力\n\n正文。\n"),
    ("highlight-twice", HEAD.replace("cover:", "highlights: [乙, 乙]\ncover:") + "# 甲\n\n## 乙\n\n正文。\n",
     HEAD.replace("cover:", "highlights: [乙, 丙]\ncover:") + "# 甲\n\n## 乙\n\n正文。\n\n## 丙\n\n正文二。\n"),
    ("highlight-all", items(*[("✓ 题%s" % c, "正文%s。" % c) for c in "甲乙丙丁"]),
     items(("题戊", "正文。"), *[("✓ 题%s" % c, "正文%s。" % c) for c in "甲乙丙丁"])),
    ("title-form", items(*[("上海：题%s" % c, "正文%s。" % c) for c in "甲乙丙丁"], ("题戊", "正文戊。")),
     items(*[("上海：题%s" % c, "正文%s。" % c) for c in "甲乙丙丁戊"])),
    ("title-not-in-text", items(("Sobeys遭攻击", "一家公司停业三天。")), items(("Sobeys遭攻击", "Sobeys停业三天。"))),
    ("slug-names", items(("Sobeys遭攻击", "链接：https://example.org/news/epm-hit-by-black-cat-gang\n\nSobeys停业。")),
     items(("EPM遭攻击", "链接：https://example.org/news/epm-hit-by-black-cat-gang\n\nEPM停业。"))),
    ("repeated-paragraph", items(("甲", "这一段文字在同一期里出现了两次，编辑应当删去一段。"), ("乙", "这一段文字在同一期里出现了两次，编辑应当删去一段。")),
     items(("甲", "这一段文字在同一期里出现了一次，编辑不必删去。"), ("乙", "这一段文字与上一段并不相同，编辑也不必删去。"))),
    ("paragraph-stop", "上海市人民政府发布规划，提出强化基本公共服务。规划还提出支持医疗机构发展互联网医疗，完善移动诊疗和远程医疗体系",
     "上海市人民政府发布规划，提出强化基本公共服务。规划还提出支持医疗机构发展互联网医疗，完善移动诊疗和远程医疗体系。"),
    ("cut-off", "上海市发布规划，以下将……", "从甲地到乙地……都在建设。"),
    ("contact-email", HEAD.replace("cover:", "contacts:\n  - {name: 中心, email: ntcc163.com}\ncover:") + "# 甲\n\n正文。\n",
     HEAD.replace("cover:", "contacts:\n  - {name: 中心, email: ntcc@163.com}\ncover:") + "# 甲\n\n正文。\n"),
    ("caption-stop", "表：各地进展。\n\n| 地 | 数 |\n|---|---|\n| 甲 | 1 |", "表：各地进展\n\n| 地 | 数 |\n|---|---|\n| 甲 | 1 |"),
    ("title-stop", items(("上海：试点。", A)), items(("上海：试点成功吗？", A))),
    ("title-space", items(("济南推动电子健康卡 实现一码通用", A)), items(("济南推动电子健康卡，实现一码通用", A))),
    # marks
    ("half-width-mark", "试点成功,各地跟进。", "比例为3:1，时间为10:30，地址是R&D,Inc。"),
    ("half-width-mark-latin", "他们使用GCC, 然后测试。", "他们使用GCC, Clang和LLVM。"),
    ("half-width-stop", "试点成功.", "版本是3.5，网站是上海.cn。"),
    ("stop-behind-latin", "他们使用GCC.这个工具很好。", "他们使用GCC。这个工具很好。"),
    ("doubled-mark", "使命和担当。。", "使命和担当！！"),
    ("mark-pair", "试点成功，。各地跟进。", "真的成功了？！各地跟进。"),
    ("mark-behind-opener", "试点（，一期）成功。", "逗号写作“，”。"),
    ("mark-at-start", "，试点成功。", "“试点成功。”"),
    ("many-marks", "试点成功！！！！", "试点成功！！！"),
    ("question-order", "难道成功了！？", "难道成功了？！"),
    ("stop-in-quote", "以“支持健康数据领域的创新。”双方将开展合作。", "他说：“支持健康数据领域的创新。”双方将开展合作。"),
    ("stop-in-bracket", "结果（见附件。）已公布。", "结果已公布。（见附件。）"),
    ("ellipsis-stop", "甲、乙、丙……，都已完成。", "甲、乙、丙……都已完成。"),
    ("ellipsis-etc", "甲、乙、丙……等都已完成。", "他在沉默中……等待着。"),
    ("ellipsis-dots", "存在供应链安全风险...", "命令写作 ls ../src 即可。"),
    ("ellipsis-single", "透明度…所谓公开。", "透明度……所谓公开。"),
    ("dash-hyphens", "报告--关于试点的说明。", "选项写作 --fix 即可，报告——说明。"),
    ("dash-en", "北京–上海线路开通。", "北京—上海线路开通，New York–London。"),
    ("dash-single", "这是一个长期而艰巨的任务—需要各方努力。", "实现“市—县—乡”三级覆盖。"),
    ("dash-long", "试点———成功。", "试点——成功。"),
    ("tilde", "每组5~10人。", "每组5～10人，约~5人，路径~/bin。"),
    ("range-hyphen", "每组5-10人。", "电话010-8235，编号CVE-2021-10，每组5～10人。"),
    ("name-dot", "克里斯蒂娜•罗塞蒂到访。", "克里斯蒂娜·罗塞蒂到访。"),
    ("list-mark-clause", "禁止就诊的规定、如果各方同意，允许检查。", "甲、乙和丙同意。"),
    ("list-mark-and", "甲、乙、以及丙同意。", "甲、乙以及丙同意。"),
    ("list-mark-etc", "自助服务区、等场所。", "甲、等级、乙等场所。"),
    ("list-mark-quotes", "推进“挂号难”、“缴费慢”的解决。", "推进“挂号难”“缴费慢”的解决。"),
    ("approximate-mark", "有三、四个人到场。", "第三、四个人到场，三四个人到场。"),
    ("ordinal-mark", "首先、要统一标准。", "首先，要统一标准。第一、二季度增长。"),
    ("ordinal-bracket", "（一）、统一标准。", "（一）统一标准。"),
    ("ordinal-arabic", "1、统一标准。", "1、2、3号楼都已完成。"),
    ("ordinal-arabic", "1、统一标准。", items(("1、上海：试点", A))),
    ("full-width-letter", "采用Ｇ网络。", "采用G网络。"),
    ("full-width-digit", "第１期发布。", "第1期发布。"),
    ("full-width-sign", "发展“互联网＋”服务。", "发展“互联网+”服务，每组5～10人。"),
    # pairs
    ("bracket-mixed", "试点（一期)成功。", "试点（一期）成功。"),
    ("pair-crossed", "试点“（一期”成功）了。", "试点“（一期）成功”了。"),
    ("pair-unclosed", "试点（一期成功。", "1）统一标准；2）加强管理。"),
    ("pair-unopened", "试点一期》成功。", "他说It’s OK，试点成功。"),
    ("pair-empty", "试点（）成功。", "试点（一）成功，调用main()。"),
    ("half-width-bracket", "试点(一期)成功。", "函数main(int)返回。"),
    ("half-width-bracket-latin", "沙特数据局 (SDAIA) 合作。", "沙特数据局（SDAIA）合作。"),
    ("ascii-quote", '这是"一码通"工程。', '屏幕为5"大小，代码为`"甲"`。'),
    ("quote-direction", "名为”天眼”的工程。", "名为“天眼”的工程。"),
    ("quote-nested", "他说：“这是“天眼”工程。”", "他说：“这是‘天眼’工程。”"),
    ("bracket-nested", "试点（第一期（春季））成功。", "试点（第一期〔春季〕）成功。"),
    ("title-nested", "印发《关于《通知》的说明》。", "印发《关于〈通知〉的说明》。"),
    ("quotes-mixed", "甲“一”乙“二”丙“三”丁「四」。", "甲“一”乙“二”丙“三”丁“四”。"),
    # numbers and dates
    ("date-impossible", "于2021年2月30日印发。", "于2020年2月29日印发，患儿18月龄。"),
    ("time-impossible", "上午25:10开始。", "上午9:10开始，比例为16:90。"),
    ("weekday", "5月31日（星期二）召开。", "5月31日（星期一）召开。"),
    ("dates-reversed", "5月20日至5月10日举行。", "12月30日至1月3日举行，5月10日至20日举行。"),
    ("year-short", "自22年5月起施行。", "自2022年5月起施行，历时12年5个月。"),
    ("year-grouped", "于2,021年完成。", "投入2,021万元。"),
    ("day-missing", "自2022年12月15起施行。", "自2022年12月15日起施行，5月10、11日举行。"),
    ("date-padded", "5月1日、5月2日、5月3日和05月04日举行。", "05月01日和05月04日举行。"),
    ("date-style", "2021年5月1日、2021年5月2日、2021年5月3日和2021-05-04举行。", "2021-05-01和2021-05-04举行。"),
    ("number-two-ways", "罚款28,000欧元，共28000欧元。", "罚款28,000欧元，共29000欧元。"),
    ("number-groups", "投入28,0000元。", "投入280,000元，型号1,2,3号。"),
    ("number-mixed", "约有3千人参加。", "长3千米，重3千克，约有3000人参加，2020百强企业。"),
    ("percent-mixed", "占百分之25。", "占百分之二十五。"),
    ("range-percent", "占12～14%。", "占12%～14%。"),
    ("range-reversed", "每组10～5人。", "每组5～10人，11～3月。"),
    ("decimal-zero", "仅占.46。", "仅占0.46，使用.NET平台。"),
    ("zero-sign", "二○二一年发布。", "二〇二一年发布。"),
    ("unit-case", "重5KG。", "重5kg，内存5KB。"),
    ("approximate-twice", "约有十个，约50人左右。", "预约50人，约50人，50人左右。"),
    ("times-fewer", "能耗减少了3倍。", "能耗增加了3倍，减少了三成。"),
    # characters
    ("zero-width", "试点\u200b成功。", "试点成功👨\u200d👩。"),
    ("no-break-space", "2.\u00a0试点成功。", "试点 test 成功。"),
    ("bidi-control", "试点\u202e成功。", "试点成功。"),
    ("mojibake", "试点锟斤拷成功。", "试点成功，café。"),
    ("entity-left", "这是H&amp;amp;M公司。", "这是H&amp;M公司。"),
    ("half-width-kana", "这是ｶﾀｶﾅ。", "这是カタカナ。"),
    ("typed-indent", "\u3000\u3000试点成功。", "试点成功。"),
    ("space-before-mark", "试点 ，成功。", "试点 test，成功。"),
    ("space-behind-mark", "试点， 成功。", "试点，成功。"),
    ("space-in-han", "试 点成功。", "试点 A 成功。"),
    ("space-doubled", "试点  test成功。", "试点 test成功。"),
    ("space-trailing", "试点成功。 \n\n又成功。", "试点成功。\n\n又成功。"),
    ("traditional", "各地发展试点，经济会议开发新业务，这个機制很好。", "各地发展试点，经济会议开发新业务，这个机制很好。"),
    ("simplified", HEAD + "# 動態\n\n各地發展試點，經濟會議開發新業務，這個機制很好，东部亦然。\n",
     HEAD + "# 動態\n\n各地發展試點，經濟會議開發新業務，這個機制很好，東部亦然。\n"),
    # words
    ("repeated-han", "青海省省卫生健康委批复，将在在北京举行。", "存在在线服务，人人看看，目的的确定，省省会。"),
    ("repeated-latin", "This is is a test，试点成功。", "He said that that was New New York。"),
    ("zhang", "开设帐户。", "搭起帐篷，开设账户。"),
    ("qita", "其它地区与其他地区。", "其它地区。"),
    ("misspelt", "我们以经完成部署。", "加以经营，已经完成部署。"),
    ("jiezhi", "截止2021年，已完成。", "截至2021年，已完成，报名截止。"),
    ("redundant", "也不再需要再书写病历。", "不再书写病历，原因是天气。"),
    ("brand-case", "代码在Github上。", "代码在GitHub上，网址为github.com。"),
    ("name-two-ways", "城阳区人民医院启用病历。未来，城阳人民医院将推进建设。", "城阳区人民医院启用病历。城阳区第一人民医院也将推进。"),
    ("case-two-ways", "使用Spike测试，再用spike验证。", "使用Spike测试，再用Spike验证。"),
    # links
    ("link-malformed", "见[公告](http:/example.org/a)。", "见[公告](http://example.org/a)。"),
    ("link-host", "见[公告](http://localhost:8080/a)。", "见[公告](http://example.org/a)。"),
    ("link-glued", "见https://example.org/a 一文。", "见：https://example.org/a 一文。"),
    ("link-swallowed", "见[公告](http://example.org/a%E3%80%82)。", "见[公告](http://example.org/%E4%B8%AD)。"),
    ("link-file", "见[公告](file:///E:/a.docx)。", "见[公告](http://example.org/file)。"),
    ("link-relative", "见[公告](articles/a.html)。", "见[公告](https://example.org/articles/a.html)。"),
    ("link-no-text", "见[](https://example.org/a)。", "见[公告](https://example.org/a)。"),
    ("link-differs", "见[https://example.com/b](https://example.org/a)。", "见[https://t.cn/Ab12](https://example.org/a)。"),
    ("link-escapes", "见[公告](https://example.org/a%5C_b)。", "见[公告](https://example.org/a_b)。"),
    ("link-tracking", "见[公告](https://example.org/a?utm_source=x)。", "见[公告](https://example.org/a?id=3)。"),
    # again: what a reading of real archives showed to be right
    ("half-width-mark-latin", "他们使用GCC: 然后测试。", "Link: 详细的讨论。"),
    ("space-in-han", "各地 试点[试点](https://example.org/a)成功。",
     "见[试 点](https://example.org/a)，见手册 卷 1和指南 表2.1，另有说明 [链接](https://example.org/b)"),
    ("highlight-differs", HEAD.replace("cover:", "highlights: [美国寻求GCC 创新技术提升能力]\ncover:") +
     "# 甲\n\n## 寻求GCC创新技术提升能力\n\n正文。\n",
     HEAD.replace("cover:", "highlights: [寻求GCC 创新技术提升能力]\ncover:") + "# 甲\n\n## 寻求GCC创新技术 提升能力\n\n正文。\n"),
    ("misspelt", "部份地区已经完成，自起施行。", TRADITIONAL % "部份地區"),
    ("zhang", "开设帐户。", TRADITIONAL % "開設帳目"),
    ("repeated-han", "今年将将在北京举行。", "将将能启动。"),
    ("quotes-mixed", "甲“一”乙“二”丙“三”丁「四」。", "甲“一”乙“二”丙“三”，见[丁「四」](https://example.org/a)。"),
    ("date-impossible", "于5月0日印发。", "于5月10日印发。"),
    ("numbering", "1、甲事已完成。\n\n2、乙事已完成。\n\n4、丁事已完成。",
     "1、甲事已完成。\n\n2、3D打印已完成。\n\n3、丙事已完成。"),
    ("numbering", "问题有：1、甲不清；2、乙不明；4、丁不足。", "问题有：1、甲不清；2、乙不明；3、丙不足。另有：1、戊。"),
    ("numbering", "一是甲不清；二是乙不明；四是丁不足。", "一是甲不清。二是乙不明。三是丙不足，（一）戊；（二）己。"),
    ("highlight-differs", HEAD.replace("cover:", "highlights: [全面推行一件事改革]\ncover:") +
     "# 甲\n\n## 全面推行“一件事”改革\n\n正文。\n",
     HEAD.replace("cover:", "highlights: [全面推行“一件事”改革]\ncover:") + "# 甲\n\n## 全面推行“一件事”改革\n\n正文。\n"),
    ("mark-behind-opener", "试点（，一期）成功。", "名为“天眼“，试点成功。"),
    ("range-hyphen", "每组5-10人。", "2019-20年度，2019-2020年。"),
    ("repeated-paragraph", "这一段文字在同一期里出现了两次，编辑应当删去一段。\n\n这一段文字在同一期里出现了两次，编辑应当删去一段。",
     "一句话。\n\n—— 某某，一家公司的创始人和董事会主席先生\n\n又一句话。\n\n—— 某某，一家公司的创始人和董事会主席先生"),
    ("repeated-han", "不能没有有商业模式，这这种时候并并非如此。", "类具有有形的接口，为了了解以往，予以以色列签证，参与与否。"),
    ("repeated-han", "浏览器浏览器插件。", "他们一个个都来了，一厘米一厘米地移动，要多少给多少，晚上上课，不了了之。"),
    ("repeated-latin", "报错是of of，已修复。", "化石在Kem Kem出土，报错是gimme gimme gimme，见[bar bar](https://example.org/a)。"),
    ("list-mark-clause", "很有用、但是少有人知。", "2、如果生在山村。"),
    ("link-malformed", "见hhtp://example.org/a 一文。", "样本连接hxxp://whyers[.]io/a和whyers[.]io。"),
    ("link-malformed", "见http:/example.org/a 一文。", "见[HTTP:COLON](https://httptoolkit.tech/)。"),
    ("link-swallowed", "见[公告](https://example.org/a%EF%BC%89)。", "见[公告](https://example.org/%EF%BC%88a%EF%BC%89)。"),
    ("link-escapes", "见[公告](https://example.org/a%5C_b)。", "见[公告](https://example.org/?q=%5Cd)。"),
    ("paragraph-stop", "上海市人民政府发布规划，提出强化基本公共服务，规划还提出支持医疗机构发展互联网医疗，完善移动诊疗和远程医疗体系",
     "上海市人民政府发布规划，提出强化基本公共服务，规划还提出支持医疗机构发展互联网医疗，完善移动诊疗和远程医疗体系，比如从\n\n```\nmake\n```"),
    ("mark-pair", "试点成功？，各地跟进。", "见[为什么成功？](https://example.org/a)，很有用。"),
    ("year-short", "自22年5月起施行。", "公元79年10月爆发。"),
    ("approximate-twice", "引进人才100余名以上。", "引进人才100余名，其中两成以上是博士。"),
    ("approximate-twice", "超过2万名以上。", "超过2万名40岁以上的员工。"),
    ("redundant", "不再需要再书写。", "不再建造也不再更新。"),
    ("misspelt", "电子病历自起在全院应用。", "杀心自起。"),
    ("space-in-han", "- 各地 试点成功。", "- 中国 长城\n- 第四天 讲课，下午休息。"),
    ("half-width-mark-latin", "他们用A -> B, 然后测试。", "A: 甲  \nB: 乙"),
    ("space-in-han", "各地 试点成功。", "参加《硬核技术 双翼提升》培训。"),
    ("pair-unclosed", "他说：“试点成功。\n\n各地跟进。", "他说：“试点成功。\n\n各地跟进。”"),
    ("pair-unopened", "他说：试点成功。\n\n各地跟进。”", "他说：“试点成功。\n\n各地跟进。”"),
    # images
    ("image-no-alt", "![](a.png)", "![现场照片](a.png)"),
    ("image-alt-name", "![IMG_1234.jpg](a.png)", "![现场照片](a.png)"),
]

# Found by rules that this file cannot show: check_rules.py has their cases.
ELSEWHERE = ["issue-twice", "issue-gap", "issue-order", "total-twice", "date-twice", "item-again",
             "source-again", "title-lines", "lone-line", "lone-character", "image-resolution"]
