import { describe, expect, test } from "vitest";

import { parseSql } from "../../../src/languages/sql/parse.js";
import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { replaySql } from "../../../src/semantics/schema/sql.js";

/** No MySQL runs in a test: what it makes of these migrations is written down by hand, after its manual. */
function replay(...texts: readonly string[]): Schema {
  const scripts = texts.map(parseSql);
  expect(scripts.flatMap(({ faults }) => faults)).toEqual([]);
  return replaySql(
    scripts.map((script, index) => ({ file: `${String(index)}.sql`, script })),
    false,
  );
}

const factsOf = ({ columns, primaryKey, uniques, indexes, foreignKeys }: Table): string[] => [
  ...columns.map(({ name, type, family, isNullable, isGenerated, default: value }) =>
    [name, `${type}/${family}`, !isNullable && "not null", isGenerated && "generated", value !== null && `= ${value}`].filter(Boolean).join(" "),
  ),
  `primary key ${primaryKey?.columns.join() ?? "-"}`,
  ...uniques.map(({ name, columns }) => `unique ${name ?? ""} ${columns.join()}`),
  ...indexes.map(({ name, columns }) => `index ${name ?? ""} ${columns.join()}`),
  ...foreignKeys.map(({ name, columns, table, targets, onDelete }) => `foreign key ${name ?? ""} ${columns.join()} ${table}(${targets.join()}) ${onDelete ?? "-"}`),
];

const factsIn = ({ tables }: Schema): Record<string, string[]> => Object.fromEntries(tables.map((table) => [table.name, factsOf(table)]));

