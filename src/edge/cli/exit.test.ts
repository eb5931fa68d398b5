import { describe, expect, it } from 'vitest';
import { BaileeError } from '../../platform/errors.ts';
import { CommandError, EXIT, explain } from './exit.ts';

describe('how a command ends', () => {
  it('has a number of its own for what an operator must tell apart', () => {
    const code = (name: ConstructorParameters<typeof BaileeError>[0]) =>
      explain(new BaileeError(name, 'Why.')).exit;
    expect(code('invalid_configuration')).toBe(2);
    expect(code('data_folder_locked')).toBe(3);
    expect(code('wrong_root_key')).toBe(4);
    expect(code('database_unavailable')).toBe(5);
    expect(code('forbidden')).toBe(1);
    expect(explain(new CommandError(EXIT.doesNotHold, 'No.'))).toEqual({ exit: 6, sentences: ['No.'] });
  });

  it('says each fault of a configuration in a sentence of its own', () => {
    const error = new BaileeError('invalid_configuration', 'One. Two.', { faults: ['One.', 'Two.'] });
    expect(explain(error).sentences).toEqual(['One.', 'Two.']);
  });

  it('repeats nothing of an error that it does not know: a driver may quote a row', () => {
    const error = Object.assign(new Error('Key (email)=(ada@example.org) exists'), { code: '23505' });
    expect(explain(error).sentences.join()).toBe('Something went wrong that Bailee does not know (23505).');
  });
});
