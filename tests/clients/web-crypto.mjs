/** Node 18 has the Web Crypto API without the globals by which browsers and later versions know it. */
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
globalThis.CryptoKey ??= webcrypto.CryptoKey;
