/* date: SOURCE_DATE_EPOCH, else the date; see date.h. */
#include "job/date.h"

#include <stdlib.h>

#define SECONDS_OF_DAY   86400
#define EPOCH_MOST       INT64_C(253402300799) /* the last second of the year 9999 */
#define DAYS_BEFORE_1970 719468                /* from 1 March of the year 0 */

/* Days are counted from 1 March, so that a leap day is the last of its year; after Howard
 * Hinnant, “chrono-compatible low-level date algorithms”, days_from_civil. */
int64_t job_date_seconds(int year, int month, int day)
{
    int64_t m = month > 0 ? month : 1;
    int64_t y = m <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year =
        (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + (day > 0 ? day : 1) - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return (era * 146097 + day_of_era - DAYS_BEFORE_1970) * SECONDS_OF_DAY;
}

bool job_date(const struct head *head, struct diagnostics *sink, int64_t *ret_seconds)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    long seconds;

    if (epoch != NULL && epoch[0] != '\0') {
        if (text_to_long(text_of(epoch), &seconds) && seconds >= 0 &&
            seconds <= EPOCH_MOST) {
            *ret_seconds = seconds;
            return true;
        }
        diag_add(sink, DIAG_SOURCE_DATE, SPAN_NONE, NULL, epoch);
    }
    if (head->date.year == 0)
        return false;
    *ret_seconds = job_date_seconds(head->date.year, head->date.month, head->date.day);
    return true;
}
