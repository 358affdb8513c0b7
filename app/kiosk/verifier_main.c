/* SPDX-License-Identifier: Apache-2.0 */
/* credkiosk-verifier: opens the lists that it is given, locks itself in, judges one payload, and ends. */
#include <jansson.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "crypto/crypto.h"
#include "kiosk/ending.h"
#include "kiosk/install.h"
#include "kiosk/messages.h"
#include "kiosk/sandbox.h"
#include "pack/pack_context.h"
#include "pack/root.h"
#include "verify.h"
#include "vocabulary/vocabulary.h"

/* All that one verifier holds. */
struct verifier {
    struct room buffer;
    struct arena arena;
    struct policy policy;
    uint8_t *names; /* the first message, into which the policy's names point */
    struct vocabulary vocabulary;
    struct pack *lists;
    struct install_tokens tokens; /* those that were accepted */
    struct fresh fresh;           /* what they say, checked anew */
    struct interval begun;        /* the time at the start */
    struct message_ready ready;
    struct verdicts verdicts;
};

/* Wait for a message; face's end closed is the end. */
static enum err wait_message(struct verifier *verifier, enum message_type type, struct message *out) {
    enum err err = ERR_MESSAGE_NONE;
    while (err == ERR_MESSAGE_NONE) {
        err = messages_receive(MESSAGES_SOCKET, MESSAGES_BIT(type), &verifier->buffer, out);
    }
    return err;
}

/* Libraries that read files on first use do it here. */
static enum err start_libraries(void) {
    TRY(crypto_start());
    json_object_seed(0);
    if (sqlite3_initialize() != SQLITE_OK) {
        return ERR_PACK_DAMAGED;
    }
    uint8_t seed[4];
    sqlite3_randomness(sizeof seed, seed);
    return ERR_OK;
}

static enum err start_memory(struct verifier *verifier) {
    void *arena = calloc(1, LIMIT_SCAN_ARENA_BYTES);
    void *buffer = malloc(MESSAGES_LARGE_ROOM);
    if (arena == NULL || buffer == NULL) {
        free(arena);
        free(buffer);
        return ERR_NO_MEMORY;
    }
    verifier->arena = arena_over(arena, LIMIT_SCAN_ARENA_BYTES);
    verifier->buffer = room_over(buffer, MESSAGES_LARGE_ROOM);
    return ERR_OK;
}

/* Open the lists from database, manifest and roots. */
static enum err open_lists(struct verifier *verifier, const struct message *message,
                           const struct message_rules *start) {
    struct arena arena = verifier->arena;
    struct room manifest = {0}, roots = {0};
    TRY(arena_room(&arena, LIMIT_MANIFEST_BYTES, &manifest));
    TRY(arena_room(&arena, LIMIT_ROOT_CHAIN_BYTES, &roots));
    TRY(install_read(message->descriptors[1], &manifest));
    TRY(install_read(message->descriptors[2], &roots));
    struct pack_rules rules = {start->root, start->audience, PACK_APP_VERSION, start->now};
    return pack_open_descriptors(message->descriptors[0], room_span(&manifest), room_span(&roots), &rules,
                                 &start->receipt, PACK_OPEN_USE, &verifier->lists);
}

/* What ships, then what the lists add. */
static enum err open_vocabulary(struct verifier *verifier, struct span bundle) {
    TRY(vocabulary_open(bundle, &verifier->vocabulary));
    return verifier->lists == NULL ? ERR_OK
                                   : pack_context_shelve(verifier->lists, &verifier->vocabulary.shelf);
}

/* Is the provisioned root a demo's? One that cannot be read trusts nobody. */
static bool is_demo(const struct verifier *verifier, struct span provisioned) {
    struct arena arena = verifier->arena;
    struct root root = {0};
    return root_read(provisioned, &arena, &root) == ERR_OK && root.demo;
}

static struct verify_grounds grounds_of(const struct verifier *verifier, const struct interval *now) {
    return (struct verify_grounds){.lists = verifier->lists,
                                   .fresh = &verifier->fresh,
                                   .shelf = &verifier->vocabulary.shelf,
                                   .policy = &verifier->policy,
                                   .now = now};
}

/* Judge nothing once: what libraries do on first use is done, and the verdict says by which lists it was. */
static void rehearse(struct verifier *verifier, const struct interval *now) {
    struct verify_grounds grounds = grounds_of(verifier, now);
    verify((struct span){0}, &grounds, &verifier->arena, &verifier->verdicts);
    verifier->ready.trust = verifier->verdicts.list[0].trust;
    if (verifier->lists != NULL) {
        const struct pack_info *info = pack_info(verifier->lists);
        verifier->ready.root = info->root_version;
        memcpy(verifier->ready.signer, info->signer, sizeof verifier->ready.signer);
    }
}

/* The tokens are looked at when the process is locked in. */
static void keep_tokens(struct verifier *verifier, const struct message_rules *start) {
    struct install_tokens *tokens = &verifier->tokens;
    verifier->begun = start->now;
    tokens->lost = start->tokens.lost;
    tokens->iat_s = start->tokens.iat_s;
    tokens->len = start->tokens.text.len;
    memcpy(tokens->text, start->tokens.text.ptr, tokens->len);
    rehearse(verifier, &start->now);
}

