#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make.sh OUT: make the demo with credctl: an example community, its keys, badges, status list and signed trust list,
# and the scenes that board sim plays. Nothing private is kept in the repository: keys are made anew each time.
#
# CREDCTL  the program (build/bin/credctl unless told)
# ASSETS   the folder of the contexts (assets unless told)
# OUT      receives root.jws, lists.tpk, kiosk.ini, data/ (the list, installed), badges/ and the scripts scenes and tour;
#          left as it is while credctl and this folder are what made it
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
credctl=${CREDCTL:-build/bin/credctl} assets=${ASSETS:-assets}
mkdir -p "$(dirname "$1")"
out=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")

# The day of the demo: board sim's clock stands there, and the lists are a few days old.
today=2026-09-01T10:00:00Z
listed=2026-08-28T08:00:00Z
# When the holders of the demo sign what they show.
shown=2026-09-01T09:58:00Z

# What makes the demo, byte for byte: ages say nothing where another build of credctl takes the place of one.
made=$(cat "$credctl" "$here"/*.sh "$here"/fields/* "$assets/contexts/contexts.list" <(echo "$out") | sha256sum)
if [ -s "$out/made" ] && [ "$made" = "$(cat "$out/made")" ]; then
    exit 0
fi
work=$out.making
rm -rf "$work"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/keys" "$work/badges" "$work/data"

# ---- who issues -----------------------------------------------------------------------------------------------------
community=did:web:community.example
academy=https://academy.example
revocation=https://community.example/status/revocation
suspension=https://community.example/status/suspension
key() { # NAME ALGORITHM
    "$credctl" key new --alg "$2" --out "$work/keys/$1.jwk"
}
key community ES256
key community-eddsa EdDSA
key community-status ES256
key community-rsa RS256
key academy EdDSA
key stranger ES256
key holder EdDSA

# ---- badges ---------------------------------------------------------------------------------------------------------
# Fields that a scene does not set come from the badge's own file in fields/.
fields_of() { # SCENE BADGE ISSUER [FIELD=VALUE...]
    local scene=$1 fields=$2 issuer=$3
    shift 3
    {
        printf '%s\n' "$@" "issuer=$issuer" "id=https://community.example/issued/$scene"
        cat "$here/fields/$fields"
    } | awk '!/^#/ { key = $0; sub(/ *=.*/, "", key); if (!seen[key]++) print }' >"$work/badges/$scene.txt"
}
badge() { # SCENE BADGE KEY ISSUER [FIELD=VALUE...] [-- ISSUE-OPTIONS...]
    local scene=$1 fields=$2 key=$3 issuer=$4 set=()
    shift 4
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        set+=("$1")
        shift
    done
    [ $# -eq 0 ] || shift
    fields_of "$scene" "$fields" "$issuer" "${set[@]}"
    "$credctl" issue --key "$work/keys/$key.jwk" --fields "$work/badges/$scene.txt" --out "$work/badges/$scene.jwt" \
        --qr "$work/badges/$scene.png" --svg "$work/badges/$scene.svg" --module 4 --size 1280x720 "$@" >/dev/null
}
# A badge as wallets keep it: JSON with its proof inside.
wallet_badge() { # SCENE BADGE VCDM [FIELD=VALUE...]
    local scene=$1 fields=$2 vcdm=$3
    shift 3
    fields_of "$scene" "$fields" $community "$@"
    "$credctl" issue --key "$work/keys/community-eddsa.jwk" --fields "$work/badges/$scene.txt" --proof eddsa-rdfc-2022 \
        --vcdm "$vcdm" --at $listed --assets "$assets" --out "$work/badges/$scene.json"
}
# A picture of any contents; two files stand side by side.
picture() { # SCENE FILE...
    local scene=$1
    shift
    "$credctl" qr --module 4 --size 1280x720 --out "$work/badges/$scene.png" "$@" >/dev/null
}
# The same token with one bit of its payload changed: the lowest bit of the first byte of a text that ends a group of
# three, which is the lowest bit of one base64url character.
flip_bit() { # TOKEN TEXT
    local payload offset character
    payload=$(cut -d. -f2 "$1")
    offset=$(printf '%s===' "$payload" | head -c $(((${#payload} + 3) / 4 * 4)) | tr -- '-_' '+/' | base64 -d | grep -abo -- "$2" | head -1)
    offset=${offset%%:*}
    while [ $((offset % 3)) -ne 2 ]; do offset=$((offset + 1)); done
    character=$((offset / 3 * 4 + 4))
    awk -F. -v at="$character" '
        BEGIN { alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" }
        {
            value = index(alphabet, substr($2, at, 1)) - 1
            value += value % 2 == 0 ? 1 : -1
            print $1 "." substr($2, 1, at - 1) substr(alphabet, value + 1, 1) substr($2, at + 1) "." $3
        }' "$1"
}

# The genuine ones are made for several rounds: a code that was shown before is no longer plainly VALID.
innovators=("Maria Lindqvist" "Tomás Oliveira" "Grace Mensah" "Yuki Tanaka" "Élise Moreau" "Nuria Vidal")
pioneers=("ليلى حسن" "يوسف الخطيب" "نور الدين صالح" "مريم عبد الله" "سامي حداد" "هدى منصور")
ambassadors=("Анна Соколова" "Иван Орлов" "Ольга Морозова" "Пётр Волков" "Дарья Лебедева" "Никита Зайцев")
wallets=("Kwame Boateng" "Ingrid Solberg" "Mateo Fuentes" "Aylin Demir" "Pavel Novak" "Chiara Greco")
rounds=${#innovators[@]}
holder=$("$credctl" key public "$work/keys/holder.jwk" --did)
round_of() { # SCENE ROUND: the badge of that round
    case $1 in
        innovator | pioneer-arabic | ambassador-russian | wallet-badge | wallet-presentation) [ "$2" -eq 0 ] || { echo "$1-$2"; return; } ;;
        innovator-again) round_of innovator "$2"; return ;;
    esac
    echo "$1"
}
for ((round = 0; round < rounds; round++)); do
    badge "$(round_of innovator $round)" innovator community $community "holder=${innovators[round]}" \
        status_list=$revocation status_index=$((110 + round))
    badge "$(round_of pioneer-arabic $round)" pioneer community-eddsa $community "holder=${pioneers[round]}" \
        status_list=$revocation status_index=$((120 + round)) -- --form base45
    badge "$(round_of ambassador-russian $round)" ambassador community-rsa $community "holder=${ambassadors[round]}" \
        status_list=$revocation status_index=$((130 + round))
    scene=$(round_of wallet-badge $round)
    wallet_badge "$scene" pioneer 2.0 "holder=${wallets[round]}" status_list=$revocation status_index=$((140 + round))
    picture "$scene" --form cbor-ld --assets "$assets" "$work/badges/$scene.json"
    # Two badges, issued to the key by which their holder signs what is shown.
    scene=$(round_of wallet-presentation $round)
    wallet_badge "$scene.first" innovator 1.1 "holder=${wallets[round]}" "holder_id=$holder"
    wallet_badge "$scene.second" ambassador 1.1 "holder=${wallets[round]}" "holder_id=$holder"
    "$credctl" present "$work/badges/$scene.first.json" "$work/badges/$scene.second.json" --key "$work/keys/holder.jwk" \
        --at $shown --assets "$assets" --out "$work/badges/$scene.json" --qr "$work/badges/$scene.png" --form cbor-ld \
        --module 4 --size 1280x720 >/dev/null
done
badge holder-unnamed pioneer community $community email=guest@community.example email_salt=k3v8 \
    status_list=$revocation status_index=104
badge revoked pioneer community $community "holder=Jonas Weber" status_list=$revocation status_index=205
badge suspended ambassador community $community "holder=Elena Petrova" status_list=$suspension status_index=306 \
    status_purpose=suspension
badge expired innovator community $community "holder=Omar Khalil" status_list=$revocation status_index=107 \
    awarded=2025-02-27T15:00:00Z valid_from=2025-03-01T09:00:00Z valid_until=2026-03-01T09:00:00Z
badge not-yet-valid ambassador community $community "holder=Sofia Rossi" status_list=$revocation status_index=108 \
    valid_from=2026-10-01T09:00:00Z
badge other-event first-aid academy $academy "holder=Priya Nair"
badge unknown-issuer innovator stranger did:web:diploma-mill.example "holder=Max Muster"

flip_bit "$work/badges/innovator.jwt" "Maria Lindqvist" >"$work/badges/altered.jwt"
picture altered "$work/badges/altered.jwt"
sed 's/Kwame Boateng/Kwame Boatenh/' "$work/badges/wallet-badge.json" >"$work/badges/wallet-altered.json"
picture wallet-altered --form cbor-ld --assets "$assets" "$work/badges/wallet-altered.json"
echo "https://badges.community.example/public/assertions/7" >"$work/badges/hosted.txt"
picture hosted "$work/badges/hosted.txt"
echo "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fcommunity.example%2Foffers%2F7" >"$work/badges/offer.txt"
picture offer "$work/badges/offer.txt"
echo "WIFI:T:WPA;S:Community;P:welcome;;" >"$work/badges/not-a-credential.txt"
picture not-a-credential "$work/badges/not-a-credential.txt"
picture two-codes "$work/badges/hosted.txt" "$work/badges/offer.txt"

# ---- status lists ---------------------------------------------------------------------------------------------------
status() { # PURPOSE ADDRESS COMMAND INDEX
    "$credctl" status new --issuer $community --address "$2" --purpose "$1" --out "$work/$1.json" >/dev/null
    "$credctl" status "$3" "$work/$1.json" "$4" >/dev/null
    "$credctl" status sign "$work/$1.json" --key "$work/keys/community-status.jwk" --at $listed --out "$work/$1.jwt" >/dev/null
}
status revocation $revocation revoke 205
status suspension $suspension suspend 306

# ---- the trust list -------------------------------------------------------------------------------------------------
trust() {
    "$credctl" trust "$@" >/dev/null
}
public() { # NAME FORM...
    "$credctl" key public "$work/keys/$1.jwk" "${@:2}" --out "$work/keys/$1.json"
}
for name in community community-eddsa community-rsa community-status; do
    public $name --document $community
done
public academy --jwks
trust init "$work/headquarters" --scheme demo.credkiosk.example/events --demo
trust add "$work/headquarters" --issuer $community --name "en=Example Community" --name "ru=Сообщество «Пример»" \
    --name "ar=مجتمع المثال" --type OpenBadgeCredential --key "$work/keys/community.json" \
    --key "$work/keys/community-eddsa.json" --key "$work/keys/community-rsa.json"
trust add "$work/headquarters" --issuer $community --for-status --key "$work/keys/community-status.json"
trust add "$work/headquarters" --issuer $academy --name "en=Example Academy" --name "ru=Академия «Пример»" \
    --name "ar=أكاديمية المثال" --type OpenBadgeCredential --key "$work/keys/academy.json"
trust add "$work/headquarters" --from $community --status-list "$work/revocation.jwt"
trust add "$work/headquarters" --from $community --status-list "$work/suspension.jwt"
trust build "$work/headquarters" --at $listed
trust sign "$work/headquarters" --at $listed --out "$work/lists.tpk"
cp "$work/headquarters/root.jwt" "$work/root.jws"
trust install "$work/lists.tpk" --root "$work/root.jws" --data "$work/data" --at $today

# ---- the kiosk ------------------------------------------------------------------------------------------------------
cat >"$work/kiosk.ini" <<END
# The demo's event admits the community's three badges.
# The PIN behind the lock is 246810.
[kiosk]
result_s = 6
contact = Information desk

[event]
name = Community fair
admit_achievement = https://community.example/badges/innovator
admit_achievement = https://community.example/badges/pioneer
admit_achievement = https://community.example/badges/ambassador

[trust]
root = $out/root.jws

[screen]
fullscreen = no

[staff]
$("$credctl" kiosk pin --stdin <<<246810)
END

# Scenes for whoever watches, again and again; and a quick tour for a machine without a display.
scenes="innovator revoked pioneer-arabic altered wallet-badge wallet-presentation wallet-altered ambassador-russian expired
    holder-unnamed unknown-issuer other-event suspended not-yet-valid hosted offer not-a-credential two-codes innovator-again"
script() { # SHOWN EMPTY ROUNDS
    local scene round
    echo "# Made by assets/demo/make.sh."
    echo "clock $today"
    echo "empty 45"
    for ((round = 0; round < $3; round++)); do
        for scene in $scenes; do
            printf 'scene %s\nframe badges/%s.png for %d ms\nempty %d\n' "$scene" "$(round_of "$scene" $round)" "$1" "$2"
        done
    done
}
script 4000 120 "$rounds" >"$work/scenes"
script 900 20 1 >"$work/tour"

rm -rf "$work/keys" "$work/headquarters" "$work"/revocation.* "$work"/suspension.*
echo "$made" >"$work/made"
rm -rf "$out"
mv "$work" "$out"
echo "The demo is made: $(wc -w <<<"$scenes") scenes in $out"
