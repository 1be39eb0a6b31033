import type { SecretSources } from '../../inventory/index.ts';
import type { Context } from '../context.ts';

/** Where this invocation may take secrets from: its environment, the terminal, and SSH keys. */
export const secretSources = ({ env, cwd, terminal, ask }: Pick<Context, 'env' | 'cwd' | 'terminal' | 'ask'>): SecretSources => ({
  env,
  cwd,
  sshKey: async (text, passphrase) => (await import('../../transport/ssh/private-key.ts')).readPrivateKey(text, passphrase),
  ...(terminal.canAsk ? { prompt: (question: string) => ask(`${question}: `, { hidden: true }) } : {}),
});
