import { describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS } from '../../contract/names.ts';
import { count, shopOf } from '../../test/kit/backup.ts';
import { codeAt, joined, PASSWORD } from '../../test/kit/staff.ts';
import { identifierToken } from '../keys/blind.ts';
import { makeKey } from '../staff/keys/make.ts';
import { rotateKey } from '../staff/keys/manage.ts';
import { declareKnown } from '../staff/known/declare.ts';
import { relationTo } from '../staff/known/relation.ts';
import { deletePasskey, insertPasskey } from '../staff/passkeys/sql.ts';
import { acceptInvitation } from '../staff/people/accept.ts';
import { recoverPerson } from '../staff/people/recover.ts';
import { signInByCode, signInByPassword } from '../staff/sign-in/sign-in.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

const OTHER = 'orchard thistle seven lanterns';
const WHERE = { device: 'Firefox on Linux', network: 'test' };

describe('how people sign in, after a restore', () => {
  it('is as they left it: nothing that was lost, used, changed or taken since opens again', async () => {
    const { ctx, shop, files } = await shopOf([]);
    const ana = await joined(ctx, shop.id, ['support']);
    const by = { id: ana.id, store: shop.id };
    const bea = await joined(ctx, shop.id, ['support']);
    const passkey = (person: string, label: string) => ({
      id: ctx.random.bytes(32),
      person_id: person,
      public_key: ctx.random.bytes(77),
      counter: 0,
      transports: ['internal'],
      label,
      created_at: new Date(ctx.clock.now()),
    });
    const lost = passkey(ana.id, 'the phone that was lost');
    await insertPasskey(ctx.db, lost);
    const leaked = await makeKey(ctx, ctx.db, shop.id, { kind: 'api', role: 'support' });
    const old = files('before');
    await backup(ctx, old);

    await deletePasskey(ctx.db, lost.id);
    await insertPasskey(ctx.db, passkey(ana.id, 'the new phone'));
    const sign = (email: string, password: string) =>
      signInByPassword(ctx, { email, password, where: WHERE });
    const [recoveryCode = ''] = ana.recoveryCodes;
    const { value } = (await sign(ana.email, PASSWORD)).started;
    await signInByCode(ctx, { value, code: recoveryCode, where: WHERE });
    await rotateKey(ctx, { by, id: leaked.id, overlapMs: 0 });
    const { token } = await recoverPerson(ctx, { by, person: bea.id });
    const begun = await acceptInvitation(ctx, { token, password: OTHER, where: WHERE });
    const code = codeAt(begun.enrol!.secret, ctx.clock.now());
    await signInByCode(ctx, { value: begun.started.value, code, where: WHERE });
    await declareKnown(ctx, {
      person: ana.id,
      store: shop.id,
      relation: 'declared',
      identifier: { kind: 'userId', value: 'user-of-a-sister' },
    });
    await restore(ctx, { ...old, force: true });
    ctx.clock.advance(120_000);

    expect(await count(ctx, 'bailee.passkey', `label = 'the phone that was lost'`)).toBe(0);
    expect(await count(ctx, 'bailee.passkey', `label = 'the new phone'`)).toBe(1);
    expect(await count(ctx, 'bailee.api_key', `id = '${leaked.id}' AND until IS NULL`)).toBe(0);
    const half = (await sign(ana.email, PASSWORD)).started;
    const again = signInByCode(ctx, { value: half.value, code: recoveryCode, where: WHERE });
    await expect(again).rejects.toMatchObject({ code: 'sign_in_refused' });
    const own = codeAt(ana.totpSecret, ctx.clock.now());
    expect(await signInByCode(ctx, { value: half.value, code: own, where: WHERE })).toMatchObject({
      next: 'done',
    });
    await expect(sign(bea.email, PASSWORD)).rejects.toMatchObject({ code: 'sign_in_refused' });
    const anew = (await sign(bea.email, OTHER)).started;
    const wrong = codeAt(bea.totpSecret, ctx.clock.now());
    const before = signInByCode(ctx, { value: anew.value, code: wrong, where: WHERE });
    await expect(before).rejects.toMatchObject({ code: 'sign_in_refused' });
    const right = codeAt(begun.enrol!.secret, ctx.clock.now());
    expect(await signInByCode(ctx, { value: anew.value, code: right, where: WHERE })).toMatchObject({
      next: 'done',
    });
    const sister = identifierToken(ctx, shop.id, 'userId', 'user-of-a-sister');
    const known = [{ kind: IDENTIFIER_KINDS.userId, token: sister }];
    expect(await relationTo(ctx, ctx.db, { person: ana.id, store: shop.id }, known)).toBe('declared');
  });
});
