/* order: the greater and the smaller of two numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SYMBOL_ORDER_H
#define SYMBOL_ORDER_H

static inline int order_greater(int a, int b) {
    return a > b ? a : b;
}

static inline int order_smaller(int a, int b) {
    return a < b ? a : b;
}

#endif
