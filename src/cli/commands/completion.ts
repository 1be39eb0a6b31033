import { defineCommand } from '../arguments/command.ts';

export const completion = defineCommand({
  name: 'completion',
  summary: 'Prints the completion script of a shell: bash, zsh or fish.',
  args: [{ name: 'SHELL', summary: 'bash, zsh or fish', complete: ['bash', 'zsh', 'fish'] }],
  options: {},
  examples: ['source <(plinth completion bash)     # in ~/.bashrc', 'source <(plinth completion zsh)      # in ~/.zshrc', 'plinth completion fish > ~/.config/fish/completions/plinth.fish'],
  run: async (input, context) => (await import('../completion/scripts.ts')).completion(input, context),
});
