/* script: Traditional Han in a Simplified issue, and the other way round.
 *
 * The lists hold what is unambiguous: Han of Big5 (level 1) that GB 2312 does not have
 * and that have a Simplified form in it, and Han of GB 2312 (level 1) that Big5 does not
 * have. Names with a rare character of both kinds are therefore let be. Which of the two
 * an issue is written in: its lang, else what it has more of; where the lesser kind is
 * more than a tenth of the greater, the mixture is meant and nothing is told. */
#include <string.h>

#include "base/memory.h"
#include "check/passage.h"

#define WHOLE_LEAST 5  /* letters of the other kind from which a block is written in it */
#define MINORITY    10 /* the lesser kind is at most one in so many of the greater */

static const char32_t traditional[] =
    U"丟並亂亙亞佇佈佔併來侖侶侷係俠倀倆倉個們倖倣倫偉側偵偽傑傖傘備傢傭傯傳債傷傾僅僇"
    U"僑僕僥僱價儀儂億儈儉儐儔儕儘償優儲儷儻儼兇兌兒兗內兩冊冪凍凜凱別刪則剋剎剛剝剴創"
    U"剷劃劇劉劊劍劑勁動勗務勛勝勞勢勳勵勸勻匯匱區協卹卻厭厲參叢吳吶呂員唸問啞啟喚喪喫"
    U"喬單喲嗆嗇嗎嗚嗶嘆嘍嘔嘖嘗嘩嘮嘯嘰噓噥噯噴噸噹嚀嚇嚐嚕嚥嚨嚮嚴嚶囀囁囂囈囑囪國圍"
    U"園圓圖團執堅堊堝堯報場塊塋塒塗塚塢塵塹墊墜墮墳墾壇壎壓壘壙壞壟壢壩壯壺壽夠夢夾奐"
    U"奧奩奪奮妝姍姦姪娛婁婦媧媼媽嫗嫵嫻嬈嬋嬌嬝嬤嬪嬰嬸孃孫學孿宮寢實寧審寫寬寵寶將專"
    U"尋對導尷屆屍屜屢層屨屬岡峴島峽崑崗崙崢嵐嶄嶇嶸嶺嶼巒巔巖帥師帳帶幀幃幗幟幣幫幹幾"
    U"庫廁廂廄廈廚廝廟廠廢廣廬廳弒弔張強彆彈彌彎彙彥彿徑從徠復徬徹恆恥悅悵悶悽惡惱惻愛"
    U"愜愴愷愾慄慇態慍慘慚慟慣慫慮慶慼慾憂憊憐憑憚憤憫憮憲憶懇應懍懣懲懶懷懸懺懼懾戀戰"
    U"戲戶拋挾捨捫捲掃掄掙掛採揀揚換揮搆損搖搗搶搾摑摟摯摻撈撐撓撚撢撥撫撲撳撻撾撿擁擄"
    U"擇擊擋擔據擠擬擰擱擲擴擷擺擻擾攆攏攔攙攜攝攣攤攪攬敗敘敵數斂斃斕斬斷昇時晉晝暈暉"
    U"暢暫暱曄曆曇曉曖曠曬書會朧東柵桿梔條梟棄棗棟棧棲楊楓楨業極榮構槍槓槨槳樁樂樅樑樓"
    U"標樞樣樸樹樺橈橋機橢橫檔檜檢檣檯檳檸檻櫃櫓櫚櫛櫝櫥櫬櫺櫻欄權欖欽歎歐歟歡歲歷歸歿"
    U"殘殤殮殯殲殺殼毀毆毬氈氣氫氬氳氾汎汙決沍沒沖況洩洶浹涇涼淒淚淨淪淵淺渙減渦測渾湊"
    U"湧湯準溝溫溼滄滅滌滬滯滲滷滾滿漁漢漣漬漲漸漿潑潔潛潤潯潰澀澆澗澠澤澱濁濃濕濘濟濤"
    U"濫濬濰濱濺濾瀆瀉瀋瀏瀕瀘瀝瀟瀨瀰瀲瀾灑灘灣灤災為烏無煉煙煥煩煬熒熱熾燄燈燉燐燒燙"
    U"燜營燦燬燭燴燻燼燾爍爐爛爭爺爾牆牘牽犖犢犧狀狹狽猙猶獄獅獎獨獰獲獵獷獸獺獻玀現琺"
    U"琿瑣瑤瑩瑪瑯璣璦環璽瓊瓏瓔瓚甌甕產畝畢畫異當疇疊痙痠瘋瘍瘓瘡瘧瘺療癆癒癘癟癡癢癥"
    U"癩癬癮癱癲發皚皰皺盃盜盞盡監盤盧盪眾睏睜睞睪瞇瞞瞭瞼矚矯砲硯碩確碼磚磧磯礎礙礦礪"
    U"礫礬祕祿禍禎禦禪禮禱禿秈稅稈稜稟種稱穀穌積穎穡穢穩穫窩窪窮窯窺竄竅竇竊競筆筍筧箇"
    U"箋箏節範築篤篩簍簞簡簣簫簷簽簾籃籌籐籟籠籤籬籮籲粵糝糞糧糰糾紀紂約紅紆紇紉紋納紐"
    U"純紕紗紙級紛紜紡紮細紱紲紳紹紼絀終絃組絆結絕絛絞絡絢給絨統絲絳絹綁綏綑經綜綞綠綢"
    U"綬維綰綱網綴綵綸綺綻綽綾綿緇緊緒緘緙線緝緞締緣編緩緬緯緲練緹緻縈縉縊縐縑縛縝縞縣"
    U"縫縮縱縲縴縵縷縹總績繃繅繆繒織繕繚繞繡繩繪繫繭繳繹繼繽續纏纓纔纖纜缽罈罌罰罵罷羅"
    U"羈羋羨義羶習翹聖聞聯聰聲聳聶職聽聾肅脅脈脣脫脹腎腦腫腳腸膚膠膩膽膾膿臉臍臏臘臚臟"
    U"臥臨臺與興舉舊艙艦艱艷芻苧茲荊莊莖莢莧華萇萊萬萵葉葦葷蒐蒞蒼蓀蓆蓋蓮蔔蔣蔥蔭蕩蕪"
    U"蕭薊薑薔薦薩薺藍藝藥藪藷藹藺蘆蘇蘊蘋蘚蘭蘿處虛虜號虧蛻蜆蝕蝦蝨蝸螞螢螻蟈蟬蟯蟲蟻"
    U"蠅蠍蠔蠟蠣蠱蠶蠻術衛衝袞裊補裝裡製複褲褸褻襖襠襤襪襯襲見規覓視覦親覬覲覺覽觀觴觸"
    U"訂訃計訊訌討訐訓訕訖託記訛訝訟訣訥訪設許訴訶診註証詁詆詐詔評詛詞詠詢詣試詩詫詬詭"
    U"詮詰話該詳詼誅誇誌認誑誕誘誚語誠誡誣誤誥誦誨說誰課誶誹誼調諂諄談諉請諍諒論諛諜諦"
    U"諧諫諭諮諱諳諶諷諸諺諼諾謀謁謂謄謊謎謐謗謙講謝謠謨謫謬謹譁證譎譏識譙譚譜譟譫譯議"
    U"譴護譽讀變讒讓讖讚讜豈豎豐豔豬貍貓貝貞負財貢貧貨販貪貫責貯貲貳貴貶買貸費貼貽貿賀"
    U"賁賂賃賄賅資賈賊賑賒賓賜賞賠賡賢賣賤賦質賬賭賴賸賺賻購賽贅贈贊贍贏贓贖贗贛趕趙趨"
    U"跡跼踐踡踴蹕蹟蹣蹤蹺躉躊躋躍躑躓躡躪軀車軋軌軍軒軔軛軟軸軻軼軾較載輊輒輓輔輕輛輜"
    U"輝輞輟輥輦輩輪輯輳輸輻輾輿轂轄轅轉轍轎轔轟轡辦辭辮辯農迴逕這連週進遊運過達違遙遜"
    U"遞遠適遲遷選遺遼邁還邇邊邏邐郵鄉鄒鄧鄭鄰鄴酈醃醜醞醫醬釀釁釅釋釐釗釘釙針釣釦釧釩"
    U"釵鈉鈍鈐鈑鈔鈕鈞鈣鈴鈷鈸鈹鈽鈾鈿鉀鉅鉉鉍鉑鉗鉚鉛鉤鉸鉻銀銅銑銓銖銘銜銨銬銲銳銷銻"
    U"銼鋁鋅鋇鋒鋤鋪鋰鋸鋼錄錐錕錘錙錚錠錢錦錨錫錮錯錳錶鍊鍋鍍鍔鍛鍥鍬鍰鍵鍾鎂鎊鎖鎗鎘"
    U"鎚鎢鎬鎮鎰鎳鏃鏈鏍鏑鏗鏘鏜鏝鏟鏡鏢鏤鏨鏽鐃鐘鐫鐮鐲鐳鐵鐸鐺鑄鑑鑒鑠鑣鑰鑲鑷鑼鑽鑾"
    U"鑿長門閂閃閉開閎閏閑閒間閔閘閡閣閥閨閩閭閱閻闆闈闊闋闌闐闔闕闖關闡闢陘陝陞陣陰陳"
    U"陸陽隄隊階隕際隨險隱隴隸隻雋雖雙雛雜雞離難雲電霑霧霽靂靄靈靜靦靨鞏韁韃韉韋韌韓韜"
    U"韻響頁頂頃項順須頊頌預頑頒頓頗領頜頡頤頭頰頷頸頹頻顆題額顎顏顓願顛類顥顧顫顯顰顱"
    U"風颯颱颳颶颼飄飛飢飩飪飭飯飲飴飼飽飾餃餅餉養餌餒餓餘餚餛餞餡館餵餽餾餿饅饉饑饒饗"
    U"饜饞馬馭馮馱馳馴駁駐駑駒駕駙駛駝駟駢駭駱駿騁騎騖騙騫騰騷騾驀驃驅驍驕驗驚驛驟驢驥"
    U"驪骯髏髒體髖髮鬆鬍鬚鬢鬥鬧鬨鬱魎魘魚魯魷鮑鮪鮫鮭鮮鯀鯉鯊鯖鯛鯧鯨鯽鰍鰓鰥鰭鰱鰻鰾"
    U"鱉鱔鱖鱗鱟鱷鱸鳥鳩鳳鳴鳶鴆鴉鴕鴛鴣鴦鴨鴻鴿鵑鵝鵠鵡鵪鵬鵲鶉鶯鶴鷂鷓鷗鷥鷹鷺鸚鸛鸞"
    U"鹵鹹鹼鹽麗麥麩麵麼黃黌點黨黴黷鼇鼕鼴齊齋齒齜齟齡齣齦齧齪齬齲齷龍龐龔龜";

