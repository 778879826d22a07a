/** What a bundle leaves where it is: native, with files beside it, loaded by a worker thread, or optional and not installed. */
export const OUTSIDE = [
  ...['reflect-metadata', 'sqlite3', 'better-sqlite3', 'pg', 'pg-native', 'pg-query-stream'],
  ...['pino', 'pino-pretty', 'thread-stream', 'swagger-ui-dist', 'class-transformer'],
  ...['class-validator', '@fastify/multipart', '@fastify/view', '@nestjs/platform-express'],
  ...['@nestjs/platform-socket.io', '@nestjs/websockets', '@nestjs/microservices', 'mysql'],
  ...['mysql2', 'oracledb', 'mssql', 'mongodb', 'redis', 'ioredis', 'sql.js', 'hdb-pool'],
  ...['@sap/hana-client', '@google-cloud/spanner', 'typeorm-aurora-data-api-driver'],
  ...['react-native-sqlite-storage', 'expo-sqlite', 'nativescript-sqlite'],
].flatMap((library) => [library, `${library}/*`])
