// SPDX-License-Identifier: Apache-2.0
// zxing_cpp: reads PGM pictures one after the other, says for each its CPU microseconds and payloads in hex.
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

static long now_us() {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void look(const std::vector<uint8_t> &grey, int width, int height) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setTryHarder(true);
    long before = now_us();
    auto found = ZXing::ReadBarcodes({grey.data(), width, height, ZXing::ImageFormat::Lum}, hints);
    printf("%ld", now_us() - before);
    for (const auto &code : found) {
        printf(" ");
        for (uint8_t byte : code.bytes()) {
            printf("%02x", byte);
        }
    }
    printf("\n");
    fflush(stdout);
}

int main() {
    int width = 0, height = 0;
    printf("ready zxing-cpp %d.%d.%d\n", ZXING_VERSION_MAJOR, ZXING_VERSION_MINOR, ZXING_VERSION_PATCH);
    fflush(stdout);
    while (scanf("P5\n%d %d\n255", &width, &height) == 2 && getchar() == '\n') {
        std::vector<uint8_t> grey((size_t)width * (size_t)height);
        if (fread(grey.data(), 1, grey.size(), stdin) != grey.size()) {
            break;
        }
        look(grey, width, height);
    }
}