static const char32_t simplified[] =
    U"专业丛东丝丢两严丧个临为丽举义乌乐乔习乡书买乱争亏亚产亩亲亿仅从仑仓仪们众会伞伟"
    U"传伤伦伪侠侣侥侦侧侨侩俩俭债倾偿储兑兰关兴兹养兽内冈册写军农冯冲决况冻净凉减凑凛"
    U"凤凭凯击凿刘则刚创删别刹刽剂剐剑剥剧劝办务动励劲劳势勋匀区医华协单卖卢卤卧卫却厅"
    U"历厉压厌厕厢厦厨厩县参双发变叙叠叶号叹吓吕吗吴呐呕员呛呜咏咙响哑哗哟唤啮啸喷嘘嘱"
    U"嚣团园囱围国图圆场块坚坛坝坞坟坠垄垒垦垫堑堕墙壮声壳壶处备够头夹夺奋奖奥妆妇妈娄"
    U"娇娱婴婶孙学孪宝实宠审宪宫宽宾寝对寻导寿将尔尘尝尧尽层屉届属屡屿岁岂岗岛岿峡峦崭"
    U"巩币帅师帐帜带帧帮幂广庆庐库应庙庞废开弃张弥弯弹强归当录彦彻径忆忧态怂总恋恒恳恶"
    U"恼悦悬悯惧惨惩惫惭惮惯愤慑懒戏战户执扩扫扬抚抛抠抡抢护报担拟拢拣拥拦拧拨择挚挛挝"
    U"挞挟挠挡挣挤挥捞损捡换捣掳掷掸掺揽搀搁搂搅携摄摆摇摈摊撑撵擞攒敌敛数斋斩断无旧时"
    U"旷昼显晋晓晕暂术杀杂权条来杨枢枣枪枫柠栅标栈栋栏树样档桥桨桩梦检椭楼槛横樱橱欢欧"
    U"歼残殴毁毕毙毡氢汇汉汤汹沟没沤沥沦沧沪泪泻泼泽浅浆浇浊测济浑浓涛涝涟涡涣涤润涧涨"
    U"涩渊渍渐渔渗温湾湿溃溅滚滞满滤滥滦滨滩潍潜澜濒灭灯灵灾灿炉点炼炽烁烂烃烛烟烦烧烩"
    U"烫烬热焕爱爷牵牺犊状犹狈狞独狭狮狰狱猎猪猫献獭玛环现珐琐琼瑶电画畅畴疗疟疡疮疯痈"
    U"痉痪瘪瘫癣皑皱盏盐监盖盗盘着睁瞒瞩矫矾矿码砖砚砾础硕碍碱礼祷祸禄秃秆积称秽税稳穷"
    U"窃窍窑窜窝窥竞笋笔笺笼筛筹签简箩篓篮类粤粪粮紧纠红纤约级纪纫纬纯纱纲纳纵纶纷纸纹"
    U"纺纽线练组绅细织终绊绍绎经绑绒结绕绘给绚络绝绞统绢绣绥继绩绪续绰绳维绵绷绸综绽绿"
    U"缀缄缅缆缉缎缓缔缕编缘缚缝缠缨缩缮缴罗罚罢翘耸耻聂聋职联聪肃肠肤肾肿胀胁胆胶脉脏"
    U"脐脑脓脚脱脸腻腾舆舰舱艰艳艺节芜芦苇苍苏茎荆荚荡荣荤荧荫药莱莲获莹萝萤营萧萨葱蒋"
    U"蓝蓟蔷蔼蕴虏虑虚虽虾蚀蚁蚂蛊蛮蛰蜕蜗蝇蝉衅衔补衬袄袜袭装裤见观规觅视览觉誉誊计订"
    U"讣认讥讨让讫训议讯记讲讳讶许讹论讼讽设访诀证评诅识诈诉诊诌词译试诗诚诛话诞诡询诣"
    U"该详诧诫诬语误诱诲说诵请诸诺读诽课谁调谅谆谈谊谋谍谎谐谓谗谚谜谢谣谤谦谨谩谬谭谰"
    U"谱谴贝贞负贡财责贤败账货质贩贪贫贬购贮贯贰贱贴贵贷贸费贺贼贾贿赁赂赃资赊赋赌赎赏"
    U"赐赔赖赘赚赛赞赠赡赢赣赵趋跃践踌踪蹿躯车轧轨轩转轮软轰轴轻载轿较辅辆辈辉辊辐辑输"
    U"辕辖辗辙辞辩辫边辽达迁过迈运还这进远违连迟迹选逊递逻遗遥邓邮邹邻郑郧郸酱酿释鉴针"
    U"钉钒钓钙钝钞钟钠钡钢钥钦钧钨钮钱钳钻钾铀铁铂铃铅铆铜铝铡铣铬铭铰铱铲银铸铺链销锁"
    U"锄锅锈锋锌锐锑锗错锚锡锣锤锥锦锭键锯锰锹锻镀镁镇镊镍镐镑镜镣镭镰镶长门闪闭问闯闰"
    U"闲间闷闸闹闺闻闽阀阁阂阅阉阎阐阑阔队阳阴阵阶际陆陇陈陕陨险随隐隶难雏雾静韦韧韩韵"
    U"页顶顷项顺须顽顾顿颁颂预颅领颇颈颊颐频颓颖颗题颜额颠颤颧风飘飞饥饭饮饯饰饱饲饵饶"
    U"饺饼饿馁馅馆馈馋馏馒马驭驮驯驰驱驳驴驶驹驻驼驾骂骄骆骇骋验骏骑骗骚骡骤鱼鲁鲍鲜鲤"
    U"鲸鳃鳖鳞鸟鸡鸣鸥鸦鸭鸯鸳鸵鸽鸿鹃鹅鹊鹏鹤鹰麦黄齐齿龄龋龙龚龟";

