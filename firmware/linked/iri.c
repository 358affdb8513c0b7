/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/iri.h"

/* The five parts of a reference (RFC 3986 appendix B); a part that is absent differs from an empty one. */
struct parts {
    struct span scheme, authority, path, query, fragment;
    bool has_authority, has_query, has_fragment;
    bool as_it_is; /* the path is the base's, dots and all */
};

static bool is_letter(uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t iri_scheme(struct span text) {
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (c == ':') {
            return i;
        }
        bool inner = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (!is_letter(c) && !(inner && i > 0)) {
            return 0;
        }
    }
    return 0;
}

bool iri_absolute(struct span text) {
    static const bool banned[256] = {['<'] = true, ['>'] = true, ['"'] = true, ['{'] = true, ['}'] = true,
                                     ['|'] = true, ['^'] = true, ['`'] = true, ['\\'] = true};
    size_t fragments = 0;
    if (iri_scheme(text) == 0) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (c <= ' ' || banned[c]) {
            return false;
        }
        fragments += c == '#' ? 1 : 0;
    }
    return fragments <= 1; /* a fragment holds no other */
}

static struct span from(struct span text, size_t at) {
    return span_slice(text, at, text.len);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static struct parts split(struct span text) {
    struct parts parts = {0};
    size_t scheme = iri_scheme(text);
    if (scheme > 0) {
        parts.scheme = span_slice(text, 0, scheme);
        text = from(text, scheme + 1);
    }
    size_t hash = span_find(text, '#', 0);
    parts.has_fragment = hash < text.len;
    parts.fragment = from(text, hash + 1);
    text = span_slice(text, 0, hash);
    size_t mark = span_find(text, '?', 0);
    parts.has_query = mark < text.len;
    parts.query = from(text, mark + 1);
    text = span_slice(text, 0, mark);
    parts.has_authority = span_starts_with(text, "//");
    if (parts.has_authority) {
        size_t slash = least(span_find(text, '/', 2), text.len);
        parts.authority = span_slice(text, 2, slash - 2);
        text = from(text, slash);
    }
    parts.path = text;
    return parts;
}

/* Take the last segment and its slash away from what was written since `start`. */
static void drop_segment(struct room *out, size_t start) {
    while (out->len > start) {
        out->len--;
        if (out->ptr[out->len] == '/') {
            return;
        }
    }
}

/* Section 5.2.4, segment by segment; `rooted` where a dot segment at the very front leaves a slash. */
static enum err put_without_dots(struct room *out, struct span path) {
    size_t start = out->len;
    while (path.len > 0) {
        size_t slash = span_find(path, '/', path.ptr[0] == '/' ? 1 : 0);
        struct span segment = span_slice(path, 0, slash);
        struct span name = segment.ptr[0] == '/' ? from(segment, 1) : segment;
        bool one = span_equal_text(name, ".");
        bool two = span_equal_text(name, "..");
        path = from(path, slash);
        if (two && segment.ptr[0] == '/') {
            drop_segment(out, start);
        }
        if (!one && !two) {
            TRY(room_put(out, segment));
        } else if (path.len == 0 && segment.ptr[0] == '/') {
            TRY(room_put_byte(out, '/'));
        } else if (segment.ptr[0] != '/') {
            path = from(path, 1); /* a leading "./" or "../" goes with its slash */
        }
    }
    return ERR_OK;
}

/* Section 5.2.3: the base's path up to its last slash, then the reference's. */
static enum err merge_paths(const struct parts *base, struct span path, struct arena *arena,
                            struct span *out) {
    struct room room = {0};
    TRY(arena_room(arena, base->path.len + path.len + 1, &room));
    size_t keep = base->path.len;
    while (keep > 0 && base->path.ptr[keep - 1] != '/') {
        keep--;
    }
    if (base->has_authority && base->path.len == 0) {
        TRY(room_put_byte(&room, '/'));
    }
    TRY(room_put(&room, span_slice(base->path, 0, keep)));
    TRY(room_put(&room, path));
    *out = room_span(&room);
    return ERR_OK;
}

static enum err put_parts(const struct parts *parts, struct room *out) {
    TRY(room_put(out, parts->scheme));
    TRY(room_put_byte(out, ':'));
    if (parts->has_authority) {
        TRY(room_put_text(out, "//"));
        TRY(room_put(out, parts->authority));
    }
    TRY(parts->as_it_is ? room_put(out, parts->path) : put_without_dots(out, parts->path));
    if (parts->has_query) {
        TRY(room_put_byte(out, '?'));
        TRY(room_put(out, parts->query));
    }
    if (parts->has_fragment) {
        TRY(room_put_byte(out, '#'));
        TRY(room_put(out, parts->fragment));
    }
    return ERR_OK;
}

/* Section 5.2.2: what the reference leaves out comes from the base. */
static enum err fill(const struct parts *base, struct parts *parts, struct arena *arena) {
    bool own_path = parts->path.len > 0;
    parts->scheme = base->scheme;
    if (parts->has_authority) {
        return ERR_OK;
    }
    parts->authority = base->authority;
    parts->has_authority = base->has_authority;
    if (!own_path) {
        parts->path = base->path;
        parts->as_it_is = true;
        parts->query = parts->has_query ? parts->query : base->query;
        parts->has_query = parts->has_query || base->has_query;
        return ERR_OK;
    }
    return parts->path.ptr[0] == '/' ? ERR_OK : merge_paths(base, parts->path, arena, &parts->path);
}

enum err iri_resolve(struct span base, struct span reference, struct arena *arena, struct span *out) {
    if (base.len == 0) {
        *out = reference;
        return ERR_OK;
    }
    struct parts from_base = split(base);
    struct parts parts = split(reference);
    struct room room = {0};
    if (parts.scheme.len == 0) {
        TRY(fill(&from_base, &parts, arena));
    }
    TRY(arena_room(arena, base.len + reference.len + 8, &room));
    TRY(put_parts(&parts, &room));
    *out = room_span(&room);
    return ERR_OK;
}
