/* diag_table: every diagnostic of paiban, once: DIAG(enum, published name, level, format).
 *
 * No include guard: included with DIAG defined. Keep each layer's rows together. Formats are
 * lower case without a full stop, the quoted thing in ‘ ’, the problem first. Names never
 * change once published; docs/DIAGNOSTICS.md and a test list them all.
 */
/* base */
DIAG(DIAG_NO_SUCH_FILE, "no-such-file", LEVEL_FATAL, N_("no such file: ‘%s’"))
DIAG(DIAG_NOT_A_FILE, "not-a-file", LEVEL_FATAL, N_("not a regular file: ‘%s’"))
DIAG(DIAG_FILE_UNREADABLE, "file-unreadable", LEVEL_FATAL, N_("cannot read ‘%s’: %s"))
DIAG(DIAG_FILE_TOO_LARGE, "file-too-large", LEVEL_FATAL, N_("‘%s’ is larger than %zu MiB"))
DIAG(DIAG_INVALID_UTF8, "invalid-utf8", LEVEL_FATAL, N_("invalid UTF-8 at byte %zu"))
DIAG(DIAG_NUL_BYTE, "nul-byte", LEVEL_FATAL, N_("NUL character at byte %zu"))
DIAG(DIAG_OUTPUT_FAILED, "output-failed", LEVEL_FATAL, N_("cannot write ‘%s’: %s"))
DIAG(DIAG_YAML_SYNTAX, "yaml-syntax", LEVEL_FATAL, N_("YAML does not parse: %s"))
DIAG(DIAG_YAML_DUPLICATE, "yaml-duplicate", LEVEL_ERROR, N_("key ‘%s’ is given twice; the first one counts"))
DIAG(DIAG_CONTROL_CHARACTER, "control-character", LEVEL_WARNING, N_("control character U+%04X; it is dropped"))
DIAG(DIAG_CONTROL_CHARACTERS, "control-characters", LEVEL_WARNING, N_("%u more control characters; they are dropped"))
/* layout */
DIAG(DIAG_UNKNOWN_KEY, "unknown-key", LEVEL_WARNING, N_("unknown key ‘%s’"))
DIAG(DIAG_LAYOUT_VALUE, "layout-value", LEVEL_ERROR, N_("‘%s’ must be %s"))
DIAG(DIAG_LAYOUT_FIELD, "layout-field", LEVEL_ERROR, N_("unknown field ‘{%s}’"))
DIAG(DIAG_LAYOUT_NO_ROOM, "layout-no-room", LEVEL_ERROR, N_("the margins leave no room: type area %s pt × %s pt"))
DIAG(DIAG_LAYOUT_INDENT, "layout-indent", LEVEL_ERROR, N_("the indents of ‘%s’ leave no room: %s pt"))
DIAG(DIAG_UNKNOWN_LAYOUT, "unknown-layout", LEVEL_FATAL, N_("no layout named ‘%s’"))
DIAG(DIAG_UNKNOWN_PAPER, "unknown-paper", LEVEL_FATAL, N_("no paper named ‘%s’"))
DIAG(DIAG_LAYOUT_LOOP, "layout-loop", LEVEL_FATAL, N_("layout inherits from itself: %s"))
DIAG(DIAG_LAYOUT_DEPTH, "layout-depth", LEVEL_FATAL, N_("more than %d layouts inherit from one another"))
DIAG(DIAG_LAYOUT_REFUSED, "layout-refused", LEVEL_FATAL, N_("layout ‘%s’ cannot be used: %u mistakes"))
/* out */
DIAG(DIAG_UNKNOWN_FORMAT, "unknown-format", LEVEL_FATAL, N_("no output format named ‘%s’"))
DIAG(DIAG_MODULE_FAILED, "module-failed", LEVEL_FATAL, N_("cannot open the module ‘%s’: %s"))
DIAG(DIAG_PICTURE_TOO_LARGE, "picture-too-large", LEVEL_FATAL, N_("page %u at %s dpi would be %s × %s pixels; at most %u on a side"))
DIAG(DIAG_FONT_UNREADABLE, "font-unreadable", LEVEL_FATAL, N_("cannot read the font ‘%s’: %s"))
DIAG(DIAG_DRAWING_FAILED, "drawing-failed", LEVEL_FATAL, N_("cannot draw the pages: %s"))
DIAG(DIAG_LINK_SCHEME, "link-scheme", LEVEL_WARNING, N_("link with a scheme other than http, https, mailto and ftp: ‘%s’"))
DIAG(DIAG_FONT_NOT_EMBEDDED, "font-not-embedded", LEVEL_FATAL, N_("the font ‘%s’ cannot be embedded: %s"))
/* job */
DIAG(DIAG_FOREIGN_LAYOUT, "foreign-layout", LEVEL_WARNING, N_("no layout named ‘%s’; ‘%s’ is used"))
DIAG(DIAG_SOURCE_DATE, "source-date", LEVEL_WARNING, N_("SOURCE_DATE_EPOCH is not a number of seconds: ‘%s’"))
DIAG(DIAG_OUTPUT_IS_INPUT, "output-is-input", LEVEL_FATAL, N_("the output would replace an input: ‘%s’"))
/* content */
DIAG(DIAG_EMPTY_FILE, "empty-file", LEVEL_FATAL, N_("the file is empty"))
DIAG(DIAG_NO_BODY, "no-body", LEVEL_WARNING, N_("nothing follows the head"))
DIAG(DIAG_HEAD_UNCLOSED, "head-unclosed", LEVEL_WARNING, N_("the head has no closing ‘---’; it is read as text"))
DIAG(DIAG_HEAD_OUTSIDE, "head-outside", LEVEL_NOTE, N_("‘%s’ looks like a key of a head, but is text here"))
DIAG(DIAG_HEAD_SHAPE, "head-shape", LEVEL_ERROR, N_("the head is not a list of keys"))
DIAG(DIAG_HEAD_TYPE, "head-type", LEVEL_ERROR, N_("‘%s’ must be %s"))
DIAG(DIAG_HEAD_DATE, "head-date", LEVEL_ERROR, N_("not a date: ‘%s’"))
DIAG(DIAG_UNKNOWN_LANGUAGE, "unknown-language", LEVEL_WARNING, N_("unknown language ‘%s’"))
DIAG(DIAG_HIGHLIGHT_MARK, "highlight-mark", LEVEL_WARNING, N_("highlight mark before a heading that is no item; it stays as text"))
DIAG(DIAG_RAW_HTML, "raw-html", LEVEL_WARNING, N_("raw HTML ‘%s’ is shown as text"))
DIAG(DIAG_TAG_UNPAIRED, "tag-unpaired", LEVEL_WARNING, N_("‘%s’ has no partner; it is shown as text"))
DIAG(DIAG_COMMENT_UNCLOSED, "comment-unclosed", LEVEL_WARNING, N_("comment without ‘-->’; it is shown as text"))
DIAG(DIAG_DIRECTIVE, "unknown-directive", LEVEL_WARNING, N_("unknown instruction in a comment: ‘%s’"))
DIAG(DIAG_ATTRIBUTE, "unknown-attribute", LEVEL_WARNING, N_("unknown attribute ‘%s’"))
DIAG(DIAG_ATTRIBUTE_VALUE, "attribute-value", LEVEL_WARNING, N_("attribute ‘%s’ must be %s"))
DIAG(DIAG_DUPLICATE_ID, "duplicate-id", LEVEL_WARNING, N_("identifier ‘%s’ is given twice; the first one counts"))
DIAG(DIAG_UNKNOWN_ID, "unknown-id", LEVEL_WARNING, N_("nothing has the identifier ‘%s’"))
DIAG(DIAG_EMPTY_TARGET, "empty-target", LEVEL_WARNING, N_("link or image without an address"))
DIAG(DIAG_FOOTNOTE_NO_TEXT, "footnote-without-text", LEVEL_WARNING, N_("footnote mark ‘[^%s]’ has no text; it stays as text"))
DIAG(DIAG_FOOTNOTE_NO_MARK, "footnote-without-mark", LEVEL_WARNING, N_("footnote text ‘[^%s]’ has no mark"))
DIAG(DIAG_FOOTNOTE_TWICE, "footnote-twice", LEVEL_WARNING, N_("footnote text ‘[^%s]’ is given twice; marks refer to the first one"))
DIAG(DIAG_NESTING, "nesting", LEVEL_WARNING, N_("lists and quotes nest deeper than %d; what is deeper is set at that level"))
DIAG(DIAG_INLINE_NESTING, "inline-nesting", LEVEL_WARNING, N_("emphasis and links nest deeper than %d; what is deeper is plain"))
DIAG(DIAG_TABLE_SIZE, "table-size", LEVEL_WARNING, N_("a table of more than %u columns or %u cells is shown as text"))
/* font */
DIAG(DIAG_ROLES_INVALID, "roles-invalid", LEVEL_FATAL, N_("font roles cannot be read: %s"))
DIAG(DIAG_FONTS_CONF, "fonts-conf", LEVEL_FATAL, N_("cannot read the font configuration ‘%s’"))
DIAG(DIAG_FONT_ROLE_EMPTY, "font-role-empty", LEVEL_FATAL, N_("no font is installed for the role ‘%s’"))
DIAG(DIAG_FONT_SUBSTITUTED, "font-substituted", LEVEL_NOTE, N_("‘%s’ stands in for the role ‘%s’"))
DIAG(DIAG_FONT_THICKENED, "font-thickened", LEVEL_NOTE, N_("‘%s’ has no bold face; its strokes are thickened"))
/* text */
DIAG(DIAG_MISSING_GLYPH, "missing-glyph", LEVEL_ERROR, N_("no font has the character ‘%s’ (U+%04X)"))
DIAG(DIAG_FALLBACK_FONT, "fallback-font", LEVEL_NOTE, N_("‘%s’ (U+%04X) is set from ‘%s’"))
DIAG(DIAG_KANGXI_RADICAL, "kangxi-radical", LEVEL_WARNING, N_("‘%s’ (U+%04X) is a radical sign, not a Han character"))
DIAG(DIAG_COMPATIBILITY_HAN, "compatibility-han", LEVEL_WARNING, N_("‘%s’ (U+%04X) is a compatibility form"))
DIAG(DIAG_PRIVATE_USE, "private-use", LEVEL_WARNING, N_("private-use character U+%04X"))
DIAG(DIAG_UNASSIGNED, "unassigned", LEVEL_WARNING, N_("unassigned code point U+%04X"))
DIAG(DIAG_RIGHT_TO_LEFT, "right-to-left", LEVEL_WARNING, N_("right-to-left text is set from left to right: ‘%s’ (U+%04X)"))
DIAG(DIAG_NO_HYPHENATION, "no-hyphenation", LEVEL_NOTE, N_("no hyphenation patterns for ‘%s’: its words are not hyphenated"))

