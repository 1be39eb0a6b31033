import { PlinthError } from '../../contract/diagnostic.ts';
import type { Input } from '../arguments/command.ts';
import type { Context } from '../context.ts';

// The shells only hand over the words and show what comes back: what there is to complete is known in one place.
const scripts: Readonly<Record<string, string>> = {
  bash: `# plinth completion for bash: source <(plinth completion bash)
_plinth() {
  local IFS=$'\\n' line value words=("\${COMP_WORDS[@]:1:COMP_CWORD}") files=
  # Bash takes = for a word of its own; it is put back together.
  local joined=() word
  for word in "\${words[@]}"; do
    if [[ \${#joined[@]} -gt 0 && ( $word == '=' || \${joined[-1]} == *= ) && \${joined[-1]} == --* ]]; then joined[-1]+=$word; else joined+=("$word"); fi
  done
  local current=\${joined[-1]} strip=
  [[ $current == --*=* ]] && strip=\${current%%=*}=
  COMPREPLY=()
  while IFS= read -r line; do
    value=\${line%%$'\\t'*}
    if [[ $value == :files ]]; then files=1; else COMPREPLY+=("\${value#"$strip"}"); fi
  done < <("\${COMP_WORDS[0]}" __complete "\${joined[@]}" 2>/dev/null)
  if [[ -n $files ]]; then compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "\${current#"$strip"}")); fi
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *, ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _plinth plinth
`,
  zsh: `#compdef plinth
# plinth completion for zsh: source <(plinth completion zsh)
_plinth() {
  local line value summary files=
  local -a found
  while IFS= read -r line; do
    value=\${line%%$'\\t'*}
    summary=\${line#*$'\\t'}
    if [[ $value == :files ]]; then files=1; continue; fi
    if [[ $summary == $line ]]; then found+=("\${value//:/\\\\:}"); else found+=("\${value//:/\\\\:}:$summary"); fi
  done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && _describe plinth found
  [[ -n $files ]] && _files
  return 0
}
if [[ $funcstack[1] == _plinth ]]; then _plinth "$@"; else compdef _plinth plinth; fi
`,
  fish: `# plinth completion for fish: plinth completion fish > ~/.config/fish/completions/plinth.fish
function __plinth_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
    if test "$line" = ":files"
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c plinth -f -a '(__plinth_complete)'
`,
};

export async function completion({ args }: Pick<Input, 'args'>, { out }: Pick<Context, 'out'>): Promise<number> {
  const script = scripts[args[0] ?? ''];
  if (script === undefined) throw new PlinthError({ cause: 'usage', summary: `there is no completion for "${args[0]}"`, hint: `Shells: ${Object.keys(scripts).join(', ')}.` });
  out(script);
  return 0;
}
