import { randomInt } from 'node:crypto';

// Without those that are mistaken for another when read aloud or typed.
const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Such as Trial-7K3Q9A: one of 729 million. Whoever uses it tries another where it is taken. */
export const madeTrialReference = (): string =>
  `Trial-${Array.from({ length: 6 }, () => signs[randomInt(signs.length)]).join('')}`;