/* para */
DIAG(DIAG_OVERFULL_LINE, "overfull-line", LEVEL_WARNING,
    N_("a line sticks out of the measure by %s pt"))
DIAG(DIAG_UNBREAKABLE_RUN, "unbreakable-run", LEVEL_WARNING,
    N_("no break is allowed in ‘%.*s…’, which is wider than a line; it is broken anywhere"))
/* flow */
DIAG(DIAG_NOT_LAID_OUT, "not-laid-out", LEVEL_WARNING, N_("not laid out yet, set as plain text: ‘%s’"))
DIAG(DIAG_KEPT_SPLIT, "kept-split", LEVEL_WARNING, N_("what is kept together is taller than a page; it is split after page %s"))
DIAG(DIAG_TALLER_THAN_PAGE, "taller-than-page", LEVEL_ERROR, N_("taller than the page: %s pt of %s pt"))
DIAG(DIAG_HIGHLIGHT_UNKNOWN, "highlight-unknown", LEVEL_WARNING, N_("no item has the title ‘%s’; the highlight is set without a link"))
DIAG(DIAG_PAGES_UNSETTLED, "pages-unsettled", LEVEL_WARNING, N_("page numbers do not settle in %d rounds: ‘%s’ moved from page %s to %s"))
DIAG(DIAG_RUNNING_TOO_WIDE, "running-too-wide", LEVEL_WARNING, N_("header or footer is wider than the type area: ‘%s’"))
