/** schemactl keygen: a key pair for signing plans. */
import { Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import { SchemactlCommand } from './base.js';

export class KeygenCommand extends SchemactlCommand {
  static override summary = 'Make a key pair for signing plans';
  static override description =
    'Writes KEYFILE (private, keep it secret) and KEYFILE.pub (public, list it under trusted_keys of an environment).';
  static override examples = ['<%= config.bin %> keygen --out release.key'];
  static override flags = {
    out: Flags.string({ description: 'file for the private key', helpValue: 'KEYFILE', required: true }),
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(KeygenCommand);
    this.common = flags;
    const { generateKeyFiles } = await import('../trust/keys.js');
    const { keyid, files } = await generateKeyFiles(flags.out);
    this.answer('done', { keyid, private_key_file: files[0], public_key_file: files[1] });
    this.print(
      `${files[0]}  private key: keep it secret\n${files[1]}  public key: list it under trusted_keys of an environment\nkey id ${keyid}\n`,
    );
    return ExitCode.done;
  }
}
