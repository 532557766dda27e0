/**
 * A typical client in TypeScript: types generated from the contract, calls by openapi-fetch. It
 * compiles only if the contract has everything that it uses, and lacks what the lines below
 * @ts-expect-error use. sdk.test.mjs runs it against the service.
 */
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/sdk/openapi.js';

type Umkm = components['schemas']['Umkm'];
type UmkmNew = components['schemas']['UmkmNew'];
type VillageFilter = paths['/v1/villages']['get']['parameters']['query'];
type Violation = components['schemas']['Violation'];

// @ts-expect-error: the key of a village is its code, a text
export const wrongType: UmkmNew = { name: 'Kopi', village_code: 3505172009 };
// @ts-expect-error: a new record needs a name
export const missing: UmkmNew = { village_code: '35.05.17.2009' };
// @ts-expect-error: a client cannot set the verifier of a record
export const readOnly: UmkmNew = { name: 'Kopi', village_code: '35.05.17.2009', verified_by: null };
// @ts-expect-error: there is no such filter
export const misspelt: VillageFilter = { districtcode: ['35.05.17'] };

export interface Tour {
	villages: string[];
	total: number | null;
	created: Umkm;
	location: string | null;
	renamed: Umkm;
	refused: { status: number; code: string; violations: Violation[] };
	stale: string;
	found: string[];
	deleted: number;
}

export async function tour(base: string, username: string, password: string): Promise<Tour> {
	// If a reply also exists as a file or a page, this client takes JSON.
	const api = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: base, headers: { 'Accept-Language': 'en' } });

	const villages: string[] = [];
	let total: number | null = null;
	for (let cursor: string | undefined; ;) {
		const { data, error } = await api.GET('/v1/villages', {
			params: { query: { district_code: ['35.05.17'], sort: 'name', limit: 5, count: 'exact', ...(cursor && { cursor }) } },
			querySerializer: { array: { style: 'form', explode: false } },
		});
		if (error) throw new Error(error.title);
		villages.push(...data.data.map(village => village.name));
		total = data.page.total;
		if (data.page.next_cursor === null) break;
		cursor = data.page.next_cursor;
	}

	const login = await api.POST('/oauth/token', {
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: { grant_type: 'password', username, password },
		bodySerializer: form => new URLSearchParams(form as Record<string, string>),
	});
	if (login.error) throw new Error('error' in login.error ? login.error.error : login.error.code);
	const headers = { Authorization: `Bearer ${login.data.access_token}` };

	const bad = await api.POST('/v1/umkm', {
		headers,
		body: { name: '', village_code: '35.05.17.2009', nib: '12' },
	});
	if (!bad.error) throw new Error('an empty name and a NIB of two digits were accepted');

	const made = await api.POST('/v1/umkm', {
		headers,
		params: { header: { 'Idempotency-Key': globalThis.crypto.randomUUID() } },
		body: { name: 'Kopi Lereng (contoh)', village_code: '35.05.17.2009' },
	});
	if (made.error) throw new Error(`${made.error.code} ${JSON.stringify(made.error.violations)}`);
	const { id } = made.data;

	const change = (etag: string, name: string) => api.PATCH('/v1/umkm/{id}', {
		headers,
		params: { path: { id }, header: { 'If-Match': etag } },
		body: { name },
	});
	const etag = made.response.headers.get('ETag') ?? '';
	const renamed = await change(etag, 'Kopi Lereng Kelud (contoh)');
	if (renamed.error) throw new Error(renamed.error.code);
	const stale = await change(etag, 'Kopi (contoh)');
	if (!stale.error) throw new Error('a stale change was accepted');

	const found = await api.GET('/v1/umkm', {
		headers,
		params: { query: { q: 'lereng', village_code: ['35.05.17.2009'] } },
		querySerializer: { array: { style: 'form', explode: false } },
	});
	if (found.error) throw new Error(found.error.code);

	const gone = await api.DELETE('/v1/umkm/{id}', {
		headers,
		params: { path: { id }, header: { 'If-Match': renamed.response.headers.get('ETag') ?? '' } },
	});

	return {
		villages,
		total,
		created: made.data,
		location: made.response.headers.get('Location'),
		renamed: renamed.data,
		refused: { status: bad.response.status, code: bad.error.code, violations: bad.error.violations ?? [] },
		stale: stale.error.code,
		found: found.data.data.map(each => each.id),
		deleted: gone.response.status,
	};
}
