// The lines of a contract as they are typed: for the forms of subscriptions and trials, which come when they are opened.
export { LineFields } from './line-fields.tsx';
export { formLines, LineForms, linesText, termLines } from './line-form.ts';
