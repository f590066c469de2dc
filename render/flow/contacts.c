/* contacts: whom to write to: a heading, then a line for each contact with what is given.
 */
#include <string.h>
#include "flow/blocks.h"
#include "flow/figures.h"
#include "flow/parts.h"

static void add_part(struct run_list *list, struct text part)
{
    if (part.length == 0)
        return;
    if (list->items.length > 0)
        runs_string(list, "  "); /* as typed in the printed monthly */
    runs_text(list, part);
}

/* Latin letters, and no character from the blocks of Han and kana on? */
static bool is_latin(struct text text)
{
    bool letter = false;

    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if (c >= 0xE3) /* U+3000 and above */
            return false;
        letter = letter || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    return letter;
}

/* An address abroad is in English: readers and hyphenation are told. */
static void add_address(struct run_list *list, struct text address)
{
    struct run before = list->base;

    if (address.length == 0)
        return;
    if (list->items.length > 0)
        runs_string(list, "  ");
    if (is_latin(address))
        runs_language(list, "en");
    runs_text(list, address);
    list->base = before;
}

static void add_email(struct run_list *list, struct text email)
{
    if (email.length == 0)
        return;
    if (list->items.length > 0)
        runs_string(list, "  ");
    if (text_find(email, "@") == email.length) { /* a placeholder */
        runs_text(list, email);
        return;
    }
    runs_address(list, email,
        text_of(arena_print(
            &list->flow->arena, "mailto:%.*s", (int)email.length, email.data)));
}

/* The contact's QR image below its line; one that is missing is told and boxed. */
static void set_qr(struct flow *flow, const struct contact *contact)
{
    unit side = flow->layout->contacts_qr;
    struct picture picture;
    struct str wanted;

    if (contact->qr.value.length == 0 || side == 0)
        return;
    str_init(&wanted);
    str_append_pt(&wanted, side);
    str_append_string(&wanted, "pt");
    figures_find(flow, contact->qr.value, contact->qr.span,
        text_copy(&flow->arena, str_text(&wanted)), &picture);
    str_done(&wanted);
    picture.alternative = text_of(arena_print(&flow->arena, "%.*s %s",
        (int)contact->name.value.length, contact->name.value.data,
        strcmp(flow->language, "en") == 0 ? "QR code" : "二维码"));
    vlist_penalty(flow->list, PENALTY_TOGETHER); /* with the line it belongs to */
    figures_set(flow, &picture, 1, true);
}

static void set_contact(struct flow *flow, const struct contact *contact)
{
    struct block block = {.element = ELEMENT_CONTACT, .span = contact->name.span};
    struct run_list list;

    runs_begin(&list, flow, ELEMENT_CONTACT,
        book_add_structure(flow->book, STRUCTURE_P, flow->parent));
    add_part(&list, contact->name.value);
    add_email(&list, contact->email.value);
    add_part(&list, contact->phone.value);
    add_address(&list, contact->address.value);
    block.runs = runs_finish(&list, &block.run_count);
    runs_done(&list);
    if (block.run_count > 0)
        blocks_set(flow, &block);
    set_qr(flow, contact);
}

void contacts_set(struct flow *flow)
{
    const struct head *head = &flow->document->head;
    uint32_t parent = flow->parent;

    if (!flow->layout->contacts || head->contact_count == 0)
        return;
    if (flow->layout->contacts_own_page)
        vlist_penalty(flow->list, PENALTY_FORCED);
    flow->parent = book_add_structure(flow->book, STRUCTURE_SECT, parent);
    flow->book->structures.data[flow->parent].title =
        flow_keep(flow, text_of(flow->layout->contacts_heading));
    parts_heading(flow, ELEMENT_CONTACTS_TITLE, flow->layout->contacts_heading, TEXT(""));
    for (uint32_t i = 0; i < head->contact_count; i++)
        set_contact(flow, &head->contacts[i]);
    flow->parent = parent;
}
