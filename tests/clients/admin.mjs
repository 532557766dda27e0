/**
 * An admin SPA on the core of react-admin, in a jsdom document: list, create and edit of one
 * resource. It calls the API like any react-admin page; only the widgets are plain elements.
 */
import './web-crypto.mjs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><div id="root"></div>', { url: 'http://localhost/', pretendToBeVisual: true });
for (const name of ['window', 'document', 'navigator', 'location', 'history', 'localStorage', 'HTMLElement', 'Node', 'Event', 'MutationObserver'])
	Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true, writable: true });
window.scrollTo = () => {};

const { createElement: h } = await import('react');
const { createRoot } = await import('react-dom/client');
const { QueryClient } = await import('@tanstack/react-query');
const ra = await import('ra-core');

const Input = ({ source }) => {
	const { field, fieldState } = ra.useInput({ source });
	return h('p', null, h('input', { ...field, id: source }), h('em', { id: `${source}-error` }, fieldState.error?.message));
};

const FormOf = ({ sources }) => h(ra.Form, null, sources.map(source => h(Input, { key: source, source })), h('button', { id: 'save' }, 'Save'));

const Rows = () => {
	const { data = [], page, setPage, hasNextPage } = ra.useListContext();
	return h('div', null,
		h('ul', { id: 'rows', 'data-page': page }, data.map(row => h('li', { key: row.id, id: row.id }, row.name))),
		h('button', { id: 'next', disabled: !hasNextPage, onClick: () => setPage(page + 1) }, 'Next'));
};

const Village = () => h(ra.ReferenceFieldBase, { source: 'village_code', reference: 'villages' },
	h(ra.WithRecord, { render: village => h('b', { id: 'village' }, village.name) }));

const Delete = () => {
	const record = ra.useRecordContext();
	const { handleDelete } = ra.useDeleteController({ record, mutationMode: 'pessimistic', redirect: false });
	return h('button', { id: 'delete', disabled: !record, onClick: handleDelete }, 'Delete');
};

const Notes = () => h('ol', { id: 'notes' }, ra.useNotificationContext().notifications.map((note, n) => h('li', { key: n }, note.message)));

/**
 * Shows the pages of the resource for a path such as `/umkm/create`. Returns a function that
 * removes them.
 */
export function show(path, dataProvider, resource, sources) {
	const pessimistic = { mutationMode: 'pessimistic', redirect: false }; // the form must show a refusal
	const pages = {
		name: resource,
		list: () => h(ra.ListBase, { perPage: 5, sort: { field: 'name', order: 'ASC' } }, h(Rows)),
		create: () => h(ra.CreateBase, pessimistic, h(FormOf, { sources })),
		edit: () => h(ra.EditBase, pessimistic, h(Village), h(Delete), h(FormOf, { sources })),
	};
	const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: 0, retry: false }, mutations: { gcTime: 0 } } });
	const root = createRoot(document.getElementById('root'));
	const layout = ({ children }) => h('main', null, children, h(Notes));
	root.render(h(ra.TestMemoryRouter, { initialEntries: [path] },
		h(ra.CoreAdmin, { dataProvider, queryClient, layout, disableTelemetry: true }, h(ra.Resource, pages))));
	return () => root.unmount();
}

/** Waits for the element with this id until the condition holds. */
export async function until(id, holds = () => true) {
	for (let left = 200; left; left--) {
		const element = document.getElementById(id);
		if (element && holds(element)) return element;
		await new Promise(resolve => setTimeout(resolve, 25));
	}
	throw new Error(`timed out waiting for #${id}: ${document.body.innerHTML}`);
}

export const click = async id => (await until(id, button => !button.disabled)).click();

export async function type(id, text) {
	const input = await until(id);
	Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, 'value').set.call(input, text); // the native setter, because React overrides it on the element
	input.dispatchEvent(new window.Event('input', { bubbles: true }));
}

/** Closes the document; its timers would keep the process alive. */
export const close = () => window.close();
