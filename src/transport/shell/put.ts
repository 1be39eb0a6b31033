import { createHash } from 'node:crypto';
import type { FileToPut, SendOptions } from '../../contract/connection.ts';
import { PlinthError } from '../../contract/diagnostic.ts';
import { isSource, type Source } from '../../contract/local.ts';
import { quote } from '../../contract/script/quote.ts';
import { stagingName } from '../../contract/stagingName.ts';
import { frameText } from './frame.ts';
import { placeScript } from './place.ts';
import type { FrameResult } from './reader.ts';
import { receiveText } from './receive.ts';
import type { Wire } from './send.ts';

/** Sent at a time, in bytes: between pieces the node gets a heartbeat and an abort is heard. */
const piece = 4 * 1024 * 1024;

/** Up to this size, in bytes, the content travels inside the frame that puts it in place: one round trip for all. */
const small = 48 * 1024;

/** How long checking, validating and renaming may take, in ms. */
const placeTimeout = 120_000;

/**
 * Sends the content into a staging file beside its target, checks its sha256 there, gives it owner and mode, has it
 * validated, and renames it over the target. Whatever goes wrong, the target is as before and no staging file is left.
 */
export async function putFile(wire: Wire, file: FileToPut, options: SendOptions): Promise<void> {
  const { content } = file;
  const staging = `${file.path.slice(0, file.path.lastIndexOf('/') + 1)}${stagingName(file.path)}`;
  const place = { file, staging, sha256: isSource(content) ? content.sha256 : createHash('sha256').update(content).digest('hex') };
  if (!isSource(content) && content.length <= small) {
    const base64 = Buffer.from(content).toString('base64').replaceAll(/.{1,76}/g, '$&\n');
    const result = await placed(wire, placeScript({ ...place, base64 }), options);
    if (!result.steps[0]?.facts.has('no-base64')) return accept(wire, file, result);
  }
  let sent = 0;
  const send = async (body: Uint8Array): Promise<void> => {
    const text = receiveText(staging, body.length, sent === 0);
    accept(wire, file, await wire.session.exchange({ text, watched: false, body, signal: options.signal }));
    sent += body.length;
    options.onSent?.(sent);
  };
  try {
    for await (const body of isSource(content) ? inPieces(content) : piecesOf(content)) await send(body);
  } catch (error) {
    // What is wrong is on this side: the link is as before, and takes the unfinished file away.
    if (isSource(content) && sent > 0 && !isLost(error)) await placed(wire, `rm -f -- ${quote(staging)}`, {});
    throw error;
  }
  if (sent === 0) await send(new Uint8Array());
  const result = await placed(wire, placeScript(place), options);
  // Did it change on the way, or here?
  if (isSource(content) && result.steps[0]?.code !== 0) await content.check?.();
  accept(wire, file, result);
}

function* piecesOf(content: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < content.length; at += piece) yield content.subarray(at, at + piece);
}

/** A source gives what it has read; what is sent at a time is bigger, since each piece costs a round trip. */
async function* inPieces(source: Source): AsyncIterable<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source.open()) {
    parts.push(part);
    length += part.length;
    if (length < piece) continue;
    yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(parts);
}

const isLost = (error: unknown): boolean => error instanceof PlinthError && error.diagnostics.some(({ cause }) => cause === 'lost' || cause === 'aborted');

async function placed(wire: Wire, script: string, options: SendOptions): Promise<FrameResult> {
  const timer = setTimeout(() => wire.session.stop(), placeTimeout);
  const text = frameText(wire.nonce, [{ script }], wire.nextId());
  return wire.session.exchange({ text, watched: true, signal: options.signal }).finally(() => clearTimeout(timer));
}

function accept(wire: Wire, file: FileToPut, { steps: [step] }: FrameResult): void {
  if (step?.code === 0) return;
  throw new PlinthError({
    cause: 'apply',
    host: wire.host,
    summary: `${file.path} was not put in place: ${step?.code === undefined ? 'it took too long' : (step.facts.get('doing') ?? 'it cannot be written')}`,
    detail: step?.stderr ?? '',
    hint: 'The file that was there is untouched. Check space and permissions, and that its directory exists.',
  });
}
