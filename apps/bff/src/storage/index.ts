// Not here: data-source, migrate and storage.module import every entity, and entities import this folder.
export * from './column-tags.js'
export * from './epoch.js'
export * from './storage-error.js'
