import { startProduct } from './support/product.ts';

/** Starts the product, empty. HUB_ADDRESS and HUB_DATA_DIR lead the journeys, and the command line, to it. */
export default async function startForJourneys(): Promise<() => Promise<void>> {
  const { address, dataDir, stop } = await startProduct({ hasDemo: false });
  process.env['HUB_ADDRESS'] = address;
  process.env['HUB_DATA_DIR'] = dataDir;
  return stop;
}
