/**
 * A text as it is searched: without case and diacritics, Hangul in its letters, so that the beginning of a syllable finds it. Both what is
 * stored and what is typed go through here.
 */
export function searchText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase()
    .replaceAll('ς', 'σ'); // a sigma is written otherwise at the end of a word
}
