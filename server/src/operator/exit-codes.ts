/** What a command's process ends with; `usage`: the words of the command line are at fault. */
export const exitCodes = { fine: 0, failed: 1, usage: 2 } as const;
