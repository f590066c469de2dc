/* words: repeated words, misspellings, house style, names in wrong capitals.
 *
 * Doubled Han are ordinary Chinese (人人, 看看, 目的的), so only words of grammar are looked
 * at, each with the neighbours that make the doubling right: 存在 + 在, 为了 + 了解.
 */
#include <string.h>

#include "check/passage.h"

#define QUOTATION_MOST 40 /* letters back that an opening quote is looked for */
#define PHRASE_MOST    8  /* letters of a phrase that is looked for twice */

/* A Han that is not doubled, but behind `before` or before `behind`. */
struct doubled {
    char32_t c;
    const char32_t *before; /* letters that make a word with the first of the two */
    const char32_t *behind; /* letters that make a word with the second */
};

static const struct doubled doubled[] = {
    {U'的', U"目", U"确確士"},
    {U'在', U"存现現所内內外潜潛实實自不好",
        U"线線校职職建研逃野场場乎意编編册冊华華京任此座位岗崗"},
    {U'了', U"罢罷", U"解如结結断斷然得不却卻之"},
    {U'是', U"于於可但", U"非否"},
    {U'和', U"共总總温溫调調缓緩柔饱飽祥随隨谐", U"平谐諧解睦声聲气氣约約田服谈談好合"},
    {U'为', U"成认行作因以视称定变化改名转", U"了何此人民首主期止难害"},
    {U'與', U"參給授賜", U"會其"},
    {U'与', U"参给授赐付", U"会其否此"},
    {U'将', U"", U"军领来士近能够好过"},
    {U'被', U"棉植", U"子告动"},
    {U'对', U"反针相绝面核校应比配", U"方应手象话比照策于外内接等付待称口抗立"},
    {U'于', U"由关对属鉴等基位处便利至终善勇低高大小优限乐忠过敢", U""},
    {U'有', U"所", U"关效限利望机力序些所的助时待人无形意用益害毒声线偿"},
    {U'及', U"普涉波危提顾论", U"时其格早第"},
    {U'或', U"", U"许者"},
    {U'也', U"", U"许"},
    {U'就', U"成造高", U"业近地医读诊任职"},
    {U'还', U"归偿返退", U"原款"},
    {U'向', U"方取导面转动走志意倾趋", U"上下前来量着"},
    {U'从', U"服听顺遵", U"事业前小"},
    {U'以', U"可所得足予加难用给", U"后前上下色为内外往"},
    {U'并', U"合兼一", U"购存列发网"},
    {U'由', U"自理事缘", U"衷"},
    {U'该', U"应", U""},
    {U'省', U"", U"会长委政级道府直管立城属内外际域份辖钱时力油电"},
    {U'市', U"城", U"场民区长政委级内值面价容"},
    {U'县', U"", U"域城长级委政"},
    {U'但', U"", U""},
    {U'而', U"", U""},
    {U'把', U"", U"握关手控"},
    {U'使', U"大天", U"用命"},
    {U'这', U"", U""},
    {U'我', U"自", U""},
    {U'他', U"其", U"人"},
    {U'中', U"其", U"国心央共学"},
    {U'站', U"", U"点长内"},
};

/* Words that are typed twice by mistake; verbs that may be doubled (研究研究) are not here.
 */
static const char32_t *const phrases[] = {U"关于", U"进行", U"通过", U"以及", U"我们",
    U"他们", U"可以", U"已经", U"由于", U"根据", U"按照", U"目前", U"同时", U"此外",
    U"因此", U"如果", U"但是", U"其中", U"这个", U"一个", U"对于", U"提供", U"实现",
    U"支持", U"发布", U"表示", U"公司", U"使用", U"能够", U"成为", U"需要", U"包括",
    U"以来", U"开展", U"推动", U"加强", U"建设", U"系统", U"平台", U"网站", U"技术",
    U"项目", U"服务", U"中国", U"企业", U"发展", U"管理", U"标准", U"增加", U"作为"};

struct right_word {
    const char32_t *wrong;
    const char *right;
    const char32_t *not_behind; /* letters before it that make another word */
    const char32_t *not_before; /* letters behind it */
};