/* What they say belongs to these lists alone; without lists there is nothing that they could confirm. */
static enum err read_tokens(struct verifier *verifier) {
    if (verifier->lists == NULL) {
        return ERR_OK;
    }
    TRY(install_tokens_join(&verifier->tokens, verifier->lists, &verifier->fresh));
    rehearse(verifier, &verifier->begun);
    return ERR_OK;
}

/* Take the first message: policy, lists and vocabulary. */
static enum err take_rules(struct verifier *verifier) {
    struct message message = {0};
    TRY(wait_message(verifier, MESSAGE_VERIFIER_START, &message));
    struct message_rules start = {0};
    enum err err = messages_get_rules(message.body, &start);
    if (err == ERR_OK) {
        verifier->policy = start.policy;
        verifier->ready.lists =
            message.descriptor_count == 3 ? open_lists(verifier, &message, &start) : ERR_INSTALL_NONE;
        verifier->ready.vocabulary = open_vocabulary(verifier, start.vocabulary);
        verifier->ready.demo = is_demo(verifier, start.root);
        keep_tokens(verifier, &start);
    }
    messages_drop(&message);
    return err;
}

/* The policy's names lie in the first message: the second goes elsewhere. */
static enum err keep_names(struct verifier *verifier) {
    void *buffer = malloc(MESSAGES_LARGE_ROOM);
    if (buffer == NULL) {
        return ERR_NO_MEMORY;
    }
    verifier->names = verifier->buffer.ptr;
    verifier->buffer = room_over(buffer, MESSAGES_LARGE_ROOM);
    return ERR_OK;
}

static enum err say_ready(struct verifier *verifier) {
    uint8_t body[1024];
    struct room out = room_over(body, sizeof body);
    TRY(messages_put_ready(&verifier->ready, &out));
    return messages_send(MESSAGES_SOCKET, MESSAGE_READY, room_span(&out), NULL, 0);
}

/* Would the token be taken in, and what would it say together with the others? */
static enum err try_token(struct verifier *verifier, struct span text, const struct interval *now,
                          struct message_token *out) {
    struct fresh_token token = {0};
    struct fresh fresh = verifier->fresh;
    if (verifier->lists == NULL) {
        return ERR_INSTALL_NONE;
    }
    const struct pack_info *info = pack_info(verifier->lists);
    TRY(fresh_read(text, pack_open_root(verifier->lists), info, &verifier->arena, &token));
    TRY(fresh_admit(&token, verifier->tokens.iat_s, now));
    if (fresh_join(&token, &fresh) != ERR_OK) { /* the installer finds those that it makes superfluous */
        fresh = (struct fresh){0};
        TRY(fresh_join(&token, &fresh));
    }
    *out = (struct message_token){.iat_s = token.iat_s,
                                  .until_s = fresh_extend(&fresh, info).next_update_s,
                                  .revoked = (uint32_t)fresh.count,
                                  .text = text};
    return ERR_OK;
}

/* A freshness token was shown: an installer will take it in. */
static enum err answer_token(struct verifier *verifier, struct span text, const struct interval *now) {
    uint8_t body[64 + LIMIT_FRESH_BYTES];
    struct room out = room_over(body, sizeof body);
    struct message_token token = {0};
    enum err err = try_token(verifier, text, now, &token);
    if (err != ERR_OK) {
        token = (struct message_token){.err = err};
    }
    TRY(messages_put_token(&token, &out));
    return messages_send(MESSAGES_SOCKET, MESSAGE_TOKEN, room_span(&out), NULL, 0);
}

/* Wait for the one payload, and answer. */
static enum err judge(struct verifier *verifier) {
    struct message message = {0};
    struct message_judge ask = {0};
    TRY(wait_message(verifier, MESSAGE_JUDGE, &message));
    TRY(messages_get_judge(message.body, &ask));
    struct span token = verify_fresh(ask.payload, &verifier->arena);
    if (token.len > 0) {
        return answer_token(verifier, token, &ask.now);
    }
    arena_wipe(&verifier->arena);
    verifier->policy.language = ask.language;
    struct verify_grounds grounds = grounds_of(verifier, &ask.now);
    verify(ask.payload, &grounds, &verifier->arena, &verifier->verdicts);
    uint8_t body[MESSAGES_INLINE_MAX];
    struct room out = room_over(body, sizeof body);
    TRY(messages_put_verdicts(&verifier->verdicts, &out));
    return messages_send(MESSAGES_SOCKET, MESSAGE_VERDICT, room_span(&out), NULL, 0);
}

int main(void) {
    sandbox_begin();
    struct verifier verifier = {0};
    if (start_libraries() != ERR_OK || start_memory(&verifier) != ERR_OK || take_rules(&verifier) != ERR_OK ||
        keep_names(&verifier) != ERR_OK) {
        _exit(ENDING_START);
    }
    struct sandbox_report report = {0};
    if (sandbox_lock(&sandbox_verifier, -1, &report) != ERR_OK) {
        _exit(ENDING_SANDBOX);
    }
    verifier.ready.landlock_abi = report.landlock_abi;
    enum err err = read_tokens(&verifier);
    err = err == ERR_OK ? say_ready(&verifier) : err;
    err = err == ERR_OK ? judge(&verifier) : err;
    _exit(err == ERR_OK || err == ERR_MESSAGE_CLOSED ? ENDING_WELL : ENDING_WORK);
}
