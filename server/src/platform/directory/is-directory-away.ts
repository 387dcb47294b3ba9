// What Node says of the way there; ENOENT is of the embedded server's socket.
const ofTheWay = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// SQLSTATE classes 08 (connection) and 57P (ended by an operator, starting, ending), and no connection left (53300).
const ofTheServer = /^(08|57P|53300)/;
// The last one: this process ends and has let go of its connections while work went on.
const ofTheDriver =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|driver has already been destroyed/;

/** Whether PostgreSQL did not answer at all: the same may work later. */
export function isDirectoryAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOENT') return syscall === 'connect';
  return (code !== undefined && (ofTheWay.has(code) || ofTheServer.test(code))) || ofTheDriver.test(thrown.message);
}
