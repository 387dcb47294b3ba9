import { z } from 'zod';

/** Signs that are not seen; first in it the joiner between the parts of one emoji, such as those of a family, which stays. */
const hidden =
  /((?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic}))|[\p{Cc}\p{Cf}]/gu;

/** Control and format characters mean nothing in a name and hide what it says; a line break or tab is a space, runs of spaces are one. */
export const visible = (text: string): string =>
  text
    .normalize('NFC')
    .replace(hidden, (sign, joiner?: string) => joiner ?? (/\s/u.test(sign) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim();

/** The name that a person gives to a tag, a group or a view. Its length is counted as people count: an emoji is one character. */
export const GivenName = (longest: number) =>
  z
    .string()
    .max(1000)
    .transform(visible)
    .pipe(
      z
        .string()
        .min(1)
        .refine((name) => [...name].length <= longest, `At most ${longest} characters.`),
    );

/** Two names are one where only case or width differs. By capitals first: they bring ß and ss, and both small sigmas, together. */
export const nameKey = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
