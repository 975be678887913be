/** What the build puts into the service worker. */
declare const FILES: string[];
declare const VERSION: string;
