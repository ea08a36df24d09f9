import { readFile } from "node:fs/promises";
import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  ssl: { rejectUnauthorized: false },
});

export async function salesByDay() {
  const { rows } = await pool.query(
    `select date_trunc('day', "createdAt") as day, sum(total) as total from "Order" where status = 'paid' group by 1 order by 1 desc limit 90`,
  );
  return rows;
}

/** Reads lines of "slug;price". */
export async function importPrices(file: string) {
  const lines = (await readFile(file, "utf8")).split("\n").filter(Boolean);

  const client = await pool.connect();
  await client.query("begin");
  for (const line of lines) {
    const [slug, price] = line.split(";");
    await client.query(`update "Product" set price = $1 where slug = $2`, [Number(price), slug]);
  }
  await client.query("commit");
  client.release();

  return lines.length;
}
