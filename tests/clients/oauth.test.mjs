/** A certified OAuth client and a JOSE library work with the discovery document alone. */
import './web-crypto.mjs';
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import * as oauth from 'openid-client';
import { base, client, user } from './service.mjs';

const insecure = { execute: [oauth.allowInsecureRequests], algorithm: 'oauth2' }; // allow plain HTTP, on loopback only
let app, keys, expected;

before(async () => {
	app = await oauth.discovery(new URL(base), 'admin-spa', undefined, oauth.None(), insecure);
	const { issuer, jwks_uri } = app.serverMetadata();
	keys = createRemoteJWKSet(new URL(jwks_uri));
	expected = { issuer, algorithms: ['ES256'], requiredClaims: ['sub', 'aud', 'iat', 'exp', 'jti', 'role'] };
});

const passwordGrant = ({ username, password }) => oauth.genericGrantRequest(app, 'password', { username, password });

test('discovery names the issuer, endpoints and grants', () => {
	const metadata = app.serverMetadata();
	assert.equal(metadata.issuer, base);
	assert.equal(metadata.token_endpoint, `${base}/oauth/token`);
	assert.equal(metadata.revocation_endpoint, `${base}/oauth/revoke`);
	assert.deepEqual([...metadata.grant_types_supported].sort(), ['client_credentials', 'password', 'refresh_token']);
});

test('a password gives a token that verifies by the published keys', async () => {
	const { villages, role, ...officer } = user('bumdes-balerejo');
	const tokens = await passwordGrant(officer);
	const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, expected);
	assert.equal(payload.role, role);
	assert.deepEqual(payload.villages, villages);
	assert.equal(payload.exp - payload.iat, tokens.expires_in);
	assert.equal(protectedHeader.typ, 'JWT');

	const me = await oauth.fetchProtectedResource(app, tokens.access_token, new URL(`${base}/v1/me`), 'GET');
	assert.equal((await me.json()).username, officer.username);
});

test('a token whose claims were changed does not verify', async () => {
	const { access_token } = await passwordGrant(user('bumdes-jeding'));
	const [header, payload, signature] = access_token.split('.');
	const claims = JSON.parse(Buffer.from(payload, 'base64url'));
	const forged = [header, Buffer.from(JSON.stringify({ ...claims, role: 'dinas' })).toString('base64url'), signature].join('.');
	await assert.rejects(jwtVerify(forged, keys, expected), errors.JWSSignatureVerificationFailed);
	const reply = await fetch(`${base}/v1/me`, { headers: { Authorization: `Bearer ${forged}` } });
	assert.equal(reply.status, 401);
});

// Within ten seconds the first answer may have been lost, so the service takes the same token again.
test('a refresh token may be repeated until the next one is used; then it ends the login', async () => {
	const first = await passwordGrant(user('dinas2'));
	const second = await oauth.refreshTokenGrant(app, first.refresh_token);
	await jwtVerify(second.access_token, keys, expected);
	assert.notEqual(second.refresh_token, first.refresh_token);
	await oauth.refreshTokenGrant(app, first.refresh_token);
	const third = await oauth.refreshTokenGrant(app, second.refresh_token);
	const invalid = error => error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant' && error.status === 400;
	await assert.rejects(oauth.refreshTokenGrant(app, first.refresh_token), invalid);
	await assert.rejects(oauth.refreshTokenGrant(app, third.refresh_token), invalid);
});

test('a revoked refresh token is dead, and revoking it again is no error', async () => {
	const { refresh_token } = await passwordGrant(user('dinas2'));
	await oauth.tokenRevocation(app, refresh_token);
	await oauth.tokenRevocation(app, refresh_token);
	await assert.rejects(oauth.refreshTokenGrant(app, refresh_token), { error: 'invalid_grant' });
});

test('a wrong password is refused in the form of OAuth', async () => {
	await assert.rejects(passwordGrant({ username: 'dinas2', password: 'salah-sama-sekali' }), { error: 'invalid_grant', status: 400 });
});

test('a system gets a token with its scopes, with either way of client authentication', async () => {
	const { client_id, client_secret, scope } = client('reader');
	for (const authentication of [oauth.ClientSecretPost, oauth.ClientSecretBasic]) {
		const system = await oauth.discovery(new URL(base), client_id, client_secret, authentication(client_secret), insecure);
		const tokens = await oauth.clientCredentialsGrant(system);
		const { payload } = await jwtVerify(tokens.access_token, keys, expected);
		assert.equal(payload.role, 'system');
		assert.deepEqual(payload.scope.split(' ').sort(), scope.split(' ').sort());
		assert.equal(tokens.refresh_token, undefined);
	}
});

test('the key of a token is among the published ones, and none of them is secret', async () => {
	const { access_token } = await passwordGrant(user('bupati'));
	const published = (await (await fetch(app.serverMetadata().jwks_uri)).json()).keys;
	assert.ok(published.some(key => key.kid === decodeProtectedHeader(access_token).kid));
	for (const key of published) {
		assert.equal(`${key.kty} ${key.crv} ${key.alg} ${key.use}`, 'EC P-256 ES256 sig');
		assert.equal(key.d, undefined);
	}
});
