export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

export async function repeated(times: number, work: () => Promise<number>): Promise<number[]> {
  const seconds = [];
  for (let time = 0; time < times; time++) seconds.push(await work());
  return seconds;
}
