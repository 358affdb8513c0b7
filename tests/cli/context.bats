#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
load credctl

setup() {
    dir=$BATS_TEST_TMPDIR/out
    mkdir "$dir"
    address=https://example.org/context/v1
    cat >"$dir/c.json" <<'END'
{"@context": {"@protected": true, "id": "@id", "name": "https://example.org/name",
 "Person": {"@id": "https://example.org/Person", "@context": {"age": {"@id": "https://example.org/age",
 "@type": "http://www.w3.org/2001/XMLSchema#integer"}}}}}
END
}

# The table of c.json, with the hash of a file.
table() {
    printf 'credkiosk-context 1\naddress\t%s\nsource\ta test\nsha256\t%s\n\n' "$address" \
        "$(sha256sum "$1" | cut -d' ' -f1)"
    printf '@protected\ttrue\nid\t@id\nname\thttps://example.org/name\nPerson\thttps://example.org/Person\tscope\n'
    printf '\tage\thttps://example.org/age\ttype=http://www.w3.org/2001/XMLSchema#integer\n'
}

@test "a context becomes a table of terms" {
    credctl context "$dir/c.json" --address $address --source "a test"
    succeeds
    [ "$output" = "$(table "$dir/c.json")" ]
    credctl context "$dir/c.json" --address $address --source "a test" --out "$dir/c.terms"
    succeeds
    [ -z "$output" ]
    diff "$dir/c.terms" <(table "$dir/c.json")
}

@test "a table names the hash of the file that was published" {
    echo "a program" >"$dir/index.js"
    run --separate-stderr bash -c \
        "'$BIN/credctl' context - --address $address --source 'a test' --published '$dir/index.js' <'$dir/c.json'"
    succeeds
    [ "$output" = "$(table "$dir/index.js")" ]
}

@test "a table is not overwritten unless told" {
    echo kept >"$dir/c.terms"
    credctl context "$dir/c.json" --address $address --source "a test" --out "$dir/c.terms"
    refuses 73 "exists already"
    [ "$(cat "$dir/c.terms")" = kept ]
    credctl context "$dir/c.json" --address $address --source "a test" --out "$dir/c.terms" --force
    succeeds
    diff "$dir/c.terms" <(table "$dir/c.json")
}

@test "what is no context makes no table" {
    echo '{"name": "https://example.org/name"}' >"$dir/none.json"
    credctl context "$dir/none.json" --address $address --source "a test" --out "$dir/c.terms"
    refuses 65 "none.json"
    echo 'no JSON' >"$dir/none.json"
    credctl context "$dir/none.json" --address $address --source "a test" --out "$dir/c.terms"
    refuses 65 "not JSON"
    echo '{"@context": {"name": 7}}' >"$dir/none.json"
    credctl context "$dir/none.json" --address $address --source "a test" --out "$dir/c.terms"
    refuses 65 "what a table of terms cannot say"
    credctl context "$dir/c.json" --address $address --source "$(printf 'two\tcolumns')" --out "$dir/c.terms"
    refuses 65 "what a table of terms cannot say"
    credctl context "$dir/absent.json" --address $address --source "a test" --out "$dir/c.terms"
    refuses 66 "no such file"
    credctl context "$dir/c.json" --address $address --source "a test" --published "$dir/absent" --out "$dir/c.terms"
    refuses 66 "no such file"
    [ ! -e "$dir/c.terms" ]
}

@test "address and source are asked for" {
    credctl context "$dir/c.json" --source "a test"
    refuses 64 address
    credctl context "$dir/c.json" --address $address
    refuses 64 source
}

@test "a context of more than a megabyte is refused" {
    { printf '{"@context": {"a": "https://example.org/'; head -c 1100000 /dev/zero | tr '\0' a; printf '"}}'; } >"$dir/large.json"
    credctl context "$dir/large.json" --address $address --source "a test"
    refuses 65 "larger than what is read"
}

# A copy of the shipped contexts, for judging by.
assets() {
    mkdir -p "$dir/assets"
    cp -r assets/contexts "$dir/assets/contexts"
    echo "no credential" >"$dir/text"
}

@test "verify takes its vocabulary from beside the program, or from where it is told" {
    assets
    credctl verify "$dir/text"
    [ "$status" -eq 2 ]
    credctl verify --assets "$dir/assets" "$dir/text"
    [ "$status" -eq 2 ]
}

@test "verify judges nothing by half a vocabulary" {
    assets
    credctl verify --assets "$dir" "$dir/text"
    refuses 65 "$dir/contexts/contexts.list: The list of vocabularies is missing"
    echo "more	https://example.org/more" >>"$dir/assets/contexts/w3id.org_dcc_v1.terms"
    credctl verify --assets "$dir/assets" "$dir/text"
    refuses 65 "w3id.org_dcc_v1.terms: A vocabulary is not the file that the list names."
    rm "$dir/assets/contexts/w3id.org_dcc_v1.terms"
    credctl verify --assets "$dir/assets" "$dir/text"
    refuses 65 "w3id.org_dcc_v1.terms: A vocabulary that the list names is not there."
    echo "no table" >"$dir/assets/contexts/w3id.org_dcc_v1.terms"
    (cd "$dir/assets/contexts" && sha256sum ./*.terms | sed 's|\./||' >contexts.list)
    credctl verify --assets "$dir/assets" "$dir/text"
    refuses 65 "$dir/assets/contexts: A line of the table of terms is not understood."
}
