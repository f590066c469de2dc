/* whole: an issue through the whole program into a PDF that is read back. */
#ifndef PAIBAN_TESTS_WHOLE_H
#define PAIBAN_TESTS_WHOLE_H

/* Build issue.md of the folder with a layout (NULL: as the issue says) and check what comes
 * out. One job lives over all calls, as in batch. */
void fuzz_whole(const char *layout);

#endif