static const struct right_word misspelt[] = {
    {U"自起", "自即日起", U"独各亲",
        U"草点始源家身步义舞飞诉效算航火床居降跑。，、；！？”"},
    {U"以经", "已经", U"可所得足难", U"济营过理验常历"},
    {U"己经", "已经", U"自", U"济营"}, {U"自已", "自己", U"", U"经"},
    {U"因该", "应该", U"原", U""}, {U"做为", "作为", U"叫看当", U""},
    {U"部份", "部分", U"", U""}, {U"按装", "安装", U"", U"置"},
    {U"布署", "部署", U"公颁", U""}, {U"既使", "即使", U"", U"用"},
    {U"必竟", "毕竟", U"", U""}, {U"座落", "坐落", U"", U""},
    {U"好象", "好像", U"美", U"征"}, {U"制做", "制作", U"", U""},
    {U"渡假", "度假", U"", U""}, {U"震憾", "震撼", U"", U""},
    {U"重迭", "重叠", U"", U"代"}, {U"一如继往", "一如既往", U"", U""},
    {U"再接再励", "再接再厉", U"", U""}, {U"迫不急待", "迫不及待", U"", U""},
    {U"相辅相承", "相辅相成", U"", U""}, {U"通迅", "通讯", U"", U"速"},
    {U"粘帖", "粘贴", U"", U""}, {U"既将", "即将", U"", U""}, {U"即然", "既然", U"", U""},
    {U"既便", "即便", U"", U""}, {U"甚致", "甚至", U"", U""},
    {U"其至", "甚至", U"", U"少多今"}, {U"严竣", "严峻", U"", U""},
    {U"竟争", "竞争", U"", U"论"}, {U"竞然", "竟然", U"", U""},
    {U"帐蓬", "帐篷", U"", U""}, {U"融汇贯通", "融会贯通", U"", U""},
    {U"默守成规", "墨守成规", U"", U""}, {U"世外桃园", "世外桃源", U"", U""},
    {U"走头无路", "走投无路", U"", U""}, {U"手屈一指", "首屈一指", U"", U""},
    {U"川流不熄", "川流不息", U"", U""}, {U"出奇不意", "出其不意", U"", U""},
    {U"脉博", "脉搏", U"", U""}, {U"松驰", "松弛", U"", U""}, {U"幅射", "辐射", U"", U""},
    {U"编缉", "编辑", U"", U""}, {U"综和", "综合", U"", U"解"},
    {U"防碍", "妨碍", U"", U""}, {U"侯选", "候选", U"", U""}, {U"气侯", "气候", U"", U""},
    {U"时侯", "时候", U"", U""}, {U"园满", "圆满", U"", U""}, {U"复盖", "覆盖", U"", U""},
    {U"安祥", "安详", U"", U""}, {U"针贬", "针砭", U"", U""},
    {U"追朔", "追溯", U"", U""}};

static const struct right_word redundant[] = {{U"凯旋归来", "凯旋", U"", U""},
    {U"目的是为了", "目的是", U"", U""}, {U"原因是因为", "原因是", U"", U""},
    {U"原因是由于", "原因是", U"", U""}, {U"付诸于", "付诸", U"", U""},
    {U"诉诸于", "诉诸", U"", U""}, {U"截止目前为止", "截至目前", U"", U""},
    {U"截至目前为止", "截至目前", U"", U""}, {U"大约左右", "大约", U"", U""},
    {U"第一个首", "首个", U"", U""}, {U"首次第一", "首次", U"", U""},
    {U"过高的奢望", "奢望", U"", U""}, {U"令人可", "可", U"", U"以能"},
    {U"悬殊很大", "悬殊", U"", U""}, {U"是否可否", "可否", U"", U""},
    {U"其他别的", "其他", U"", U""}, {U"加以进行", "加以", U"", U""},
    {U"被评为为", "被评为", U"", U""}, {U"约为左右", "约", U"", U""}};

struct brand {
    const char *wrong;
    const char *right;
};

