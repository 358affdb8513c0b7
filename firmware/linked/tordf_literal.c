/* SPDX-License-Identifier: Apache-2.0 */
#include "linked/tordf_literal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/jcs.h"
#include "linked/iri.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
/* From here on ECMAScript writes numbers with an exponent, and JSON-LD as xsd:double. */
#define WHOLE_MAX 1e21

/* The text of a literal, its datatype, or its language. */
struct literal {
    struct span text, datatype, language;
    char number[48];
};

enum err tordf_literal_iri(struct span iri, const struct tordf_options *options, enum err otherwise,
                           struct rdf_dataset *set, uint32_t *out) {
    *out = 0;
    if (!iri_absolute(iri)) {
        return options->lenient ? ERR_OK : otherwise;
    }
    return rdf_iri(set, iri, out);
}

/* The canonical form of xsd:double: one digit, a point, at least one digit, E, the exponent (section 8.6). */
static void write_double(double number, char out[48]) {
    char text[40];
    snprintf(text, sizeof text, "%.15E", number);
    char *exponent = strchr(text, 'E');
    char *end = exponent;
    while (end[-1] == '0' && end[-2] != '.') {
        end--;
    }
    snprintf(out, 48, "%.*sE%ld", (int)(end - text), text, strtol(exponent + 1, NULL, 10));
}

static bool is_double(const struct tree_object *value, struct span datatype) {
    double number = json_number_value(value->value);
    return span_equal_text(datatype, XSD "double") || number != trunc(number) || fabs(number) >= WHOLE_MAX;
}

/* Steps 10 and 11. */
static void from_number(const struct tree_object *value, struct literal *literal) {
    if (is_double(value, literal->datatype)) {
        write_double(json_number_value(value->value), literal->number);
    } else if (json_is_integer(value->value)) {
        snprintf(literal->number, sizeof literal->number, "%lld",
                 (long long)json_integer_value(value->value));
    } else {
        double number = json_real_value(value->value);
        snprintf(literal->number, sizeof literal->number, "%.0f", number == 0 ? 0.0 : number);
    }
    if (literal->datatype.len == 0) {
        literal->datatype = span_of_text(is_double(value, literal->datatype) ? XSD "double" : XSD "integer");
    }
    literal->text = span_of_text(literal->number);
}

/* Steps 8 to 12: a scalar that is no text brings its own datatype. */
static void from_scalar(const struct tree_object *value, struct literal *literal) {
    if (json_is_boolean(value->value)) {
        literal->text = span_of_text(json_is_true(value->value) ? "true" : "false");
        literal->datatype = literal->datatype.len > 0 ? literal->datatype : span_of_text(XSD "boolean");
    } else if (json_is_number(value->value)) {
        from_number(value, literal);
    } else {
        literal->text = value->text;
        literal->language = value->language;
    }
}

/* Step 13: the i18n namespace, language and direction as one datatype. */
static enum err i18n(const struct tree_object *value, struct rdf_dataset *set, struct literal *literal) {
    struct room room = {0};
    TRY(arena_room(set->arena, 64 + value->language.len, &room));
    TRY(room_put_text(&room, "https://www.w3.org/ns/i18n#"));
    TRY(room_put(&room, value->language));
    TRY(room_put_text(&room, value->direction == CONTEXT_LTR ? "_ltr" : "_rtl"));
    literal->datatype = room_span(&room);
    literal->language = (struct span){0};
    return ERR_OK;
}

static enum err state(struct rdf_dataset *set, uint32_t subject, const char *predicate, struct span object,
                      uint32_t graph) {
    struct rdf_quad quad = {.subject = subject, .graph = graph};
    TRY(rdf_iri(set, span_of_text(predicate), &quad.predicate));
    TRY(rdf_literal(set, object, (struct span){0}, (struct span){0}, &quad.object));
    return rdf_add(set, quad);
}

/* Step 13: a node of its own around text, language and direction. */
static enum err compound(const struct tree_object *value, struct rdf_dataset *set, uint32_t graph,
                         uint32_t *out) {
    TRY(rdf_fresh_blank(set, out));
    TRY(state(set, *out, RDF "value", value->text, graph));
    if (value->language.len > 0) {
        TRY(state(set, *out, RDF "language", value->language, graph));
    }
    return state(set, *out, RDF "direction", span_of_text(value->direction == CONTEXT_LTR ? "ltr" : "rtl"),
                 graph);
}

static enum err plain(const struct literal *literal, const struct tordf_options *options,
                      struct rdf_dataset *set, uint32_t *out) {
    bool typed = literal->language.len == 0 && literal->datatype.len > 0;
    if (typed && !iri_absolute(literal->datatype)) {
        return options->lenient ? ERR_OK : ERR_SAFE_RELATIVE;
    }
    if (literal->language.len > 0 && !rdf_language_tag(literal->language)) {
        return options->lenient ? ERR_OK : ERR_RDF_LANGUAGE;
    }
    return rdf_literal(set, literal->text, literal->datatype, literal->language, out);
}

enum err tordf_literal(const struct tree_object *value, const struct tordf_options *options,
                       struct rdf_dataset *set, uint32_t graph, uint32_t *out) {
    struct literal literal = {.datatype = value->types == NULL ? (struct span){0} : value->types->iri};
    *out = 0;
    if (keyword_of(literal.datatype) == KEYWORD_JSON) {
        TRY(jcs_text(value->value, set->arena, &literal.text));
        literal.datatype = span_of_text(RDF "JSON");
        return rdf_literal(set, literal.text, literal.datatype, literal.language, out);
    }
    from_scalar(value, &literal);
    if (tree_is(value, KEYWORD_LANGUAGE) && value->language.len == 0) {
        return options->lenient ? ERR_OK : ERR_RDF_LANGUAGE;
    }
    if (tree_is(value, KEYWORD_DIRECTION)) {
        if (options->direction == TORDF_DIRECTION_COMPOUND) {
            return compound(value, set, graph, out);
        }
        if (options->direction == TORDF_DIRECTION_I18N) {
            TRY(i18n(value, set, &literal));
        } else if (!options->lenient) {
            return ERR_SAFE_DIRECTION;
        }
    }
    return plain(&literal, options, set, out);
}
