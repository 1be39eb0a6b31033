import { z } from 'zod';
import { PlinthError } from '../contract/diagnostic.ts';
import { type Facts, read } from '../contract/read/index.ts';
import { readingBatch } from './observe.ts';
import type { Masker } from './options.ts';
import type { Session } from './session.ts';

/** Reads what a node is, in one round trip. Throws a PlinthError of cause `reading`. */
export async function gatherFacts(session: Session, masker: Masker): Promise<Facts> {
  const reading = read.facts();
  let facts: Facts | undefined;
  // Facts are read as any module's readings are; `plan` is where their type is still known.
  const module = { name: 'facts', summary: 'What the node is.', args: z.unknown(), observe: () => ({}), *plan() {} };
  const batch = await readingBatch([{ task: { module, args: {} }, names: ['facts'], readings: [{ ...reading, kind: { ...reading.kind, parse: (text: string | undefined, key: string) => (facts = reading.kind.parse(text, key)) } }] }], masker);
  const sent = Date.now();
  const replies = await session.send(batch.steps);
  const received = Date.now();
  const [seen] = batch.settle(replies);
  if (seen?.error || !facts) throw new PlinthError({ ...(seen?.error ?? { cause: 'reading', summary: 'the facts were not answered' }), host: session.host });
  // The node's clock was read somewhere between sending and receiving: the middle errs least.
  return { ...facts, clockSkewMs: Math.round(facts.clockMs - (sent + received) / 2) };
}