static const struct brand brands[] = {{"Github", "GitHub"}, {"GITHUB", "GitHub"},
    {"Gitlab", "GitLab"}, {"Javascript", "JavaScript"}, {"JAVASCRIPT", "JavaScript"},
    {"Typescript", "TypeScript"}, {"Iphone", "iPhone"}, {"IPhone", "iPhone"},
    {"Ipad", "iPad"}, {"MacOS", "macOS"}, {"Mysql", "MySQL"}, {"Wifi", "Wi-Fi"},
    {"WIFI", "Wi-Fi"}, {"WiFi", "Wi-Fi"}, {"Wechat", "WeChat"}, {"Youtube", "YouTube"},
    {"Linkedin", "LinkedIn"}, {"Openai", "OpenAI"}, {"Paypal", "PayPal"},
    {"Postgresql", "PostgreSQL"}, {"Kubernates", "Kubernetes"},
    {"Tensorflow", "TensorFlow"}, {"Pytorch", "PyTorch"}, {"Powerpoint", "PowerPoint"},
    {"RISCV", "RISC-V"}, {"Risc-V", "RISC-V"}, {"risc-v", "RISC-V"},
    {"Freebsd", "FreeBSD"}};

static void doubled_han(struct check *check, const struct passage *p, size_t i)
{
    uint32_t c = p->letters.data[i].c;
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1),
             behind = letter_at(p, (ptrdiff_t)i + 2);
    bool found = false;

    if (before == c || behind == c)
        return;
    for (size_t k = 0; k < sizeof doubled / sizeof doubled[0]; k++) {
        if (doubled[k].c != c)
            continue;
        if (letter_in(before, doubled[k].before) || letter_in(behind, doubled[k].behind))
            return;
        found = true;
    }
    if (found)
        passage_tell(check, RULE_REPEATED_HAN, p, i, i + 2);
}

/* Is there an open “ before letter i? What is quoted may repeat itself for effect. */
static bool is_quoted(const struct passage *p, size_t i)
{
    for (size_t k = i; k-- > 0 && i - k < QUOTATION_MOST;) {
        uint32_t c = letter_at(p, (ptrdiff_t)k);

        if (c == U'“' || c == U'”')
            return c == U'“';
    }
    return false;
}

/* 一盘一盘, 要多少有多少: repeated as grammar has it. */
static bool is_distributive(const struct passage *p, size_t i, size_t n)
{
    if (letter_at(p, (ptrdiff_t)i) == U'一')
        return true;
    for (size_t k = i; k < i + n; k++) {
        if (passage_match(p, k, U"多少") || passage_match(p, k, U"什么") ||
            letter_in(letter_at(p, (ptrdiff_t)k), U"哪谁几"))
            return true;
    }
    return false;
}

/* 关于关于; and three or more Han at once (电子病历电子病历). */
static void doubled_phrase(struct check *check, const struct passage *p, size_t i)
{
    const struct letter *letter = &p->letters.data[i];
    size_t left = p->letters.length - i;

    for (size_t n = 2; n <= PHRASE_MOST && n < left; n++) {
        size_t same = 0;

        if (letter[n].c != letter->c)
            continue;
        while (same < n && letter_is_han(letter_at(p, (ptrdiff_t)(i + same))) &&
               letter_at(p, (ptrdiff_t)(i + same)) ==
                   letter_at(p, (ptrdiff_t)(i + n + same)))
            same++;
        if (same < n)
            continue;
        for (size_t k = 0; n == 2 && k < sizeof phrases / sizeof phrases[0]; k++)
            same += passage_match(p, i, phrases[k]) > 0;
        if (same > 2 && !is_quoted(p, i) && !is_distributive(p, i, n)) {
            passage_tell(check, RULE_REPEATED_HAN, p, i, i + 2 * n);
            return;
        }
    }
}

static bool is_word(uint32_t c)
{
    return letter_is_latin(c) || letter_is_digit(c);
}

