/** The way to a value: keys of maps, and places in lists counting from 0. */
export type KeyPath = readonly (string | number)[];

const part = /(?:^|\.)(?:([^."[\]]+)|"((?:[^"\\]|\\["\\])*)")|\[(\d+)\]/y;

/**
 * Understands `server.port`, `plugins."io.containerd.grpc.v1.cri".sandbox_image` and `hosts[0].name`.
 * @throws TypeError where it is none.
 */
export function parseKeyPath(text: string): KeyPath {
  const path: (string | number)[] = [];
  for (part.lastIndex = 0; part.lastIndex < text.length; ) {
    const from = part.lastIndex;
    const found = part.exec(text);
    if (!found || (from === 0 && found[0].startsWith('.'))) return refused(text, from);
    const [, bare, quoted, index] = found;
    if (index !== undefined) path.push(Number(index));
    else path.push(bare ?? (quoted ?? '').replaceAll(/\\(["\\])/g, '$1'));
  }
  return path.length === 0 ? refused(text, 0) : path;
}

const refused = (text: string, at: number): never => {
  throw new TypeError(`is no path of keys from ${JSON.stringify(text.slice(at))} on: write a.b, a."with.dot".b or list[0].b`);
};

/** As it is written in arguments. */
export const showKeyPath = (path: KeyPath): string =>
  path.map((one, at) => (typeof one === 'number' ? `[${one}]` : `${at > 0 ? '.' : ''}${/^[^."[\]]+$/.test(one) ? one : `"${one.replaceAll(/["\\]/g, '\\$&')}"`}`)).join('');

/** Whether one path leads to, or through, what the other leads to. */
export const overlaps = (a: KeyPath, b: KeyPath): boolean => a.slice(0, Math.min(a.length, b.length)).every((one, at) => one === b[at]);

/** Whether a path leads to or below another. */
export const startsWith = (path: KeyPath, head: KeyPath): boolean => head.length <= path.length && head.every((one, at) => one === path[at]);
