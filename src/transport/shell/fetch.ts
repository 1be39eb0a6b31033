import type { SendOptions } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { quote } from '../../contract/script/quote.ts';
import { frameText } from './frame.ts';
import type { Wire } from './send.ts';

/** A file's bytes as they are, over the one channel. */
export async function fetchFile(wire: Wire, path: string, options: SendOptions): Promise<Buffer> {
  const text = frameText(wire.nonce, [{ script: `cat <${quote(path)}` }], wire.nextId());
  const { steps } = await wire.session.exchange({ text, watched: true, keepWhole: true, signal: options.signal });
  const [step] = steps;
  if (step?.code === 0 && step.whole) return step.whole;
  throw new PlinthError({ cause: 'apply', host: wire.host, summary: `${path} cannot be fetched`, detail: step?.stderr ?? '', hint: 'Check that the file is there and may be read.' });
}
