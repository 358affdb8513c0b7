# blurred_code.awk: prints a PGM (P5; in the C locale, where %c is a byte) of what looks like a large code out of focus: blots on paper.
# SPDX-License-Identifier: Apache-2.0
function next_bit() {
    state = (state * 1103 + 12345) % 65536
    return state >= 32768
}
BEGIN {
    width = 640; height = 480; side = 75; module = 4; left = 170; top = 90; state = 4711
    for (r = -4; r < side + 4; r++)
        for (c = -4; c < side + 4; c++)
            dark[r, c] = r >= 0 && c >= 0 && r < side && c < side && next_bit()
    # means of 5 x 5 modules, then straight lines between their middles
    for (r = -2; r < side + 2; r++)
        for (c = -2; c < side + 2; c++) {
            sum = 0
            for (y = -1; y <= 1; y++) for (x = -1; x <= 1; x++) sum += dark[r + y, c + x] * (2 - x * x) * (2 - y * y)
            soft[r, c] = 225 - sum / 16 * 190
        }
    printf "P5\n%d %d\n255\n", width, height
    for (y = 0; y < height; y++) {
        for (x = 0; x < width; x++) {
            u = (x - left) / module; v = (y - top) / module
            if (u < -2 || v < -2 || u >= side + 1 || v >= side + 1) value = 225
            else {
                c = int(u + 4) - 4; r = int(v + 4) - 4; fu = u - c; fv = v - r
                value = (soft[r, c] * (1 - fu) + soft[r, c + 1] * fu) * (1 - fv)
                value += (soft[r + 1, c] * (1 - fu) + soft[r + 1, c + 1] * fu) * fv
            }
            printf "%c", int(value)
        }
    }
}
