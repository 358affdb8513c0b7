/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/tordf.h"

#include "linked/iri.h"
#include "linked/tordf_literal.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

struct emission {
    const struct tordf_options *options;
    struct rdf_dataset *set;
    uint32_t graph;
    bool nowhere; /* inside a graph whose name is no address: nothing is said */
};

static enum err emit_node(struct emission *e, const struct tree_object *node, uint32_t *out);
static enum err emit_list(struct emission *e, const struct tree_items *items, uint32_t *out);

/* A statement, unless one of its parts could not be named. */
static enum err add(const struct emission *e, uint32_t subject, uint32_t predicate, uint32_t object) {
    if (subject == 0 || predicate == 0 || object == 0 || e->nowhere) {
        return ERR_OK;
    }
    return rdf_add(e->set, (struct rdf_quad){subject, predicate, object, e->graph});
}

static enum err name_of(const struct emission *e, struct span id, enum err otherwise, uint32_t *out) {
    return iri_is_blank(id) ? rdf_blank(e->set, id, out)
                            : tordf_literal_iri(id, e->options, otherwise, e->set, out);
}

static enum err rdf_name(const struct emission *e, const char *name, uint32_t *out) {
    return rdf_iri(e->set, span_of_text(name), out);
}

/* What a relation leads to: a literal, a list's first cell, or a node. */
static enum err emit_object(struct emission *e, const struct tree_object *object, uint32_t *out) {
    if (tree_is(object, KEYWORD_VALUE)) {
        *out = 0;
        return e->nowhere ? ERR_OK : tordf_literal(object, e->options, e->set, e->graph, out);
    }
    if (tree_is(object, KEYWORD_LIST)) {
        return emit_list(e, &object->list, out);
    }
    return emit_node(e, object, out);
}

/* Section 8.2.3, List to RDF Conversion. */
static enum err emit_list(struct emission *e, const struct tree_items *items, uint32_t *out) {
    uint32_t first = 0;
    uint32_t rest = 0;
    uint32_t cell = 0;
    TRY(rdf_name(e, RDF "first", &first));
    TRY(rdf_name(e, RDF "rest", &rest));
    *out = 0;
    for (struct tree_item *item = items->first; item != NULL; item = item->next) {
        uint32_t next = 0;
        uint32_t object = 0;
        TRY(rdf_fresh_blank(e->set, &next));
        TRY(add(e, cell, rest, next));
        *out = *out == 0 ? next : *out;
        cell = next;
        TRY(emit_object(e, item->object, &object));
        TRY(add(e, cell, first, object));
    }
    uint32_t nil = 0;
    TRY(rdf_name(e, RDF "nil", &nil));
    TRY(add(e, cell, rest, nil));
    *out = *out == 0 ? nil : *out;
    return ERR_OK;
}

static enum err emit_types(struct emission *e, const struct tree_object *node, uint32_t subject) {
    uint32_t type = 0;
    if (node->types != NULL) {
        TRY(rdf_name(e, RDF "type", &type));
    }
    for (const struct tree_type *at = node->types; at != NULL; at = at->next) {
        uint32_t object = 0;
        TRY(name_of(e, at->iri, ERR_SAFE_TYPE, &object));
        TRY(add(e, subject, type, object));
    }
    return ERR_OK;
}

/* A relation; a blank node is none outside generalised RDF. */
static enum err predicate_of(const struct emission *e, struct span name, uint32_t *out) {
    *out = 0;
    if (iri_is_blank(name)) {
        return e->options->lenient ? ERR_OK : ERR_SAFE_DROPPED;
    }
    return tordf_literal_iri(name, e->options, ERR_SAFE_RELATIVE, e->set, out);
}

static enum err emit_property(struct emission *e, const struct tree_property *property, uint32_t subject,
                              bool reverse) {
    uint32_t predicate = 0;
    TRY(predicate_of(e, property->name, &predicate));
    for (struct tree_item *item = property->items.first; item != NULL; item = item->next) {
        uint32_t object = 0;
        TRY(emit_object(e, item->object, &object));
        TRY(reverse ? add(e, object, predicate, subject) : add(e, subject, predicate, object));
    }
    return ERR_OK;
}

/* Nodes that stand in a graph; a plain value or list there makes no statement. */
static enum err emit_all(struct emission *e, const struct tree_items *items) {
    for (struct tree_item *item = items->first; item != NULL; item = item->next) {
        uint32_t node = 0;
        if (!tree_is(item->object, KEYWORD_VALUE) && !tree_is(item->object, KEYWORD_LIST)) {
            TRY(emit_node(e, item->object, &node));
        } else if (!e->options->lenient) {
            return ERR_SAFE_DROPPED;
        }
    }
    return ERR_OK;
}

/* The contents of a named graph; it is named as its node is. */
static enum err emit_graph(struct emission *e, const struct tree_object *node, uint32_t name) {
    struct emission inside = *e;
    inside.graph = name;
    inside.nowhere = name == 0;
    return emit_all(&inside, &node->graph);
}

static enum err emit_node(struct emission *e, const struct tree_object *node, uint32_t *out) {
    uint32_t subject = 0;
    if (!tree_is(node, KEYWORD_ID)) {
        TRY(rdf_fresh_blank(e->set, &subject));
    } else {
        TRY(name_of(e, node->id, ERR_SAFE_RELATIVE, &subject));
    }
    TRY(emit_types(e, node, subject));
    for (const struct tree_property *p = node->properties; p != NULL; p = p->next) {
        TRY(emit_property(e, p, subject, false));
    }
    for (const struct tree_property *p = node->reverse; p != NULL; p = p->next) {
        TRY(emit_property(e, p, subject, true));
    }
    TRY(emit_all(e, &node->included));
    if (tree_is(node, KEYWORD_GRAPH)) {
        TRY(emit_graph(e, node, subject));
    }
    *out = subject;
    return ERR_OK;
}

enum err tordf_statements(struct tree_items items, const struct tordf_options *options,
                          struct rdf_dataset *set) {
    struct emission e = {.options = options, .set = set};
    TRY(emit_all(&e, &items));
    rdf_distinct(set);
    return ERR_OK;
}
