// A file takes up to some 300 MB of memory while it is read: as many are received and entered at once as a small machine bears.
const seats = 2;
let taken = 0;
const waiting: (() => void)[] = [];

/** Waits, in the order of asking, until few enough others are at work; whoever has a seat must leave it. */
export async function takeSeat(): Promise<{ leave: () => void }> {
  if (taken < seats) taken += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve)); // whoever leaves hands the seat on
  return {
    leave() {
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    },
  };
}
