/* unit_test: what every unit test includes: cmocka, with the headers it needs before it. */
#ifndef PAIBAN_TESTS_UNIT_TEST_H
#define PAIBAN_TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#endif
