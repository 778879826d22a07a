/** What an operation does, and what a caller must know besides. */
type Words = readonly [summary: string, description: string]

/** Of every operation of the document, by method and path. A test finds one without words, and words without one. */
export const OPERATION_WORDS: Readonly<Record<string, Words>> = {
  'GET /healthz': ['Whether the process is alive', 'It answers 200 as long as the process runs.'],
  'GET /readyz': [
    'Whether the service is ready',
    'It answers 200 while the database answers and all migrations are done.',
  ],
  'POST /v1/sessions': [
    'Log a person in',
    'Takes the code of `wx.login` or `wx.qy.login`. The token goes into `Authorization: Bearer`.',
  ],
  'GET /v1/sessions/current': [
    'The caller’s session',
    'Says whose session it is, in which app, and until when.',
  ],
  'DELETE /v1/sessions/current': ['Log out', 'The session ends at once, in every process.'],
  'GET /v1/me': [
    'Who the caller is to others',
    'Has the name, where it comes from, and the code of the watermark.',
  ],
  'PATCH /v1/me': [
    'Change the caller’s name',
    'Only in apps where people name themselves. Null removes the name.',
  ],
  'PUT /v1/me': [
    'Change the caller’s name',
    'The same as `PATCH`: `wx.request` has no such method.',
  ],
  'DELETE /v1/me': [
    'Erase the caller',
    'Erases all that is held about the caller, and ends every session. It cannot be undone.',
  ],
  'GET /v1/me/export': [
    'A copy of all that is held about the caller',
    'Has the words of the caller’s own cards. At most ten copies an hour.',
  ],
  'GET /v1/me/notices': ['Which notices the caller gets', 'By kind of event.'],
  'PUT /v1/me/notices': ['Choose notices', 'The choice counts from the next event on.'],
  'POST /v1/cards': [
    'Write a card',
    'A repeat with the same `Idempotency-Key` answers the same card. Title and body are sealed at rest.',
  ],
  'GET /v1/cards': [
    'The caller’s cards',
    '`box=sent`: written by the caller. `box=received`: opened by the caller, never with a body. Newest first.',
  ],
  'GET /v1/cards/{cardId}': [
    'One card of the caller’s',
    'With its words, its policy and the counts of its openings.',
  ],
  'PATCH /v1/cards/{cardId}': [
    'Change a card',
    'Words only until the first granted opening. The policy at any time, for openings from then on.',
  ],
  'PUT /v1/cards/{cardId}': [
    'Change a card',
    'The same as `PATCH`: `wx.request` has no such method.',
  ],
  'DELETE /v1/cards/{cardId}': [
    'Delete a card',
    'The card is revoked, and its words are erased now.',
  ],
  'POST /v1/cards/{cardId}/revoke': [
    'Revoke a card',
    'From the answer on it opens for nobody. A repeat answers the same.',
  ],
  'POST /v1/cards/{cardId}/shares': [
    'Share a card',
    'Declares the share to the platform. The same sharer, card and label get the same share while it has a day left.',
  ],
  'GET /v1/cards/{cardId}/openings': [
    'Who read a card',
    'One line for each reader, by first opening, newest first.',
  ],
  'GET /v1/cards/{cardId}/refusals': [
    'Who was refused a card',
    'Proven recipients who came too late, or once too often.',
  ],
  'GET /v1/cards/{cardId}/requests': [
    'Who asked for access to a card',
    'What the owner has not dismissed, newest first.',
  ],
  'POST /v1/cards/{cardId}/subscriptions': [
    'Ask for one message about a card',
    'After the person accepted a subscription message of WeChat: one message for one acceptance.',
  ],
  'GET /v1/policy': [
    'What the company allows the caller',
    'A client shows it before a card is written.',
  ],
  'POST /v1/shares/{shareId}/openings': [
    'Open a card',
    'Proves by the platform’s proof that the caller received the card. Every refusal before that is the same answer. `peek: true` shows no words and counts nothing. The owner gets the card’s id.',
  ],
  'GET /v1/openings/{openingId}': [
    'Whether an opening still holds',
    'For a page that shows again. Nothing is counted.',
  ],
  'POST /v1/openings/{openingId}/acknowledgement': [
    'Confirm having read a card',
    'By its opener. A repeat changes nothing.',
  ],
  'POST /v1/shares/{shareId}/requests': [
    'Ask for access',
    'The answer is the same for whatever share. At most three within 24 hours.',
  ],
  'POST /v1/requests/{requestId}/dismissal': [
    'Dismiss a request for access',
    'By the card’s owner. Nobody is told.',
  ],
  'POST /v1/server/sessions': [
    'Hand a login over',
    'Your back-end exchanged the code. For apps with `"login": "server"`. The key that was current opens proofs for five minutes more.',
  ],
  'POST /v1/server/cards': [
    'Make a card for a person',
    'With a body, or a reference to something of yours, or both. `Idempotency-Key` counts for the whole app.',
  ],
  'GET /v1/server/cards/{cardId}': ['A card of the app', 'As its owner reads it.'],
  'PATCH /v1/server/cards/{cardId}': [
    'Change a card of the app',
    'Words, reference and data only until the first granted opening. The policy at any time.',
  ],
  'DELETE /v1/server/cards/{cardId}': [
    'Delete a card of the app',
    'The card is revoked, and its words and data are erased now.',
  ],
  'POST /v1/server/cards/{cardId}/revoke': [
    'Revoke a card of the app',
    'From the answer on it opens for nobody. A repeat answers the same.',
  ],
  'POST /v1/server/cards/{cardId}/shares': [
    'Share a card of the app',
    'In the place of its owner, who sends it.',
  ],
  'GET /v1/server/cards/{cardId}/openings': [
    'Who read a card of the app',
    'As its owner reads it, and with the openid or userid of each reader.',
  ],
  'GET /v1/server/openings/{openingId}': [
    'A granted opening',
    'What its receipt says, and the openid or userid. Any other opening is not found.',
  ],
  'GET /.well-known/jwks.json': [
    'The public keys of receipts',
    'Any JWT library verifies a receipt by them. They may be kept for five minutes.',
  ],
  'GET /v1/h5/doctor/{runId}': [
    'Whether the doctor waits for a sample',
    'Of the command `sealcard doctor h5`.',
  ],
  'POST /v1/h5/doctor/{runId}/samples': [
    'Give the doctor a sample',
    'A proof that shows how WeCom derives the key of web pages.',
  ],
  'GET /h5/login': [
    'Begin the login of a web page',
    'Leads to WeCom’s page. The login is bound to the browser’s cookie.',
  ],
  'GET /h5/callback': [
    'End the login of a web page',
    'WeCom leads here. The answer sets the session’s cookie and leads to the page.',
  ],
  'POST /v1/h5/signatures': [
    'Sign a web page',
    'For `ww.register`: signatures of the page’s address for the app and the corp.',
  ],
  'GET /h5': ['The web page', 'The same bytes for everybody.'],
  'GET /h5/o': ['The web page of a share', 'The same bytes for every share.'],
  'GET /h5/{name}': ['A file of the web page', 'Of the built page.'],
  'GET /h5/assets/{name}': [
    'A file of the web page',
    'Its name has a hash of its content. It may be kept for a year.',
  ],
  'GET /console': ['The administrators’ console', 'Styles count by a nonce of the answer.'],
  'GET /console/{screen}': ['A screen of the console', 'The document of the console.'],
  'GET /console/{screen}/{id}': ['A page of a screen', 'The document of the console.'],
  'GET /console/assets/{name}': [
    'A file of the console',
    'Its name has a hash of its content. It may be kept for a year.',
  ],
  'GET /help': ['The documentation', 'Leads to its first page.'],
  'GET /help/{path}': ['A page or file of the documentation', 'Of the built site.'],
  'GET /WW_verify_{rest}': [
    'The proof of the domain',
    'The configured content, which WeCom asks for.',
  ],
  'GET /v1/bots/{botId}/callback': [
    'Verify a bot’s address',
    'WeCom calls it. The answer is the plaintext of `echostr`. Anything not authentic gets 403 and no body.',
  ],
  'POST /v1/bots/{botId}/callback': [
    'A message to a bot',
    'WeCom calls it. The answer is an encrypted reply, or empty. Anything not authentic gets 403 and no body.',
  ],
  'POST /v1/admin/session': [
    'Log an administrator in',
    'With name, password and the six digits. Sets the cookie. Every failure is the same answer.',
  ],
  'GET /v1/admin/session': ['Which administrator calls', 'A login gets its CSRF token again.'],
  'DELETE /v1/admin/session': ['Log the administrator out', 'The login ends at once.'],
  'POST /v1/admin/session/password': [
    'Change the own password',
    'Every login of the account ends.',
  ],
  'POST /v1/admin/session/totp': ['Begin a second factor', 'Shows the secret, once.'],
  'POST /v1/admin/session/totp/confirmation': [
    'Confirm the second factor',
    'It counts when a code of it has come back.',
  ],
  'POST /v1/admin/setup': ['Set a first password', 'With a one-time token, once.'],
  'GET /v1/admin/accounts': ['The accounts of administrators', 'All of them, by name.'],
  'POST /v1/admin/accounts': [
    'Invite an administrator',
    'The answer has a one-time token for the account’s holder. Automation tokens may not.',
  ],
  'GET /v1/admin/accounts/{id}/sessions': [
    'Logins of an administrator',
    'Those that are live, the latest first.',
  ],
  'POST /v1/admin/accounts/{id}/sessions/end': [
    'End all logins of an administrator',
    'They end at once. The account stays as it is.',
  ],
  'POST /v1/admin/accounts/{id}/disable': [
    'Disable an account',
    'Its logins, the tokens that it made and its unused invitations end with it.',
  ],
  'POST /v1/admin/accounts/{id}/enable': [
    'Enable an account',
    'Nothing that ended comes back. Automation tokens may not.',
  ],
  'POST /v1/admin/accounts/{id}/reset': [
    'Reset an account',
    'Password and second factor are void. The answer has a one-time token. Automation tokens may not.',
  ],
  'POST /v1/admin/accounts/{id}/role': [
    'Give an account another role',
    'Its logins end. Automation tokens may not.',
  ],
  'GET /v1/admin/tokens': [
    'The automation tokens',
    'Newest first. The tokens themselves are shown nowhere.',
  ],
  'POST /v1/admin/tokens': [
    'Make an automation token',
    'The answer shows it, this once. Automation tokens may not.',
  ],
  'POST /v1/admin/tokens/{id}/revoke': ['Revoke an automation token', 'It ends at once.'],
  'GET /v1/admin/apps': ['The apps', 'Without secrets.'],
  'GET /v1/admin/health': [
    'How the platforms do',
    'Of each app: age of the access token, circuit breaker, last error, last callback.',
  ],
  'POST /v1/admin/doctor': [
    'Ask the doctor',
    'What `sealcard doctor` finds on the machine that answers. It asks the platforms. `Accept: application/x-ndjson` gets progress.',
  ],
  'GET /v1/admin/roles': ['What each role may do', 'The permissions of each role.'],
  'GET /v1/admin/system': [
    'How the service does',
    'Keyring, retention, requests that wait, and the last rewrap and verification of the audit.',
  ],
  'GET /v1/admin/stats': [
    'Figures by day',
    'Cards made, revoked and expired; openings by outcome and reason; readers. Days begin at midnight in China.',
  ],
  'GET /v1/admin/overview': [
    'The figures of the first page',
    'Openings of today and of yesterday, cards that expire within 7 days, and how many platforms are well.',
  ],
  'GET /v1/admin/activity': [
    'What happened lately',
    'Newest first, with whom and what each line is about. The audit has the rest.',
  ],
  'GET /v1/admin/cards/{cardId}/timeline': [
    'What became of a card',
    'The latest events, newest first: written, shared, opened, confirmed, refused, asked for, revoked.',
  ],
  'GET /v1/admin/cards': [
    'Cards of everybody',
    'Newest first, never with a body. `q` is an id or a part of a title. A page may be short, or empty, while `nextCursor` says that there is more.',
  ],
  'GET /v1/admin/cards/export': [
    'The list of cards as a file',
    'Without titles. `after` continues a file that was cut off.',
  ],
  'GET /v1/admin/cards/{cardId}': [
    'One card',
    'With its policy, counts and shares. Never with its body.',
  ],
  'GET /v1/admin/cards/{cardId}/roster': [
    'Who read a card',
    'As its owner sees it: one line for each reader.',
  ],
  'POST /v1/admin/cards/{cardId}/revoke': [
    'Revoke a card',
    'From the answer on it opens for nobody. The audit keeps the reason.',
  ],
  'GET /v1/admin/openings': [
    'Every decision on an opening',
    'Newest first, with the reason of a refusal.',
  ],
  'GET /v1/admin/openings/export': [
    'The list of openings as a file',
    '`after` continues a file that was cut off.',
  ],
  'GET /v1/admin/sessions': ['Sessions of members', 'Newest first. Never a token.'],
  'POST /v1/admin/sessions/revoke': [
    'End all sessions of a person',
    'It counts for the next request, in every process.',
  ],
  'GET /v1/admin/audit': ['The audit', 'Entries of all chains, newest first.'],
  'GET /v1/admin/audit/chains': [
    'The chains of the audit',
    'The latest first, with their heads and latest checkpoints. Note one outside, and give it to `audit/verify` later.',
  ],
  'GET /v1/admin/audit/export': [
    'The audit as a file',
    'Always whole. `docs/audit-verify.mjs` checks it elsewhere.',
  ],
  'POST /v1/admin/audit/verify': [
    'Verify the audit',
    '`expect` holds places that were noted outside.',
  ],
  'GET /v1/admin/viewers': [
    'People',
    'Newest first. `q` is a part of a name, a code, an id, or a whole openid or userid. A page may be short while `nextCursor` says that there is more.',
  ],
  'GET /v1/admin/viewers/{viewerId}': [
    'Who a person is',
    'The only answer with an openid or userid. The audit records who reads it.',
  ],
  'GET /v1/admin/viewers/{viewerId}/export': [
    'All that is held about a person',
    'Words of cards are `(held sealed)`. The audit records who reads it.',
  ],
  'POST /v1/admin/viewers/{viewerId}/revoke-cards': [
    'Revoke all cards of a person',
    'In bounded transactions. Expired cards, too.',
  ],
  'POST /v1/admin/viewers/{viewerId}/block': [
    'Block a person',
    'Sessions end, and no login and no opening succeeds from the answer on, in every process.',
  ],
  'POST /v1/admin/viewers/{viewerId}/unblock': [
    'Let a blocked person in again',
    'Sessions that ended stay ended.',
  ],
  'POST /v1/admin/viewers/{viewerId}/offboard': [
    'Offboard a person',
    'Ends sessions, and does what is chosen. With `dryRun` it answers the counts, and nothing happens. `erase` needs the permission `manage`.',
  ],
  'POST /v1/admin/viewers/{viewerId}/erase': [
    'Erase a person',
    'Immediate and whole. It cannot be undone.',
  ],
  'GET /v1/admin/watermarks': [
    'Whose code a photographed screen shows',
    'And what that person opened within a minute of the time that it shows.',
  ],
  'GET /v1/admin/webhooks': [
    'Webhooks of all apps',
    'What waits, what arrived last, what failed and why, and the next try. Without secrets.',
  ],
  'POST /v1/admin/webhooks/{webhookId}/test': [
    'Test a webhook',
    'Sends a signed `webhook.test` now. Answers the status and the time, never the body.',
  ],
  'GET /v1/admin/requests': ['Who asked for access', 'Newest first, without their words.'],
  'POST /v1/admin/keys/rewrap': [
    'Move sealed values to the primary key',
    'The service runs on meanwhile. `Accept: application/x-ndjson` gets progress.',
  ],
  'GET /v1/admin/policy': ['The company’s policy', 'What holds for new cards.'],
  'GET /v1/admin/policy/makers': [
    'Who may make cards where the policy lists them',
    'As lists show people.',
  ],
  'GET /v1/admin/policy/versions': [
    'What the policy was before',
    'The latest first: who set it, when and why. Of the people that a version listed only the number is kept.',
  ],
  'PUT /v1/admin/policy': [
    'Set the company’s policy',
    'The whole policy, with the version that it was made from.',
  ],
}
