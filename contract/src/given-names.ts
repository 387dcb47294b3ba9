import { z } from 'zod';

/** Signs that are not seen; first in it the joiner between the parts of one emoji, such as those of a family, which stays. */
const hidden =
  /((?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic}))|[\p{Cc}\p{Cf}]/gu;

/** Letters that are drawn as nothing: the fillers of Hangul, the joiner of graphemes; and as an empty place: the wide and narrow filler, Braille without a dot. */
const unseen = /[\u115F\u1160]|\u034F/gu;
const blank = /[\s\u3164\uFFA0\u2800]+/gu;

/**
 * Control and format characters and letters that are drawn as nothing mean nothing in a name and hide what it says; a line break or tab is a
 * space, runs of spaces are one. Of marks without a letter that they stand on, nothing is left.
 */
export const visible = (text: string): string => {
  const seen = text
    .replace(hidden, (sign, joiner?: string) => joiner ?? (/\s/u.test(sign) ? ' ' : ''))
    .replace(unseen, '')
    .normalize('NFC') // what was held apart by an unseen sign is one letter now
    .replace(blank, ' ')
    .trim();
  return /[^\p{M}\s]/u.test(seen) ? seen : '';
};

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
