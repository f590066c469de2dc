/* out_uri: addresses become ASCII; foreign schemes and impossible hosts are refused. */
#include "out_book.h"
#include "out/uri.h"

static void expect_fault(const char *uri, const char *expected, enum uri_fault fault)
{
    struct str out;
    str_init(&out);
    enum uri_fault found = uri_encode(text_of(uri), &out);
    if (found != fault)
        fail_msg("‘%s’: fault %d", uri, (int)found);
    if (expected != NULL)
        assert_string_equal(out.data, expected);
    else
        assert_int_equal(out.length, 0);
    str_done(&out);
}

static void expect(const char *uri, const char *expected)
{
    expect_fault(uri, expected, URI_GOOD);
}

static void test_kept(void **state)
{
    (void)state;
    expect("https://example.org/a?b=c&d=%E4#e", "https://example.org/a?b=c&d=%E4#e");
    expect("HTTP://example.org", "HTTP://example.org");
    expect("http://a_b.example.org.:80/", "http://a_b.example.org.:80/");
    expect("ftp://user@[::1]:21/x", "ftp://user@[::1]:21/x");
    expect("http://a.cn/(x)/((y?z=)'!$*;,", "http://a.cn/(x)/((y?z=)'!$*;,");
    expect("mailto:ntcc2018@163.com", "mailto:ntcc2018@163.com");
    expect("mailto:a@x.cn,b@y.cn?subject=c@d,e", "mailto:a@x.cn,b@y.cn?subject=c@d,e");
}

static void test_encoded(void **state)
{
    (void)state;
    expect("http://a.cn/路径 x", "http://a.cn/%E8%B7%AF%E5%BE%84%20x");
    expect("http://a.cn/100%", "http://a.cn/100%25");
    expect("http://a.cn/\"<>\\^`{|}", "http://a.cn/%22%3C%3E%5C%5E%60%7B%7C%7D");
    expect("http://a.cn/[x]?[y]#z#[", "http://a.cn/%5Bx%5D?%5By%5D#z%23%5B");
    expect("http://a@b[c@d.cn/", "http://a%40b%5Bc@d.cn/");
    expect("https://用户@例子.测试:8080/问",
        "https://%E7%94%A8%E6%88%B7@xn--fsqu00a.xn--0zwm56d:8080/%E9%97%AE");
    expect("http://%E4%BE%8B子。测试/", "http://xn--fsqu00a.xn--0zwm56d/");
    expect("mailto:a@例子.测试?subject=好",
        "mailto:a@xn--fsqu00a.xn--0zwm56d?subject=%E5%A5%BD");
    expect("mailto:a@例子.测试,甲 乙@x.cn",
        "mailto:a@xn--fsqu00a.xn--0zwm56d,%E7%94%B2%20%E4%B9%99@x.cn");
}

static void test_refused_schemes(void **state)
{
    static const char *const rows[] = {"javascript:alert(1)", "file:///etc/passwd",
        "www.example.org", "", "tel:10086", "data:text/html,x", "httpx://a.cn/",
        "http//a.cn", "news:x"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect_fault(rows[i], NULL, URI_FOREIGN_SCHEME);
}

static void test_refused_hosts(void **state)
{
    static const char *const rows[] = {"http:", "http://", "http:///path", "http:a.cn",
        "http://:80/", "http://user@/", "mailto:", "mailto:a@", "mailto:a@x.cn,",
        "http://例 子.cn/", "http://例>.cn/", "http://例..cn/", "http://-例.cn/",
        "http://例＞.cn/", "http://a b.cn/", "http://a>b.cn/", "http://a<b.cn/",
        "http://a(b.cn/", "http://a\"b.cn/", "http://a\\b.cn/", "http://a%3Eb.cn/",
        "http://a%00b.cn/", "http://a%FFb.cn/", "http://a%b.cn/", "http://a..cn/",
        "http://.cn/", "http://a.cn:x/", "http://a:b:1/", "http://[::1/", "http://[]/",
        "http://[g::1]/", "mailto:a@b>c.cn",
        "http://a123456789b123456789c123456789d123456789e123456789f123456789ghij.cn/"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect_fault(rows[i], NULL, URI_NO_HOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_encoded),
        cmocka_unit_test(test_refused_schemes),
        cmocka_unit_test(test_refused_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
