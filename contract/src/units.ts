/** How a number is to be read; screens and exports format by this, never by a column's name. */
export type Unit = 'count' | 'minutes' | 'seconds' | 'bytes' | 'ratio';
