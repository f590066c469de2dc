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