enum { KIND_TRADITIONAL = 1, KIND_SIMPLIFIED = 2 };

#define HAN_FIRST 0x4E00
#define HAN_COUNT 0x5200 /* of the block that both lists are in */

/* What a letter is, by code point: a look-up for each letter of the issue. */
static uint8_t kind_of(const uint8_t *kinds, uint32_t c)
{
    return c - HAN_FIRST < HAN_COUNT ? kinds[c - HAN_FIRST] : 0;
}

static void set_kinds(uint8_t *kinds, const char32_t *list, uint8_t kind)
{
    for (; *list != 0; list++)
        kinds[*list - HAN_FIRST] |= kind;
}

static void count_letters(const struct passage *p, const uint8_t *kinds, size_t *counts)
{
    for (size_t i = 0; i < p->letters.length; i++)
        counts[kind_of(kinds, p->letters.data[i].c)]++;
}

/* Tell rows of letters of the wrong kind; once where the whole block is written in it. */
static void tell_letters(
    struct check *check, const struct passage *p, const uint8_t *kinds, uint8_t wrong)
{
    enum diag_id rule = wrong == KIND_SIMPLIFIED ? RULE_SIMPLIFIED : RULE_TRADITIONAL;
    size_t counts[KIND_SIMPLIFIED + 1] = {0};
    bool once;

