/* contacts: whom to write to: a heading, then a line for each contact with what is given. */
#include "flow/blocks.h"
#include "flow/parts.h"

static void add_part(struct run_list *list, struct text part)
{
    if (part.length == 0)
        return;
    if (list->items.length > 0)
        runs_string(list, "  "); /* as typed in the printed monthly */
    runs_text(list, part);
}

static void add_email(struct run_list *list, struct text email)
{
    if (email.length == 0)
        return;
    if (list->items.length > 0)
        runs_string(list, "  ");
    runs_address(list, email,
        text_of(arena_print(
            &list->flow->arena, "mailto:%.*s", (int)email.length, email.data)));
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
    add_part(&list, contact->address.value);
    block.runs = runs_finish(&list, &block.run_count);
    runs_done(&list);
    if (block.run_count > 0)
        blocks_set(flow, &block);
    if (contact->qr.value.length > 0)
        diag_add(flow->sink, DIAG_NOT_LAID_OUT, contact->qr.span, NULL, "qr");
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
    parts_heading(
        flow, ELEMENT_CONTACTS_TITLE, flow->layout->contacts_heading, TEXT(""));
    for (uint32_t i = 0; i < head->contact_count; i++)
        set_contact(flow, &head->contacts[i]);
    flow->parent = parent;
}
