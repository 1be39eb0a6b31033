import { type Wishes, wishesSchema } from '../../advise/index.ts';
import { PlinthError } from '../../contract/diagnostic.ts';

const names = ['cilium', 'profile', 'routing', 'routes', 'encryption'] as const;

/** The wishes on the command line. @throws PlinthError, cause `usage`, naming the option that makes no sense. */
export function wishesOf(input: { text(name: (typeof names)[number] | 'mtu'): string | undefined }): Wishes {
  const given = Object.fromEntries(names.flatMap((name) => (input.text(name) === undefined ? [] : [[name, input.text(name)]])));
  const mtu = input.text('mtu');
  const parsed = wishesSchema.safeParse({ ...given, ...(mtu === undefined ? {} : { mtu: Number(mtu) }) });
  if (parsed.success) return parsed.data;
  throw new PlinthError(parsed.error.issues.map(({ path, message }) => ({ cause: 'usage', summary: `--${path.join('.')}: ${message}` })));
}
