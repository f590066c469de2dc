"""words_hant: what issues in Traditional Chinese are made of; written for this purpose."""

TITLES = ["城鄉文化與教育通訊", "開放原始碼與資訊安全月報", "海洋環境觀測簡訊", "圖書館事業動態"]
SUBTITLES = ["政策、技術與實務", "每月一期，歡迎轉載"]
SECTIONS = ["本月要聞", "地方紀事", "技術專欄", "安全公告", "海外觀察", "閱讀與評論", "統計與報告"]
LABELS = []  # the content format names Simplified labels only: bare addresses
COMMENTARY = []  # the content format names Simplified openings only
CAPTION = "表："
PAGE_REFERENCE = ["見第 {page} 頁", "詳見第 {page} 頁"]
ROLES = ["編輯", "審核", "校對", "設計"]
PROVINCES = ["臺北", "新竹", "臺南", "花蓮", "香港", "澳門", "宜蘭", "挪威", "祕魯", "肯亞", "紐西蘭",
             "愛沙尼亞", "葡萄牙"]
SURNAMES = list("王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡"
                "賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊金陸郝孔白崔康毛邱秦江史顧侯邵孟龍") + [
                    "歐陽", "司馬", "上官", "諸葛"]
NAME_HAN = ("青禾林溪雲嶺海寧安平清泉松柏蘭芝桂楓桐梓榆槐柳荷蓮菊梅竹葦藍翠丹綠玉珠璞瑤琳瑾瑜晨曦曉暉旭"
            "昊昕明亮燦輝煌煥燁爍澤潤涵淵瀾洋瀚濤浩淳潔浦沛沐汀洛渭涇岩峰峻嵐崎嵩嶽峽谷川原野坪崗丘陵"
            "堡寨灣港渡津橋塘堰渠壩仁義禮智信德惠敏慧聰穎哲睿博雅文翰墨詩書琴棋畫鵬鴻鶴雁鷺鷗燕鸞鳳麟"
            "駿馳騁遠航帆舟錦繡綺綾紋織辰星宇宙穹蒼霽霖露霜雪冰凌")
PINYIN = [("斡旋", ["wò", "xuán"]), ("蜿蜒", ["wān", "yán"]), ("緘默", ["jiān", "mò"]),
          ("砥礪", ["dǐ", "lì"]), ("濫觴", ["làn", "shāng"]), ("熾熱", ["chì", "rè"])]

