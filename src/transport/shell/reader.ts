import { StringDecoder } from 'node:string_decoder';
import type { Token } from './splitter.ts';
import { tail, type Tail } from './tail.ts';

/** Longest total of what one frame may report by `put`, and of a file fetched, in bytes: beyond it the link is cut, not memory filled. */
export const longestReport = 256 * 1024 * 1024;

/** What one step of a frame said. `code` is undefined where it was ended before it could tell. */
export interface StepResult {
  readonly code: number | undefined;
  readonly facts: ReadonlyMap<string, string>;
  readonly stdout: string;
  readonly stderr: string;
  /** All of its stdout, where the frame was asked to keep it. */
  readonly whole?: Buffer;
}

/** `status` is that of the shell that ran the steps: over 128 where a signal ended it. */
export interface FrameResult {
  readonly status: number;
  readonly steps: readonly (StepResult | undefined)[];
}

export interface FrameEvents {
  /** The node has parsed the whole frame and reads words from now on. */
  started?(): void;
  begun?(step: number): void;
  ended?(step: number): void;
  output?(step: number, stream: 'stdout' | 'stderr', text: string): void;
  done(result: FrameResult): void;
  /** More came than may be kept. */
  overflow(): void;
}

interface Open {
  code: number | undefined;
  readonly facts: Map<string, string>;
  readonly out: Tail;
  readonly err: Tail;
  readonly whole: Buffer[];
  readonly decoders: { readonly stdout: StringDecoder; readonly stderr: StringDecoder };
}

/** Understands the marks of one frame on both streams. `keepWhole`: stdout is a file's bytes, to be kept as they are. */
export function frameReader(events: FrameEvents, keepWhole: boolean): { stdout(token: Token): void; stderr(token: Token): void } {
  const steps: (Open | undefined)[] = [];
  let current: Open | undefined;
  let erring: Open | undefined;
  let field: { readonly into: 'name' | 'value'; readonly name: string; bytes: Buffer[] } | undefined;
  let kept = 0;
  let status: number | undefined;
  let quiet = false;

  const step = (index: number): Open => (steps[index] ??= { code: undefined, facts: new Map(), out: tail(), err: tail(), whole: [], decoders: { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') } });
  const keep = (list: Buffer[], bytes: Buffer): void => {
    kept += bytes.length;
    if (kept > longestReport) events.overflow();
    else list.push(bytes);
  };
  const told = (open: Open, stream: 'stdout' | 'stderr', bytes: Buffer): void => {
    (stream === 'stdout' ? open.out : open.err).add(bytes);
    const text = open.decoders[stream].write(bytes);
    if (text !== '') events.output?.(steps.indexOf(open), stream, text);
  };
  const settle = (): void => {
    if (status === undefined || !quiet) return;
    events.done({ status, steps: steps.map((open) => open && result(open, keepWhole)) });
  };

  return {
    stdout(token) {
      if (token.kind === 'raw') {
        if (field) keep(field.bytes, token.bytes);
        else if (current && keepWhole) keep(current.whole, token.bytes);
        else if (current) told(current, 'stdout', token.bytes);
        return;
      }
      const bytes = field ? Buffer.concat(field.bytes).toString('utf8') : '';
      switch (token.tag) {
        case 'S':
          events.started?.();
          break;
        case 'B':
          current = step(Number(token.rest));
          events.begun?.(Number(token.rest));
          break;
        case 'p':
          field = { into: 'name', name: '', bytes: [] };
          break;
        case '=':
          field = { into: 'value', name: bytes, bytes: [] };
          break;
        case '.':
          if (field?.into === 'value') current?.facts.set(field.name, bytes);
          field = undefined;
          break;
        case 'x':
          if (current) current.code = Number(token.rest.split(' ')[1]);
          current = undefined;
          field = undefined;
          events.ended?.(Number(token.rest.split(' ')[0]));
          break;
        case 'E':
          current = undefined;
          field = undefined;
          status = Number(token.rest);
          settle();
          break;
      }
    },
    stderr(token) {
      if (token.kind === 'raw') {
        if (erring) told(erring, 'stderr', token.bytes);
        return;
      }
      if (token.tag === 'b') erring = step(Number(token.rest));
      if (token.tag === 'e') erring = undefined;
      if (token.tag !== 'E') return;
      erring = undefined;
      quiet = true;
      settle();
    },
  };
}

function result(open: Open, keepWhole: boolean): StepResult {
  const said = { code: open.code, facts: open.facts, stdout: open.out.text(), stderr: open.err.text() };
  return keepWhole ? { ...said, whole: Buffer.concat(open.whole) } : said;
}
