/** Staff: signing in, sessions, people, roles, teams, invitations, and service keys. Bodies and answers of `/api/session`, `/api/staff` and `/api/keys`. */
import { Type } from 'typebox';
import { ROLES, type Role } from './names.ts';
import { Id } from './opening.ts';

/** Every change made by a session carries this header: a form or an image of another site cannot set it. */
export const CONSOLE_HEADER = 'x-bailee-console';
export const SESSION_COOKIE = '__Host-bailee';

const Time = Type.String({ maxLength: 40 });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Email = Type.String({ minLength: 3, maxLength: 254 });
export const RoleName = Type.Unsafe<Role>({ enum: [...ROLES] });
export const StaffLanguage = Type.Union([Type.Literal('en'), Type.Literal('zh-CN')]);

/** How a session was signed in: one factor is never enough for data of customers. */
export const Factor = Type.Union([
  Type.Literal('password'),
  Type.Literal('code'),
  Type.Literal('passkey'),
  Type.Literal('recovery'),
  Type.Literal('openid'),
]);

/** Who is signed in, and as what. */
export const SessionAnswer = Type.Object({
  person: Type.Object({ id: Id, name: Type.String(), email: Type.String(), language: StaffLanguage }),
  store: Type.Object({ id: Id, name: Type.String() }),
  /** The role in which this session acts; the others are a switch away. */
  role: RoleName,
  roles: Type.Immutable(Type.Array(RoleName)),
  factors: Type.Immutable(Type.Array(Factor)),
  /** ISO 8601; until then sensitive fields need no new proof. Null: not stepped up. */
  steppedUpUntil: Type.Union([Time, Type.Null()]),
  /** Courses that a role of this person asks for and that are missing or over. */
  trainingMissing: Type.Immutable(Type.Array(Type.String())),
  expiresAt: Time,
});

export const PasswordBody = Type.Object(
  { email: Email, password: Type.String({ minLength: 1, maxLength: 1000 }) },
  { additionalProperties: false },
);
/** What is missing until the session is whole: a one-time code, its first set-up, or nothing. */
export const SignInAnswer = Type.Object({
  next: Type.Union([Type.Literal('code'), Type.Literal('enrol'), Type.Literal('done')]),
  /** With `enrol`: what an authenticator app takes (otpauth:// and the same by hand). */
  enrol: Type.Optional(Type.Object({ uri: Type.String(), secret: Type.String() })),
  /** With the first `done`: each works once, when the app is lost. Shown once. */
  recoveryCodes: Type.Optional(Type.Immutable(Type.Array(Type.String()))),
});
/** Six digits, or a recovery code. */
export const CodeBody = Type.Object(
  { code: Type.String({ minLength: 6, maxLength: 40 }) },
  { additionalProperties: false },
);
export const RoleBody = Type.Object({ role: RoleName }, { additionalProperties: false });
export const LanguageBody = Type.Object({ language: StaffLanguage }, { additionalProperties: false });
export const NewPasswordBody = Type.Object(
  {
    current: Type.String({ minLength: 1, maxLength: 1000 }),
    password: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
);
export const Done = Type.Object({ done: Type.Literal(true) });

export const SessionList = Type.Object({
  sessions: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        current: Type.Boolean(),
        startedAt: Time,
        seenAt: Time,
        expiresAt: Time,
        /** Kind of browser and system, as coarsely as it can be told apart: "Firefox on Windows". */
        device: Type.String(),
        factors: Type.Immutable(Type.Array(Factor)),
      }),
    ),
  ),
});

