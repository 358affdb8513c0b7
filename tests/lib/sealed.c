/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/lib/sealed.h"

#define SUBJECT                                                                                              \
    "\"credentialSubject\":{\"id\":\"did:example:ada\",\"type\":[\"AchievementSubject\"],"                   \
    "\"identifier\":[{\"type\":\"IdentityObject\",\"hashed\":false,\"identityHash\":\"Ada Lovelace\","       \
    "\"identityType\":\"name\"}],"                                                                           \
    "\"achievement\":{\"id\":\"https://issuer.example/a/1\",\"type\":[\"Achievement\"],"                     \
    "\"achievementType\":\"Badge\",\"creditsAvailable\":2.5,\"name\":\"Pioneer\","                           \
    "\"description\":\"For pioneers\",\"criteria\":{\"narrative\":\"Go first\"}}}"
#define ISSUER                                                                                               \
    "\"issuer\":{\"id\":\"https://issuer.example\",\"type\":[\"Profile\"],\"name\":\"What it calls "         \
    "itself\"},"

const char *const sealed_badge =
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"
    "\"id\":\"urn:uuid:ada-1\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]," ISSUER
    "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2027-01-01T00:00:00Z\","
    "\"credentialStatus\":{\"id\":\"https://issuer.example/status/"
    "1#9\",\"type\":\"BitstringStatusListEntry\","
    "\"statusPurpose\":\"revocation\",\"statusListIndex\":\"9\","
    "\"statusListCredential\":\"https://issuer.example/status/1\"},"
    "\"name\":\"Badge of Ada\"," SUBJECT "}";

const char *const sealed_badge_1 =
    "{\"@context\":[\"https://www.w3.org/2018/credentials/v1\","
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json\","
    "\"https://w3id.org/security/suites/ed25519-2020/v1\",\"https://w3id.org/security/data-integrity/v2\"],"
    "\"id\":\"urn:uuid:ada-2\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]," ISSUER
    "\"issuanceDate\":\"2026-01-01T00:00:00Z\",\"expirationDate\":\"2027-01-01T00:00:00Z\","
    "\"name\":\"Badge of Ada\"," SUBJECT "}";

const struct sealed_way sealed_ways[SEALED_WAYS] = {
    [SEALED_EDDSA_RDFC] = {"eddsa-rdfc-2022", PROOF_EDDSA_RDFC_2022, WORLD_EDDSA, WORLD_ISSUER "#eddsa",
                           false},
    [SEALED_EDDSA_RDFC_1] = {"eddsa-rdfc-2022, data model 1.1", PROOF_EDDSA_RDFC_2022, WORLD_EDDSA,
                             WORLD_ISSUER "#eddsa", true},
    [SEALED_P256_RDFC] = {"ecdsa-rdfc-2019, P-256", PROOF_ECDSA_RDFC_2019, WORLD_ES256, WORLD_ISSUER "#es256",
                          false},
    [SEALED_P384_RDFC] = {"ecdsa-rdfc-2019, P-384", PROOF_ECDSA_RDFC_2019, WORLD_ES384, WORLD_ISSUER "#es384",
                          false},
    [SEALED_SD] = {"ecdsa-sd-2023", PROOF_ECDSA_SD_2023, WORLD_ES256, WORLD_ISSUER "#es256", false},
    [SEALED_EDDSA_JCS] = {"eddsa-jcs-2022", PROOF_EDDSA_JCS_2022, WORLD_EDDSA, WORLD_ISSUER "#eddsa", false},
    [SEALED_P256_JCS] = {"ecdsa-jcs-2019, P-256", PROOF_ECDSA_JCS_2019, WORLD_ES256, WORLD_ISSUER "#es256",
                         false},
    [SEALED_P384_JCS] = {"ecdsa-jcs-2019, P-384", PROOF_ECDSA_JCS_2019, WORLD_ES384, WORLD_ISSUER "#es384",
                         false},
    [SEALED_ED25519_2020] = {"Ed25519Signature2020", PROOF_ED25519_2020, WORLD_EDDSA, WORLD_ISSUER "#eddsa",
                             true},
    [SEALED_ED25519_2018] = {"Ed25519Signature2018", PROOF_ED25519_2018, WORLD_EDDSA, WORLD_ISSUER "#eddsa",
                             true},
};

const char *sealed_text(const struct sealed_way *way) {
    return way->version_1 ? sealed_badge_1 : sealed_badge;
}

struct integrity_sign sealed_order(const struct world *world, const struct sealed_way *way,
                                   struct shelf_view *view, struct context_library *library) {
    *view = (struct shelf_view){.shelf = &world->vocabulary.shelf};
    *library = shelf_view_library(view);
    return (struct integrity_sign){
        .suite = way->suite, .signer = world->keys[way->key], .library = library, .method = way->method};
}

char *sealed_by(const struct world *world, const struct sealed_way *way, const char *text) {
    struct shelf_view view;
    struct context_library library;
    struct integrity_sign order = sealed_order(world, way, &view, &library);
    return integrity_signed(text, &order);
}
