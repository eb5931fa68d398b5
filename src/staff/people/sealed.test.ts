import { describe, expect, it } from 'vitest';
import { KeyRing } from '../../keys/ring.ts';
import type { Ctx } from '../../platform/ports.ts';
import { openNamed, openTotp } from './sealed.ts';

// Neither a database nor a cipher is asked where there is no key.
const ctx = {} as Ctx;
const ring = new KeyRing(ctx, []);
const owner = { id: '018f0000-0000-7000-8000-000000000001', store: '018f0000-0000-7000-8000-000000000002' };

describe('what was recorded of somebody who works here', () => {
  it('is a dash once the key is gone, though the sealed value is still there', () => {
    for (const sealed of [Buffer.alloc(60), null])
      expect(openNamed(ctx, ring, owner, 1, sealed)).toEqual({ name: '—', email: '—' });
  });

  it('proves nothing any more: the secret of the app ends with the key', () => {
    expect(() => openTotp(ctx, ring, owner, Buffer.alloc(60))).toThrow(
      expect.objectContaining({ code: 'key_shredded' }),
    );
  });
});