    count_letters(p, kinds, counts);
    once = counts[wrong] > counts[KIND_SIMPLIFIED + KIND_TRADITIONAL - wrong] &&
           counts[wrong] >= WHOLE_LEAST;
    for (size_t i = 0; i < p->letters.length; i++) {
        size_t end = i;

        while (end < p->letters.length &&
               !(p->letters.data[end].flags & (LETTER_FOREIGN | LETTER_LINK)) &&
               kind_of(kinds, p->letters.data[end].c) == wrong)
            end++;
        if (end == i)
            continue;
        if (!p->quoted)
            passage_tell(check, rule, p, i, end);
        if (once)
            return;
        i = end;
    }
}

void check_script(struct check *check)
{
    uint8_t *kinds = memory_resize(NULL, HAN_COUNT, sizeof *kinds);
    size_t counts[KIND_SIMPLIFIED + 1] = {0}, lesser, greater;
    uint8_t wrong;

    memset(kinds, 0, HAN_COUNT);
    set_kinds(kinds, traditional, KIND_TRADITIONAL);
    set_kinds(kinds, simplified, KIND_SIMPLIFIED);
    for (size_t i = 0; i < check->passage_count; i++)
        count_letters(&check->passages[i], kinds, counts);
    if (check->document->head.lang.span.file == SPAN_NO_FILE)
        check->traditional = counts[KIND_TRADITIONAL] > counts[KIND_SIMPLIFIED];
    wrong = check->traditional ? KIND_SIMPLIFIED : KIND_TRADITIONAL;
    lesser = counts[wrong];
    greater = counts[KIND_SIMPLIFIED + KIND_TRADITIONAL - wrong];
    for (size_t i = 0;
         i < check->passage_count && lesser > 0 && lesser * MINORITY <= greater; i++)
        tell_letters(check, &check->passages[i], kinds, wrong);
    memory_free(kinds);
}
