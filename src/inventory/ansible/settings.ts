/** What an `ansible_*` variable means here. */
export type Setting =
  | { readonly kind: 'text' | 'number' | 'seconds' | 'flag' | 'file' | 'secret'; readonly to: string }
  | { readonly kind: 'transport' | 'arguments' | 'hostKeys'; readonly to: string }
  /** Only these values mean what is done here anyway. */
  | { readonly kind: 'only'; readonly to: string; readonly values: readonly string[]; readonly why: string; readonly hint: string };

const to = <K extends Exclude<Setting['kind'], 'only'>>(kind: K, name: string): { readonly kind: K; readonly to: string } => ({ kind, to: name });

const becomeUser: Setting = { kind: 'only', to: 'become', values: ['', 'root'], why: 'work is done as root', hint: 'take it out of the inventory; a task that runs as another user says so itself' };
const becomeMethod: Setting = { kind: 'only', to: 'become', values: ['', 'sudo', 'ansible.builtin.sudo'], why: 'root is reached through sudo', hint: 'give the user sudo, or log in as root' };

/** Connection variables by name: those of the ssh plugin, of sudo, and the names they had before Ansible 2. */
export const settingOf: Readonly<Record<string, Setting>> = {
  ansible_ssh_host: to('text', 'address'),
  ansible_host: to('text', 'address'),
  ansible_ssh_port: to('number', 'port'),
  ansible_port: to('number', 'port'),
  ansible_ssh_user: to('text', 'user'),
  ansible_user: to('text', 'user'),
  ansible_private_key_file: to('file', 'identityFile'),
  ansible_ssh_private_key_file: to('file', 'identityFile'),
  ansible_ssh_pass: to('secret', 'password'),
  ansible_ssh_password: to('secret', 'password'),
  ansible_password: to('secret', 'password'),
  ansible_ssh_private_key_passphrase: to('secret', 'passphrase'),
  ansible_sudo: to('flag', 'become'),
  ansible_become: to('flag', 'become'),
  ansible_sudo_pass: to('secret', 'becomePassword'),
  ansible_sudo_password: to('secret', 'becomePassword'),
  ansible_become_pass: to('secret', 'becomePassword'),
  ansible_become_password: to('secret', 'becomePassword'),
  ansible_become_user: becomeUser,
  ansible_sudo_user: becomeUser,
  ansible_become_method: becomeMethod,
  ansible_connection: to('transport', 'transport'),
  ansible_ssh_args: to('arguments', 'proxyJump'),
  ansible_ssh_common_args: to('arguments', 'proxyJump'),
  ansible_ssh_extra_args: to('arguments', 'proxyJump'),
  ansible_timeout: to('seconds', 'connectTimeout'),
  ansible_ssh_timeout: to('seconds', 'connectTimeout'),
  ansible_ssh_retries: to('number', 'connectRetries'),
  ansible_host_key_checking: to('hostKeys', 'hostKeys'),
  ansible_ssh_host_key_checking: to('hostKeys', 'hostKeys'),
};

/** They say how Ansible works on a node: which Python, which folder, how to copy. Nothing of it is needed here. */
export const isNeedless = (name: string): boolean =>
  /^ansible_(\w+_interpreter|remote_tmp|remote_temp|pipelining|ssh_pipelining|ssh_transfer_method|scp_if_ssh|scp_extra_args|sftp_extra_args|ssh_executable|scp_executable|sftp_executable|sftp_batch_mode|shell_type|shell_executable|shell_allow_world_readable_temp|async_dir|become_exe|become_flags|control_path|control_path_dir|ssh_control_path|ssh_use_tty|use_tty|module_compression|no_target_syslog|keep_remote_files|system_warnings|become_allow_same_user)$/.test(name);
