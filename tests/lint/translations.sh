#!/bin/bash
# translations.sh: every sentence of the verdicts, errors and screens is worded in every language, and nothing else is.
# SPDX-License-Identifier: Apache-2.0
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 bad=0

# tap OK NAME FINDINGS: one line of TAP; findings become comments.
tap() {
    n=$((n + 1))
    if [ -z "$3" ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        printf '%s\n' "$3" | sed 's/^/# /'
        bad=1
    fi
}

# The sentences: tr() of the app, and the tables of firmware.
extract() { # KEYWORD... -- FILE...
    local keys=()
    while [ "$1" != -- ]; do
        keys+=("-k$1")
        shift
    done
    shift
    xgettext --from-code=UTF-8 -L C --no-location "${keys[@]}" -j -o "$work/all.pot" "$@" 2>>"$work/errors"
}
printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' >"$work/all.pot"
mapfile -t sources < <(find app -name '*.c' | sort)
extract tr tr_plural:1,2 -- "${sources[@]}"
extract ERR:2 -- firmware/base/err.def
extract REASON:4 SENTENCE:2 -- firmware/verdict/reason.def firmware/verdict/sentence.def
extract REASON:5 -- firmware/verdict/reason.def

# ids FILE: its message ids, one a line.
ids() { msgattrib --no-wrap --no-obsolete "$@" 2>/dev/null | grep -E '^msgid ' | sed 1d; }

# Placeholders of a translation are those of its sentence.
placeholders() {
    msgattrib --no-wrap --no-obsolete "$1" | awk '
        function marks(text,   out, i) { out = ""; for (i = 1; i <= 9; i++) if (index(text, "%" i)) out = out i; return out }
        /^msgid "/ { id = $0; want = marks($0); next }
        /^msgstr "/ { if (marks($0) != want) print id }
        /^msgid_plural/ { want = marks($0) }'
}

echo "1..$(($(find assets/lang -name '*.po' | wc -l) * 4 + 1))"
known=$(ids "$work/all.pot" | wc -l)
tap "" "the sentences are found ($known)" "$([ "$known" -gt 100 ] || { echo "only $known"; cat "$work/errors"; })"
for po in assets/lang/*.po; do
    language=$(basename "$po" .po)
    msgmerge -q --no-fuzzy-matching "$po" "$work/all.pot" -o "$work/$language.po" 2>"$work/merge"
    tap "" "$language: the file is sound" "$(msgfmt --check -o /dev/null "$po" 2>&1)"
    tap "" "$language: no sentence is missing" "$(ids --untranslated "$work/$language.po")"
    tap "" "$language: no sentence is translated that is nowhere said" "$(grep '^#~ msgid' "$work/$language.po")"
    tap "" "$language: every number and date keeps its place" "$(placeholders "$po")"
done
exit $bad
