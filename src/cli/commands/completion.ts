/** `completion bash|zsh`: a script for the shell, which asks `dbt-auto-restart --complete` at each tab. */
import type { Argv } from 'yargs';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { printJson, print } from '../output/terminal';

export const command = 'completion [shell]';
export const describe = 'print a completion script for bash or zsh';

const SHELLS = ['bash', 'zsh'] as const;
type Shell = (typeof SHELLS)[number];

interface Args extends CommonArgs {
  shell?: Shell;
}

export function builder(parser: Argv): Argv {
  return parser.positional('shell', {
    choices: SHELLS,
    describe: 'bash or zsh; default: the one of $SHELL',
  });
}

/** Candidates come one a line and hold nothing that a shell expands. */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# dbt-auto-restart: eval "$(dbt-auto-restart completion bash)" in ~/.bashrc
_dbt_auto_restart() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(dbt-auto-restart --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _dbt_auto_restart dbt-auto-restart`,
  zsh: `#compdef dbt-auto-restart
# dbt-auto-restart: eval "$(dbt-auto-restart completion zsh)" in ~/.zshrc, after compinit
_dbt_auto_restart() {
  local -a found
  found=("\${(@f)$(dbt-auto-restart --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  (( \${#found} )) && [[ -n "$found[1]" ]] && compadd -- "\${found[@]}" || _files
}
compdef _dbt_auto_restart dbt-auto-restart`,
};

export function handler({ shell, json }: Args): Promise<number> {
  const chosen = shell ?? (/zsh$/.test(process.env['SHELL'] ?? '') ? 'zsh' : 'bash');
  if (json) printJson({ shell: chosen, script: SCRIPTS[chosen] });
  else print(SCRIPTS[chosen]);
  return Promise.resolve(EXIT.ok);
}
