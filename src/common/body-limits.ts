/** In bytes, of one decoded body. A larger one goes into a file, and references cannot select from it. */
export const largestInMemory = 5 * 1024 * 1024;

/** In bytes: the default of `padlock.maxBodySize`. */
export const defaultMaxBodySize = 2 * 1024 ** 3;