const RoleHeld = Type.Object({
  role: RoleName,
  since: Time,
  /** Access ends by itself here; null: until it is taken. */
  until: Type.Union([Time, Type.Null()]),
});
export const StaffMember = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  state: Type.Union([Type.Literal('invited'), Type.Literal('active'), Type.Literal('left')]),
  roles: Type.Immutable(Type.Array(RoleHeld)),
  teams: Type.Immutable(Type.Array(Id)),
  /** A second factor is set up. */
  secondFactor: Type.Boolean(),
  seenAt: Type.Union([Time, Type.Null()]),
  /** When somebody last confirmed that these roles are still right. */
  reviewedAt: Type.Union([Time, Type.Null()]),
});
export const StaffList = Type.Object({
  people: Type.Immutable(Type.Array(StaffMember)),
  teams: Type.Immutable(Type.Array(Type.Object({ id: Id, name: Type.String() }))),
});
/** Names of colleagues, for handing over; everyone who is signed in may see them. */
export const ColleagueList = Type.Object({
  people: Type.Immutable(
    Type.Array(Type.Object({ id: Id, name: Type.String(), teams: Type.Immutable(Type.Array(Id)) })),
  ),
  teams: Type.Immutable(Type.Array(Type.Object({ id: Id, name: Type.String() }))),
});

export const RoleGiven = Type.Object(
  { role: RoleName, until: Type.Optional(Type.Union([Time, Type.Null()])) },
  { additionalProperties: false },
);
export const InviteBody = Type.Object(
  {
    email: Email,
    name: Name,
    language: Type.Optional(StaffLanguage),
    roles: Type.Array(RoleGiven, { minItems: 1, maxItems: 8 }),
    teams: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  },
  { additionalProperties: false },
);
/** The link is shown once; it works once and for seven days. */
export const InviteAnswer = Type.Object({ id: Id, link: Type.String(), until: Time });
export const InvitationBody = Type.Object(
  { token: Type.String({ minLength: 20, maxLength: 200 }) },
  { additionalProperties: false },
);
export const InvitationAnswer = Type.Object({
  name: Type.String(),
  store: Type.String(),
  language: StaffLanguage,
});
export const AcceptBody = Type.Object(
  {
    token: Type.String({ minLength: 20, maxLength: 200 }),
    password: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
);
export const StaffPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const ChangeBody = Type.Object(
  {
    roles: Type.Optional(Type.Array(RoleGiven, { maxItems: 8 })),
    teams: Type.Optional(Type.Array(Id, { maxItems: 20 })),
    name: Type.Optional(Name),
  },
  { additionalProperties: false },
);
export const TeamBody = Type.Object({ name: Name }, { additionalProperties: false });
/** An access review: every person's roles, kept or taken, signed off by whoever reviews. */
export const ReviewBody = Type.Object(
  {
    people: Type.Array(
      Type.Object({ id: Id, keep: Type.Array(RoleName, { maxItems: 8 }) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 500 },
    ),
  },
  { additionalProperties: false },
);

export const ReviewedAnswer = Type.Object({ kept: Type.Integer(), taken: Type.Integer() });
export const TeamAnswer = Type.Object({ id: Id, name: Type.String() });

/** The demo shop alone, on this machine. */
export const DemoStaffAnswer = Type.Object({
  people: Type.Immutable(
    Type.Array(
      Type.Object({
        name: Type.String(),
        email: Type.String(),
        password: Type.String(),
        role: RoleName,
        /** Opens now, once. */
        code: Type.String(),
      }),
    ),
  ),
});

export const KeyList = Type.Object({
  keys: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        kind: Type.Union([Type.Literal('server'), Type.Literal('browser'), Type.Literal('api')]),
        role: Type.Union([RoleName, Type.Null()]),
        label: Type.String(),
        createdAt: Time,
        lastUsedAt: Type.Union([Time, Type.Null()]),
        until: Type.Union([Time, Type.Null()]),
        revokedAt: Type.Union([Time, Type.Null()]),
      }),
    ),
  ),
});
export const NewKeyBody = Type.Object(
  {
    kind: Type.Union([Type.Literal('server'), Type.Literal('browser'), Type.Literal('api')]),
    role: Type.Optional(RoleName),
    label: Type.String({ minLength: 1, maxLength: 100 }),
    until: Type.Optional(Time),
  },
  { additionalProperties: false },
);
/** The secret is shown once. */
export const NewKeyAnswer = Type.Object({ id: Id, key: Type.String() });
/** The old secret works on for as long, so that a shop can change it without a gap. */
export const RotateKeyBody = Type.Object(
  { overlapHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 720 })) },
  { additionalProperties: false },
);
