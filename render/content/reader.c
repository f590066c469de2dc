/* reader: small things that every stage of reading needs. */
#include "content/reader.h"

struct span reader_span(const struct reader *reader, size_t start, size_t end)
{
    return (struct span){reader->source.file, (uint32_t)start, (uint32_t)(end - start)};
}

struct text reader_fold_label(struct reader *reader, struct text label)
{
    label = text_trim(label);
    char *folded = arena_copy(reader->arena, label.data, label.length);
    size_t length = 0;
    for (size_t i = 0; i < label.length; i++) {
        char c = label.data[i];
        bool space = c == ' ' || c == '\n' || c == '\t';
        if (space && length > 0 && folded[length - 1] == ' ')
            continue;
        folded[length++] = (char)(space                  ? ' '
                                  : c >= 'A' && c <= 'Z' ? c + ('a' - 'A')
                                                         : c);
    }
    folded[length] = '\0';
    return (struct text){folded, length};
}
