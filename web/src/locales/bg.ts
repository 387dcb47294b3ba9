import { en, type MessageId } from './en.ts';
export const bg: Record<MessageId, string> = en;
