import { en, type MessageId } from './en.ts';
export const ko: Record<MessageId, string> = en;
