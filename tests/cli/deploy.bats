# What an installed kiosk gives to systemd and udev.
# SPDX-License-Identifier: Apache-2.0

setup() {
    command -v systemd-analyze >/dev/null || skip "no systemd-analyze"
    units=$BATS_TEST_TMPDIR/units
    mkdir "$units"
    cp boards/deploy/*.service "$units"
    cp boards/deploy/credkiosk-stick@.service "$units/credkiosk-stick@sda1.service"
}

# exposure UNIT: ten times the overall level.
exposure() {
    systemd-analyze security --offline=true "$units/$1" 2>/dev/null |
        sed -n 's/.*exposure level for [^:]*: \([0-9]*\)\.\([0-9]\).*/\1\2/p'
}

@test "the service that mounts a stick is exposed no more than mounting asks for" {
    level=$(exposure credkiosk-stick@sda1.service)
    [ -n "$level" ] && [ "$((10#$level))" -le 15 ]
}

@test "the service that only forgets a stick is exposed to next to nothing" {
    level=$(exposure credkiosk-stick-gone.service)
    [ -n "$level" ] && [ "$((10#$level))" -le 5 ]
}

@test "the units are units, and the rule starts them" {
    run systemd-analyze verify "$units"/credkiosk-stick@sda1.service "$units"/credkiosk-stick-gone.service
    [ -z "$(printf '%s\n' "$output" | grep -v 'is not executable' | grep credkiosk)" ]
    grep -q 'credkiosk-stick@%k.service' boards/deploy/70-credkiosk-stick.rules
    grep -q 'start credkiosk-stick-gone.service' boards/deploy/70-credkiosk-stick.rules
}