static uint32_t folded(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool is_capital(uint32_t c)
{
    return c >= 'A' && c <= 'Z';
}

static size_t word_length(const struct passage *p, size_t i)
{
    size_t n = 0;

    while (is_word(letter_at(p, (ptrdiff_t)(i + n))))
        n++;
    return n;
}

/* Is the word of n letters at i, as a whole, that at k? */
static bool is_same_word(const struct passage *p, size_t i, size_t k, size_t n)
{
    size_t same = 0;

    while (same < n && folded(letter_at(p, (ptrdiff_t)(i + same))) ==
                           folded(letter_at(p, (ptrdiff_t)(k + same))))
        same++;
    return same == n && word_length(p, k) == n &&
           !is_word(letter_at(p, (ptrdiff_t)k - 1));
}

/* Two equal words of n letters, the first at i: is a third of them before or behind? */
static bool is_refrain(const struct passage *p, size_t i, size_t n)
{
    return is_same_word(p, i, i + 2 * (n + 1), n) ||
           (i > n && is_same_word(p, i, i - n - 1, n));
}

/* “the the”: the same word behind one space. */
static void doubled_word(struct check *check, const struct passage *p, size_t i, size_t n)
{
    static const char32_t *const meant[] = {U"that", U"had", U"bla", U"very", U"really",
        U"so", U"no", U"ha", U"bye", U"New", U"Walla"};
    size_t second = i + n + 1;

    if (n < 2 || letter_at(p, (ptrdiff_t)(i + n)) != ' ' ||
        !is_same_word(p, i, second, n) || letter_is_digit(letter_at(p, (ptrdiff_t)i)) ||
        letter_in(letter_at(p, (ptrdiff_t)i - 1), U"-.'’/_@&") ||
        letter_in(letter_at(p, (ptrdiff_t)(second + n)), U"-'’/_@.&"))
        return;
    /* Names (Kem Kem), others' titles and refrains (gimme gimme gimme) are meant. */
    if ((is_capital(letter_at(p, (ptrdiff_t)i)) &&
            is_capital(letter_at(p, (ptrdiff_t)second))) ||
        (p->letters.data[i].flags & LETTER_LINK) || is_refrain(p, i, n))
        return;
    for (size_t k = 0; k < sizeof meant / sizeof meant[0]; k++) {
        if (passage_match(p, i, meant[k]))
            return;
    }
    passage_tell(check, RULE_REPEATED_LATIN, p, i, second + n);
}

static void brand(struct check *check, const struct passage *p, size_t i, size_t n)
{
    for (size_t k = 0; k < sizeof brands / sizeof brands[0]; k++) {
        size_t length = strlen(brands[k].wrong), same = 0;

        while (same < length && letter_at(p, (ptrdiff_t)(i + same)) ==
                                    (uint32_t)(unsigned char)brands[k].wrong[same])
            same++;
        if (same < length || length < n || is_word(letter_at(p, (ptrdiff_t)(i + same))))
            continue;
        if (!letter_in(letter_at(p, (ptrdiff_t)i - 1), U"-./_@#") &&
            !letter_in(letter_at(p, (ptrdiff_t)(i + same)), U"-/_@") &&
            !(letter_at(p, (ptrdiff_t)(i + same)) == '.' &&
                is_word(letter_at(p, (ptrdiff_t)(i + same + 1)))))
            passage_suggest(
                check, RULE_BRAND_CASE, p, i, i + same, brands[k].right, false);
    }
}

static void latin_word(struct check *check, const struct passage *p, size_t i)
{
    size_t n = word_length(p, i);

    doubled_word(check, p, i, n);
    brand(check, p, i, n);
}

static void right_words(struct check *check, enum diag_id rule, const struct passage *p,
    size_t i, const struct right_word *words, size_t count)
{
    uint32_t c = p->letters.data[i].c;

    for (size_t k = 0; k < count; k++) {
        size_t n = words[k].wrong[0] == c ? passage_match(p, i, words[k].wrong) : 0;

        if (n > 0 && !letter_in(letter_at(p, (ptrdiff_t)i - 1), words[k].not_behind) &&
            !letter_in(letter_at(p, (ptrdiff_t)(i + n)), words[k].not_before))
            passage_suggest(check, rule, p, i, i + n, words[k].right, false);
    }
}

/* 帐 as in money; a tent is 帐 as well (帐篷, 蚊帐). */
static void zhang(struct check *check, const struct passage *p, size_t i)
{
    uint32_t before = letter_at(p, (ptrdiff_t)i - 1),
             behind = letter_at(p, (ptrdiff_t)i + 1);

    if (letter_in(behind, U"户号单目簿务款本面期龄"))
        passage_tell(check, RULE_ZHANG, p, i, i + 2);
    else if (letter_in(before, U"报记付转结查算对入做欠还坏烂赊呆") &&
             !letter_in(behind, U"篷幕子"))
        passage_tell(check, RULE_ZHANG, p, i - 1, i + 1);
}

/* 截止2021年, 截止到目前: 截至. */
static void jiezhi(struct check *check, const struct passage *p, size_t i)
{
    size_t end = i + 2;
    uint32_t c = letter_at(p, (ptrdiff_t)end);

    if (letter_in(c, U"到至"))
        c = letter_at(p, (ptrdiff_t)++end);
    if (letter_is_digit(c) || passage_match(p, end, U"目前") ||
        passage_match(p, end, U"今年") || passage_match(p, end, U"去年") ||
        passage_match(p, end, U"发稿"))
        passage_suggest(check, RULE_JIEZHI, p, i, end, "截至", false);
}

/* 不再需要再: 再 twice in one clause. */
static void twice_again(struct check *check, const struct passage *p, size_t i)
{
    for (size_t k = i + 2; k < i + 7; k++) {
        uint32_t c = letter_at(p, (ptrdiff_t)k);

        if (!letter_is_han(c))
            return;
        if (c == U'再' && k > i + 2 &&
            !letter_in(letter_at(p, (ptrdiff_t)k - 1), U"一不")) {
            passage_tell(check, RULE_REDUNDANT, p, i, k + 1);
            return;
        }
    }
}

static void note_starts(struct check *check, const struct right_word *words, size_t count)
{
    for (size_t k = 0; k < count; k++)
        check->word_starts[words[k].wrong[0] % WORD_STARTS] = true;
}

void words_begin(struct check *check)
{
    note_starts(check, misspelt, sizeof misspelt / sizeof misspelt[0]);
    note_starts(check, redundant, sizeof redundant / sizeof redundant[0]);
    for (const char32_t *c = U"帐截不其"; *c != 0; c++) /* that han() asks for */
        check->word_starts[*c % WORD_STARTS] = true;
}

static void han(struct check *check, const struct passage *p, size_t i)
{
    uint32_t c = p->letters.data[i].c;

    if (letter_at(p, (ptrdiff_t)i + 1) == c)
        doubled_han(check, p, i);
    else
        doubled_phrase(check, p, i);
    if (!check->word_starts[c % WORD_STARTS])
        return;
    if (!check->traditional)
        right_words(
            check, RULE_MISSPELT, p, i, misspelt, sizeof misspelt / sizeof misspelt[0]);
    right_words(
        check, RULE_REDUNDANT, p, i, redundant, sizeof redundant / sizeof redundant[0]);
    if (c == U'帐')
        zhang(check, p, i);
    else if (c == U'截' && letter_at(p, (ptrdiff_t)i + 1) == U'止')
        jiezhi(check, p, i);
    else if (c == U'不' && letter_at(p, (ptrdiff_t)i + 1) == U'再')
        twice_again(check, p, i);
    else if (c == U'其' && letter_at(p, (ptrdiff_t)i + 1) == U'它')
        vec_push(&check->other_things, passage_span(p, i, i + 2));
    else if (c == U'其' && letter_at(p, (ptrdiff_t)i + 1) == U'他')
        check->other_people++;
}

void check_words(struct check *check, const struct passage *p)
{
    for (size_t i = 0; i < p->letters.length; i++) {
        uint32_t c = p->letters.data[i].c;

        if (letter_is_han(c) && !check->japanese)
            han(check, p, i);
        else if (letter_is_latin(c) && !is_word(letter_at(p, (ptrdiff_t)i - 1)))
            latin_word(check, p, i);
    }
}
