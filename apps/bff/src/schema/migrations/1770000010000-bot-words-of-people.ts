import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const tables = ['bot_callbacks', 'bot_jobs']

/** Finds a person's messages to a bot, and its replies, when the person is erased. */
export class BotWordsOfPeople1770000010000 implements MigrationInterface {
  name = 'BotWordsOfPeople1770000010000'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) {
      const person = { name: 'person', type: 'varchar', length: '43', isNullable: true }
      await runner.addColumn(table, new TableColumn(person))
      const index = { name: `ix_${table}_person`, columnNames: ['person'] }
      await runner.createIndex(table, new TableIndex(index))
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) {
      await runner.dropIndex(table, `ix_${table}_person`)
      await runner.dropColumn(table, 'person')
    }
  }
}
