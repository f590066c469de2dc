/* out_uri: addresses become ASCII; foreign schemes and impossible hosts are refused. */
#include "out_book.h"
#include "out/uri.h"

static void expect(const char *uri, const char *expected)
{
    struct str out;
    str_init(&out);
    bool good = uri_encode(text_of(uri), &out);
    assert_int_equal(good, expected != NULL);
    if (expected != NULL)
        assert_string_equal(out.data, expected);
    else
        assert_int_equal(out.length, 0);
    str_done(&out);
}

static void test_kept(void **state)
{
    (void)state;
    expect("https://example.org/a?b=c&d=%E4#e", "https://example.org/a?b=c&d=%E4#e");
    expect("HTTP://example.org", "HTTP://example.org");
    expect("ftp://user@[::1]:21/x", "ftp://user@[::1]:21/x");
    expect("mailto:ntcc2018@163.com", "mailto:ntcc2018@163.com");
}

static void test_encoded(void **state)
{
    (void)state;
    expect("http://a.cn/路径 x", "http://a.cn/%E8%B7%AF%E5%BE%84%20x");
    expect("http://a.cn/100%", "http://a.cn/100%25");
    expect("http://a.cn/\"<>\\^`{|}", "http://a.cn/%22%3C%3E%5C%5E%60%7B%7C%7D");
    expect("https://用户@例子.测试:8080/问",
        "https://%E7%94%A8%E6%88%B7@xn--fsqu00a.xn--0zwm56d:8080/%E9%97%AE");
    expect("mailto:a@例子.测试?subject=好",
        "mailto:a@xn--fsqu00a.xn--0zwm56d?subject=%E5%A5%BD");
}

static void test_refused(void **state)
{
    (void)state;
    expect("javascript:alert(1)", NULL);
    expect("file:///etc/passwd", NULL);
    expect("www.example.org", NULL);
    expect("", NULL);
    expect("http:", NULL);
    expect("http://", NULL);
    expect("http:///path", NULL);
    expect("mailto:", NULL);
    expect("http://例 子.cn/", NULL);
    expect("http://例>.cn/", NULL);
    expect("http://例..cn/", NULL);
    expect("http://-例.cn/", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_encoded),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
