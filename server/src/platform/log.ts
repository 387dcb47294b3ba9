import { type Logger, pino } from 'pino';

export type Log = Logger;

/** What PostgreSQL adds to its errors and quotes values of rows in: an e-mail address, a customer's name. */
const quoting = ['detail', 'where', 'hint', 'internalQuery', 'query', 'parameters'];

/** An error without the rows that it quotes, its causes too. */
export function errorWithoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const plain = pino.stdSerializers.err(error) as unknown as Record<string, unknown>;
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !quoting.includes(name)));
}

/** Structured lines to standard error. Ids only: no names, numbers, e-mails, tokens or bodies go in. */
export function openLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorWithoutRows } },
    pino.destination({ fd: 2, sync: true }),
  );
}