describe("migrations of MySQL", () => {
  test("as Prisma writes them", () => {
    const schema = replay(
      `-- CreateTable
CREATE TABLE \`Customer\` (
    \`id\` INTEGER NOT NULL AUTO_INCREMENT,
    \`email\` VARCHAR(191) NOT NULL,
    \`tier\` ENUM('FREE', 'PAID') NOT NULL DEFAULT 'FREE',
    \`note\` LONGTEXT NULL,
    \`isActive\` BOOLEAN NOT NULL DEFAULT true,
    \`meta\` JSON NULL,
    \`createdAt\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    UNIQUE INDEX \`Customer_email_key\`(\`email\`),
    INDEX \`Customer_tier_createdAt_idx\`(\`tier\`, \`createdAt\`),
    FULLTEXT INDEX \`Customer_note_idx\`(\`note\`),
    PRIMARY KEY (\`id\`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE \`Order\` (
    \`id\` VARCHAR(191) NOT NULL,
    \`total\` DECIMAL(65, 30) NOT NULL,
    \`customerId\` INTEGER NOT NULL,
    \`oldId\` BIGINT UNSIGNED NULL,
    PRIMARY KEY (\`id\`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AddForeignKey
ALTER TABLE \`Order\` ADD CONSTRAINT \`Order_customerId_fkey\` FOREIGN KEY (\`customerId\`) REFERENCES \`Customer\`(\`id\`) ON DELETE RESTRICT ON UPDATE CASCADE;`,
      `-- AlterTable
ALTER TABLE \`Order\` DROP COLUMN \`oldId\`,
    ADD COLUMN \`number\` INTEGER NULL,
    MODIFY \`total\` DECIMAL(12, 2) NULL;

-- AlterTable
ALTER TABLE \`Customer\` MODIFY \`tier\` ENUM('FREE', 'PAID', 'GONE') NOT NULL DEFAULT 'PAID';

-- DropIndex
DROP INDEX \`Customer_tier_createdAt_idx\` ON \`Customer\`;

-- CreateIndex
CREATE UNIQUE INDEX \`Order_number_key\` ON \`Order\`(\`number\`);

-- DropForeignKey
ALTER TABLE \`Order\` DROP FOREIGN KEY \`Order_customerId_fkey\`;

-- AddForeignKey
ALTER TABLE \`Order\` ADD CONSTRAINT \`Order_customerId_fkey\` FOREIGN KEY (\`customerId\`) REFERENCES \`Customer\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE;

-- RenameTable
RENAME TABLE \`Order\` TO \`purchase\`;`,
    );
    expect(schema.dialect).toBe("mysql");
    expect(factsIn(schema)).toEqual({
      Customer: [
        "id integer/integer not null generated",
        "email varchar/text not null",
        "tier enum/enum not null = 'PAID'",
        "note longtext/text",
        "isActive boolean/boolean not null = true",
        "meta json/json",
        "createdAt datetime/time not null = current_timestamp ( 3 )",
        "primary key id",
        "unique Customer_email_key email",
        "index Customer_note_idx note",
      ],
      purchase: [
        "id varchar/text not null",
        "total decimal/decimal",
        "customerId integer/integer not null",
        "number integer/integer",
        "primary key id",
        "unique Order_number_key number",
        "foreign key Order_customerId_fkey customerId Customer(id) cascade",
      ],
    });
  });

  test("as drizzle-kit writes them", () => {
    const schema = replay(
      `CREATE TABLE \`customers\` (
	\`id\` bigint unsigned AUTO_INCREMENT NOT NULL,
	\`email\` varchar(256) NOT NULL,
	\`tier\` enum('free','paid') NOT NULL DEFAULT 'free',
	\`is_active\` tinyint(1) DEFAULT 1,
	\`created_at\` timestamp DEFAULT (now()),
	\`updated_at\` timestamp ON UPDATE CURRENT_TIMESTAMP,
	CONSTRAINT \`customers_id\` PRIMARY KEY(\`id\`),
	CONSTRAINT \`customers_email_unique\` UNIQUE(\`email\`)
);
--> statement-breakpoint
CREATE TABLE \`orders\` (
	\`id\` serial AUTO_INCREMENT NOT NULL,
	\`customer_id\` bigint unsigned NOT NULL,
	\`line\` int NOT NULL,
	\`price\` double,
	CONSTRAINT \`orders_customer_id_line_pk\` PRIMARY KEY(\`customer_id\`,\`line\`)
);
--> statement-breakpoint
ALTER TABLE \`orders\` ADD CONSTRAINT \`orders_customer_id_customers_id_fk\` FOREIGN KEY (\`customer_id\`) REFERENCES \`customers\`(\`id\`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX \`line_idx\` ON \`orders\` (\`line\`);`,
      `ALTER TABLE \`customers\` DROP INDEX \`customers_email_unique\`;--> statement-breakpoint
ALTER TABLE \`orders\` MODIFY COLUMN \`price\` decimal(10,2) NOT NULL;--> statement-breakpoint
ALTER TABLE \`orders\` RENAME COLUMN \`line\` TO \`position\`;--> statement-breakpoint
ALTER TABLE \`customers\` ADD \`team_id\` varchar(36);--> statement-breakpoint
ALTER TABLE \`customers\` ADD CONSTRAINT \`one_email\` UNIQUE(\`email\`,\`team_id\`);--> statement-breakpoint
DROP INDEX \`line_idx\` ON \`orders\`;`,
    );
    expect(factsIn(schema)).toEqual({
      customers: [
        "id bigint unsigned/integer not null generated",
        "email varchar/text not null",
        "tier enum/enum not null = 'free'",
        "is_active tinyint/boolean = 1",
        "created_at timestamp/time = ( now ( ) )",
        "updated_at timestamp/time",
        "team_id varchar/text",
        "primary key id",
        "unique one_email email,team_id",
      ],
      orders: [
        "id serial/integer not null generated",
        "customer_id bigint unsigned/integer not null",
        "position int/integer not null",
        "price decimal/decimal not null",
        "primary key customer_id,position",
        "foreign key orders_customer_id_customers_id_fk customer_id customers(id) cascade",
      ],
    });
  });

  test("as Knex writes them", () => {
    const schema = replay(
      "create table `customers` (`id` int unsigned not null auto_increment primary key, `email` varchar(255) not null, `credit` decimal(10, 2) not null default '0', `created_at` timestamp not null default CURRENT_TIMESTAMP) default character set utf8mb4 engine = InnoDB;\nalter table `customers` add unique `customers_email_unique`(`email`);",
      "create table `orders` (`id` char(36) not null, `customer_id` int unsigned not null, `meta` json) comment = 'what is bought';\nalter table `orders` add primary key (`id`);\nalter table `orders` add constraint `orders_customer_id_foreign` foreign key (`customer_id`) references `customers` (`id`) on delete CASCADE;\nalter table `orders` add index `orders_customer_id_index`(`customer_id`);\nalter table `orders` change `meta` `details` json not null;\nalter table `orders` drop foreign key `orders_customer_id_foreign`;",
    );
    expect(factsIn(schema)).toEqual({
      customers: ["id int unsigned/integer not null generated", "email varchar/text not null", "credit decimal/decimal not null = '0'", "created_at timestamp/time not null = current_timestamp", "primary key id", "unique customers_email_unique email"],
      orders: ["id char/text not null", "customer_id int unsigned/integer not null", "details json/json not null", "primary key id", "index orders_customer_id_index customer_id"],
    });
  });

  test("as a dump has them", () => {
    const schema = replay(`/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS \`users\`;
CREATE TABLE \`users\` (
  \`id\` int(11) NOT NULL AUTO_INCREMENT,
  \`name\` varchar(50) CHARACTER SET utf8 COLLATE utf8_bin NOT NULL DEFAULT '' COMMENT 'it''s a name; really',
  \`updated\` datetime DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (\`id\`) USING BTREE,
  UNIQUE KEY \`name\` (\`name\`(20)),
  KEY \`updated\` (\`updated\` DESC)
) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4;
LOCK TABLES \`users\` WRITE;
INSERT INTO \`users\` VALUES (1,'O\\'Hara; x',NULL);
UNLOCK TABLES;`);
    expect(factsIn(schema)).toEqual({
      users: ["id int/integer not null generated", "name varchar/text not null = ''", "updated datetime/time = null", "primary key id", "unique name ", "index updated updated"],
    });
  });
});