LISTS = {
    "city": ["{name2}市", "{name2}縣", "{name2}鎮", "{name1}山區", "{name2}鄉", "{name1}港區"],
    "org": ["{city}文化局", "{city}教育處", "{city}消防局", "{name2}大學", "{name2}研究院",
            "{city}立圖書館", "{city}博物館", "{name2}基金會", "{company}", "{company}",
            "{city}環境監測站", "{name2}學會"],
    "company": ["{name2}資訊公司", "{name2}軟體", "{name3}能源集團", "{name2}生技公司",
                "{name2}航運公司", "{name2}電子股份有限公司"],
    "role": ["館長", "院長", "計畫主持人", "首席工程師", "研究員", "發言人", "教授", "志工", "漁民"],
    "topic": ["社區照護", "溪流生態復育", "偏鄉物流", "農田水利", "開放原始碼供應鏈", "工控系統安全",
              "大眾運輸優先", "學童視力保健", "文化資產保存", "離岸風電維運", "古籍數位化", "親子共讀",
              "地下管線更新", "森林防火", "跨境資料流通", "職業訓練", "老屋修繕", "冷鏈倉儲", "遠距會診",
              "垃圾減量", "電池回收", "無障礙環境", "個人資料保護", "漏洞協同處理", "編譯器最佳化",
              "橋梁檢測", "候鳥棲地保護", "茶葉產銷履歷", "戲曲傳承", "竹編工藝", "珊瑚礁監測"],
    "doctype": ["管理辦法", "實施計畫", "三年行動方案", "年度報告", "操作指南", "評鑑標準", "白皮書"],
    "doc": ["《{topic}{doctype}》", "《{topic}{doctype}（{year}年版）》",
            "《關於公布〈{topic}{doctype}〉的通知》", "《{city}{topic}{doctype}》"],
    "docref": ["文件", "《方案》", "報告", "《辦法》", "《指南》"],
    "issued": ["發布", "公布", "修訂", "審議通過"],
    "aim": ["明確訂定今後三年的目標", "對{topic}作出整體規劃", "要求各地因地制宜、分階段推動",
            "提出{num}項具體措施", "並公開徵求各界意見"],
    "goal": ["涵蓋率", "設備妥善率", "如期辦結率", "民眾滿意度", "資源回收率"],
    "unit": ["戶", "人次", "個", "件", "臺", "家", "公里", "項", "噸", "冊"],
    "thing": ["這項服務", "該平臺", "「{name2}」系統", "新建的{topic}中心", "{topic}試辦計畫",
              "「{name2}{name1}」專案"],
    "begin": ["啟用", "運作", "試辦", "開放", "上線"],
    "verbed": ["服務{num}人次", "連接設備{num}臺", "處理申請{num}件", "培訓學員{num}名",
               "修復堤岸{dec}公里", "登錄文物{num}件"],
    "trend": ["較去年同期增加", "較上月減少", "比試辦前提高"],
    "quote": ["過去要跑三趟才能辦完的事，現在在家就能完成", "我們希望把經驗留給更多同行",
              "資料不會自己說話，關鍵在於由誰解釋", "路通了，果子才賣得出去",
              "每一行程式都應當有人負責", "長輩最需要的其實是有人陪著聊天",
              "所謂『{name2}模式』，說到底就是讓{topic}回到日常", "孩子們問得最多的是『為什麼』"],
    "said": ["表示", "說明", "告訴記者", "坦言", "強調", "回憶道"],
    "task": ["完善{topic}的配套制度", "建立跨部門的會商機制", "將{topic}納入預算",
             "擴大{topic}的試辦範圍", "培養懂技術、會管理的人才", "每季公開一次進度"],
    "change": ["悄悄改變這裡的面貌", "成為新的成長動力", "走進尋常人家", "向鄰近地區延伸",
               "形成可以複製的作法"],
    "change_from": ["人工登記", "紙本帳冊", "單點試驗", "零星採購"],
    "change_to": ["自動彙整", "電子檔案", "整體推廣", "集中招標"],
    "slogan": ["把方便留給民眾", "多種一棵樹，少吹一陣沙", "讀書吧", "慢一點，再慢一點"],
    "question": ["錢從哪裡來", "設備壞了誰來修", "沒有網路的村落怎麼辦", "資料歸誰所有"],
    "answer": ["答案寫在{doc}裡", "{role}{person}提出了自己的看法", "各地作法不一，成效也有差別",
               "目前還沒有定論"],
    "phrase": ["重點任務", "經費保障", "長期機制", "風險評估", "資料共享", "公眾參與", "技術研發",
               "品質優先", "緊急應變", "協同創新"],
    "tech": ["5G", "AI", "API", "IPv6", "RISC-V", "Linux", "GPU", "PM2.5", "OCR", "UTF-8", "GIS"],
    "latin": ["OpenHarbor", "Blue Heron", "Lattice DB", "Quill Editor", "NorthWind", "Tern Cloud"],
    "book": ["河灣舊事", "燈下札記", "山中來信", "遠行的船", "瓦上霜", "石頭與水"],
    "slug": ["news", "detail", "policy", "article", "notice", "report"],
    "syllable": ["阿", "克", "里", "斯", "蒂", "娜", "羅", "塞", "伯", "恩", "哈", "德", "森", "爾",
                 "維", "托", "瑪", "麗", "卡", "洛", "費", "奧", "萊", "姆", "漢", "格", "溫", "迪"],
    "place": ["河邊的老街", "山頂的觀測站", "海拔{num}公尺的村落", "渡口旁的學校"],
    "detail": ["牆上貼著{num}張手繪的流程圖", "螢幕上捲動著即時資料", "幾位長輩在樹蔭下下棋",
               "孩子們圍著望遠鏡排隊"],
    "lead": ["{date}，{subject}{issued}{doc}，{aim}。",
             "{date}，{subject}與{org}簽署協議，共同推動{topic}。",
             "{date}消息，{subject}宣布{topic}計畫正式{begin}，總經費{money}。",
             "{date}，由{subject}主辦的「{topic}」研討會在{city}召開，來自{small}個國家的{num2}名代表出席。"],
    "sentence": [
        "{docref}提出，到{future}年底，{goal}達到{pct}以上，新增受益者不少於{num}{unit}。",
        "據介紹，{thing}自{pastdate}{begin}以來，已{verbed}，{trend}{pct}。",
        "「{quote}。」{role}{person}{said}。", "{role}{person}{said}：「{quote}。」",
        "{thing}——當地人更願意叫它「{name2}」——{change}。",
        "從{change_from}到{change_to}，從{city}到{city}……{topic}正在{change}。",
        "{question}？{answer}。", "「{slogan}！」在{place}，這樣的標語隨處可見。",
        "下一步，{subject}將做好三件事：一是{task}；二是{task}；三是{task}。",
        "每個小組以{range}人為宜，每週巡查{small}～{small2}次，發現問題須在{small}小時內回報。",
        "監測顯示，測站平均氣溫{temp}℃，坡度{small}°，誤差控制在±{small}mm以內。",
        "總樓地板面積{num}m²，預計{future}年{small}月啟用。", "初步估算①，每年可節省{money}，折合{usd}。",
        "該系統採用{tech}和{tech}技術，以{latin} {version}開發，介面說明見：{url}。",
        "{company}釋出{latin}的原始碼，採{license}授權，問題可寄到信箱：{mail}。",
        "公告指出，編號{cve}的漏洞影響{latin} {version}及更早版本，CVSS評分為{score}，建議立即更新。",
        "管理員應檢查{path}的權限，並備份{code}所列的檔案。",
        "{foreign}（{person_latin}）受訪時說：「{quote}。」", "各地應把{mark}視為{topic}的起點。",
        "與會專家就{mark}、{mark}等議題展開討論。", "{mark}成為這次{topic}的一大亮點。",
        "在{place}，{detail}；不遠處，{detail}。", "有人問：「{question}？」{answer}。難道就這樣算了？！",
        "{marked_close}{thing}仍在改善，預計還要{small}季。",
        "《{book}》《{book2}》等作品以{topic}為題材，{change}。",
        "{subject}也公開了{doc}的電子版（{url}），供各界下載。",
        "記者看到，{detail}，{change_from}已經被{change_to}取代。",
    ],
    "title": ["{topic}{doctype}正式公布", "{name2}大學帶頭研究{topic}", "「{name2}」平臺上線，推動{topic}",
              "{topic}取得新進展，{goal}達{pct}", "從{change_from}到{change_to}，{topic}邁開新步伐",
              "{company}推出{latin} {version}", "{latin}修補高風險漏洞{cve}",
              "{topic}：{phrase}，{phrase2}"],
    "heading": ["背景與目標", "主要作法", "實施進度", "問題與建議", "技術細節"],
    "cell": ["{city}", "{phrase}", "{topic}", "{company}", "{tech}", "{person}"],
    "header": ["地區", "項目", "數量", "占比", "負責人", "備註", "單位", "進度"],
    "caption": ["{topic}進度", "各地{topic}統計", "{name2}計畫示意圖"],
    "bullet": ["{task}。", "{mark}：{task}。", "{topic}（{small}項）。", "已{verbed}。", "{doc}。"],
    "note": ["資料來自{org}{year}年的統計。", "參見{doc}第{small}章。", "{foreign}的原話見：{url}。"],
    "comment": ["此處等待資料核實", "圖片由作者提供"],
}
