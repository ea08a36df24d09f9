import { describe, expect, it } from "vitest";

import { type Orm, orms, type Part } from "../../../src/knowledge/orms.js";
import { type Columns, fateOfQuery, queriesIn, type Query, queryAt } from "../../../src/semantics/queries/queries.js";
import type { Source } from "../../../src/syntax/source.js";
import { makeProject } from "../../support/project.js";
import { find, openText } from "../../support/source.js";

const text = (source: Source, node: { range: readonly [number, number] } | null): string | null => node && source.text.slice(...node.range);

/** `id=userId, team.ownerId in=ids, status?="open" …`: a question mark for what may not hold, dots at the end for what may be missing. */
function columns(source: Source, read: Columns | null): string | null {
  if (!read) return null;
  const keys = read.keys.map(({ name, path, operator, value, always }) => {
    const word = operator === "equals" || operator === "set" ? "" : ` ${operator}`;
    return `${[...path, name].join(".")}${always ? "" : "?"}${word}=${text(source, value)}`;
  });
  return [...keys, ...(read.complete ? [] : ["…"])].join(", ");
}

const prisma = `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();`;
const supabase = `import { createClient } from "@supabase/supabase-js"; const supabase = createClient(url, key);`;
const typeorm = `import { Repository, DataSource, In, MoreThan } from "typeorm"; import { Order } from "./order"; const dataSource = new DataSource({}); declare const orders: Repository<Order>;`;
const drizzle = `import { drizzle } from "drizzle-orm/postgres-js"; import { and, count, eq, gt, or, sql } from "drizzle-orm"; import { users } from "../schema"; const db = drizzle(sqlClient);`;

function queries(before: string, code: string): { source: Source; found: readonly Query[] } {
  const source = openText(`${before} async function run(id, input, tx) { ${code} }`);
  return { source, found: queriesIn(source) };
}

function only(before: string, code: string): { source: Source; query: Query } {
  const { source, found } = queries(before, code);
  expect(found.map(({ node }) => text(source, node))).toHaveLength(1);
  return { source, query: found[0] as Query };
}

const filterOf = (before: string, code: string): string | null => {
  const { source, query } = only(before, code);
  return columns(source, query.filter);
};

const dataOf = (before: string, code: string): string | null => {
  const { source, query } = only(before, code);
  return columns(source, query.data);
};

describe("every entry of the tables proves itself", () => {
  /** What code can be written for a path: `lib.createClient()`, with a callback around where the path goes through one. */
  type Written = (rest: string) => string;

  const step = (before: Written, path: string): Written => {
    const steps = path.match(/<#>\(\)|\(#\)|\(\d*\)|#|[\w$]+/g) ?? [];
    return steps.reduce<Written>((written, name) => {
      if (name === "()" || name === "<#>()") return (rest) => written(`()${rest}`);
      if (name === "(#)") return (rest) => written(`("things")${rest}`);
      if (name === "#") return (rest) => written(`.things${rest}`);
      return /^\(\d+\)$/.test(name) ? (rest) => written(`((part) => part${rest})`) : (rest) => written(`.${name}${rest}`);
    }, before);
  };

  /** A way to write each part of a library. */
  function waysTo(orm: Orm): Map<string, Written> {
    const ways = new Map<string, Written>();
    for (const [name, part] of Object.entries(orm.parts)) {
      const [first] = Object.entries(part.from ?? {});
      const [module, paths] = first ?? [];
      const path = paths?.[0];
      if (module && path) ways.set(name, step((rest) => `import * as lib from "${module.replace("/*", "/driver")}"; await lib${rest};`, path));
    }
    for (let known = -1; known < ways.size; ) {
      known = ways.size;
      for (const [name, way] of [...ways]) for (const [path, to] of Object.entries(orm.parts[name]?.leadsTo ?? {})) if (!ways.has(to)) ways.set(to, step(way, path));
    }
    return ways;
  }

  const runsWith = (orm: Orm, part: Part): string => {
    const told = (part.runs ?? orm.runs) === "when-told";
    const [word] = Object.entries(part.clauses ?? {}).find(([, { runs }]) => runs) ?? [];
    return told && word ? `.${word}()` : "";
  };

  describe.each(orms.map((orm) => [orm.name, orm] as const))("%s", (name, orm) => {
    const ways = waysTo(orm);

    it("cites its pages", () => {
      expect(orm.source.length).toBeGreaterThan(0);
      for (const page of orm.source) expect(page).toMatch(/^https:\/\/[^ ]+$/);
    });

    it("can reach each of its parts that begins a query", () =>
      expect(Object.entries(orm.parts).filter(([part, { operations }]) => operations && !ways.has(part))).toEqual([]));

    for (const [partName, part] of Object.entries(orm.parts)) {
      const way = ways.get(partName) as Written;
      const operations = Object.entries(part.operations ?? {});
      it.each(operations.filter(([, word]) => !word.builds && !word.runs))(`${partName}: %s begins a query`, (word, { kind }) => {
        const end = runsWith(orm, part);
        const found = queriesIn(openText(way(`.${word}("a", "b")${end}`)));
        expect(found.map((query) => query.orm)).toEqual([name]);
        if (end === "") expect(found.map((query) => [query.operation, query.kind])).toEqual([[word, kind]]);
      });
      it.each(operations.filter(([, word]) => word.builds))(`${partName}: %s sends nothing`, (word) => expect(queriesIn(openText(way(`.${word}()`)))).toEqual([]));
      const [first] = operations.find(([, word]) => !word.runs && !word.builds) ?? [];
      it.each(Object.keys(part.clauses ?? {}))(`${partName}: %s goes on`, (word) => {
        const end = part.clauses?.[word]?.runs ? "" : runsWith(orm, part);
        const found = queriesIn(openText(way(`.${first}("a", "b").${word}("c", "d")${end}`)));
        expect(found.map(({ calls }) => calls[1]?.name)).toEqual([word]);
      });
    }
  });
});

describe("which calls are queries", () => {
  it("takes a chain for one query, at its outermost call", () => {
    const { source, found } = queries(supabase, `const { data } = await supabase.from("orders").update({ paid: true }).eq("id", id).select().single();`);
    expect(found.map(({ node }) => text(source, node))).toEqual([`supabase.from("orders").update({ paid: true }).eq("id", id).select().single()`]);
    const inner = find(source, (node) => node.type === "CallExpression" && text(source, node)?.endsWith(`.eq("id", id)`) === true);
    expect(queryAt(inner, source)).toBeNull();
  });

  it("ends a query before what observes its promise", () => {
    const { source, query } = only(prisma, `prisma.user.count().then(log).catch(report);`);
    expect(text(source, query.node)).toBe("prisma.user.count()");
    expect(fateOfQuery(query)).toBe("chained");
  });

  it.each([
    ["somebody else's findMany", `import { prisma } from "./fake";`, `await prisma.user.findMany();`],
    ["a parameter that nothing is known of", "", `await tx.user.findMany();`],
    ["an array method on what came of a query", prisma, `const users = await prisma.user.findMany; users.filter(isOpen); (await rows()).filter(isOpen);`],
    ["a client that is somebody else's", supabase, `await other.from("orders").select();`],
    ["a method of the client that sends no query", prisma, `await prisma.$disconnect(); prisma.$on("query", log);`],
    ["a builder that nobody tells to run", typeorm, `orders.createQueryBuilder("o").where("o.id = :id", { id });`],
    ["an entity that is made and not saved", typeorm, `orders.create({ total: 1 });`],
  ])("leaves alone %s", (_, before, code) => expect(queries(before, code).found).toEqual([]));

  it("does not take what is done with the rows for a part of the query", () => {
    const { source, found } = queries(supabase, `(await supabase.from("orders").select()).data.filter(isOpen);`);
    expect(found.map(({ node }) => text(source, node))).toEqual([`supabase.from("orders").select()`]);
  });

  it("follows the client through the project", () => {
    const project = makeProject({
      "package.json": { dependencies: { "@prisma/client": "6.0.0" } },
      "src/db.ts": `import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();`,
    });
    const source = openText(`import { db } from "./db"; export const list = () => db.order.findMany();`, { filename: project.path("src/orders.ts"), cwd: project.dir });
    expect(queriesIn(source).map(({ model, operation }) => [model, operation])).toEqual([["order", "findMany"]]);
  });

  it.each([
    ["an extended client", `const db = prisma.$extends({});`, `db.user.findMany()`],
    ["a read replica", "", `prisma.$replica().user.findMany()`],
    ["a delegate in a variable", `const users = prisma.user;`, `users.findMany()`],
    ["a delegate that is given by its type", `function list(users: PrismaClient["user"]) { users.findMany(); }`, ""],
    ["a delegate in an object of the project's own type", `function list(db: { user: Pick<PrismaClient["user"], "findMany"> }) { db.user.findMany(); }`, ""],
    ["a service that extends the client", `class Db extends PrismaClient {} class Users { constructor(private db: Db) {} all() { return this.db.user.findMany(); } }`, ""],
    ["a member in brackets", "", `prisma["user"].findMany()`],
  ])("knows the table behind %s", (_, more, code) => expect(only(prisma + more, code).query.model).toBe("user"));
});

describe("Prisma", () => {
  it.each([
    ["plain columns", `{ id, email: "a@b.c" }`, `id=id, email="a@b.c"`],
    ["comparisons", `{ id: { in: ids }, at: { gte: from, lt: to }, name: { equals: n } }`, `id in=ids, at gte=from, at lt=to, name=n`],
    ["AND", `{ AND: [{ a }, { b }], c }`, `a=a, b=b, c=c`],
    ["OR", `{ OR: [{ a }, { b }], c }`, `a?=a, b?=b, c=c`],
    ["an OR of one", `{ OR: [{ a }] }`, `a=a`],
    ["NOT", `{ NOT: { a } }`, `a?=a`],
    ["relations", `{ team: { members: { some: { userId } } }, owner: { is: { id } }, logs: { none: { bad } } }`, `team.members.userId=userId, owner.id=id, logs.bad?=bad`],
    ["a compound key", `{ userId_teamId: { userId, teamId } }`, `userId_teamId.userId=userId, userId_teamId.teamId=teamId`],
    ["what is put in under a condition", `{ a, ...(x && { b }), ...(y ? { c } : {}) }`, `a=a, b?=b, c?=c`],
    ["a spread that cannot be seen through", `{ a, ...rest }`, `a=a, …`],
    ["a spread that can", `{ a, ...base }`, `a=a, teamId=team`],
    ["what comes later and wins", `{ ...base, teamId: mine }`, `teamId=mine`],
    ["what is taken away again", `{ ...base, teamId: undefined, a }`, `a=a`],
    ["a key that is computed", `{ [key]: 1 }`, `…`],
    ["a value that depends", `{ a: x ? { in: list } : undefined }`, `a unknown=x ? { in: list } : undefined`],
    ["a list of conditions that is built", `{ AND: conditions }`, `…`],
  ])("reads %s", (_, where, expected) => expect(filterOf(`${prisma} const base = { teamId: team };`, `await prisma.order.findMany({ where: ${where} });`)).toBe(expected));

  it.each([
    ["no options", `findMany()`, null],
    ["options without a filter", `findMany({ take: 3 })`, null],
    ["an empty filter", `deleteMany({ where: {} })`, ``],
    ["options from elsewhere", `findMany(options)`, `…`],
    ["options that may bring a filter", `findMany({ ...options, take: 3 })`, `…`],
    ["a filter from elsewhere", `findMany({ where: input.where })`, `…`],
  ])("knows %s", (_, call, expected) => expect(filterOf(prisma, `await prisma.order.${call};`)).toBe(expected));

  it("does not trust an object that is added to", () => {
    expect(filterOf(prisma, `const where = { teamId }; where.ownerId = id; await prisma.order.findMany({ where });`)).toBe("teamId=teamId, …");
    expect(filterOf(prisma, `const where = { teamId }; await prisma.order.findMany({ where });`)).toBe("teamId=teamId");
  });

  it.each([
    ["one row", `create({ data: { name, team: { connect: { id } } } })`, `name=name, team={ connect: { id } }`],
    ["several rows", `createMany({ data: [{ a: 1 }, { a: 2 }] })`, `a=1, a=2`],
    ["mapped rows", `createMany({ data: items.map((item) => ({ name: item.name })) })`, `name=item.name`],
    ["both sides of an upsert", `upsert({ where: { id }, create: { a: 1 }, update: { b: 2 } })`, `a=1, b=2`],
    ["data from elsewhere", `create({ data: input })`, `…`],
    ["no data", `delete({ where: { id } })`, null],
  ])("reads the data of %s", (_, call, expected) => expect(dataOf(prisma, `await prisma.order.${call};`)).toBe(expected));

  it.each([
    ["findMany()", "missing"],
    ["findMany({ take: 20 })", "found"],
    ["findMany(options)", "unknown"],
    ["findUnique({ where: { id } })", "found"],
  ])("knows the limit of %s", (call, limit) => expect(only(prisma, `await prisma.order.${call};`).query.limit).toBe(limit));

  it.each([
    ["await prisma.order.findMany({ take: 1 });", "read-one", "read"],
    ["await prisma.$queryRaw`SELECT 1`;", "raw", "read"],
    ["await prisma.$queryRaw(Prisma.sql`update orders set a = 1`);", "raw", "write"],
    ["await prisma.$queryRawUnsafe(text);", "raw", "unknown"],
    ["await prisma.$executeRaw`refresh`;", "raw", "write"],
    ["await prisma.order.groupBy({ by: ['a'] });", "aggregate", "read"],
  ])("tells what %s does", (code, kind, effect) => {
    const { query } = only(prisma, code);
    expect([query.kind, query.effect]).toEqual([kind, effect]);
  });

  it("sends nothing until it is awaited", () => {
    const { query } = only(prisma, `prisma.order.update({ where: { id }, data: { a: 1 } });`);
    expect([query.runs, query.lazy, query.failure, fateOfQuery(query)]).toEqual(["when-awaited", true, "rejects", "dropped"]);
  });
});

describe("Supabase", () => {
  it.each([
    ["pairs", `.eq("id", id).neq("status", "gone")`, `id=id, status neq="gone"`],
    ["a column of another table", `.eq("team.owner_id", id)`, `team.owner_id=id`],
    ["an object", `.match({ a: 1, b })`, `a=1, b=b`],
    ["filter and not", `.filter("a", "eq", 1).filter("b", "gt", 2).not("c", "is", null)`, `a=1, b gt=2, c not=null`],
    ["text", `.or("a.eq.1,b.eq.2")`, `…`],
    ["a column that is not written out", `.eq(column, id)`, `…`],
    ["none", `.order("id")`, null],
  ])("reads %s", (_, chain, expected) => expect(filterOf(supabase, `await supabase.from("orders").select()${chain};`)).toBe(expected));

  it("reads what other statements add", () => {
    const code = `let query = supabase.from("orders").select().eq("a", 1); query = query.eq("b", 2); if (input) query = query.eq("c", 3); const { data } = await query.limit(5);`;
    const { source, query } = only(supabase, code);
    expect(columns(source, query.filter)).toBe("a=1, b=2, c?=3, …");
    expect([query.limit, fateOfQuery(query)]).toEqual(["found", "stored"]);
  });

  it("does not claim to know all where a query is given away", () => {
    expect(filterOf(supabase, `const query = supabase.from("orders").select().eq("a", 1); await paged(query);`)).toBe("a=1, …");
  });

  it.each([
    [`supabase.from("orders").select().single()`, "orders", "read-one", "read"],
    [`supabase.from("orders").select().limit(1)`, "orders", "read-one", "read"],
    [`supabase.from("orders").select("*", { count: "exact", head: true })`, "orders", "count", "read"],
    [`supabase.schema("app").from("orders").insert({ a: 1 }).select().single()`, "orders", "create", "write"],
    [`supabase.from("orders").delete().eq("id", id)`, "orders", "delete-many", "write"],
    [`supabase.rpc("pay", { id })`, null, "other", "unknown"],
    [`supabase.auth.getUser()`, null, "other", "read"],
    [`supabase.auth.admin.deleteUser(id)`, null, "other", "write"],
    [`supabase.storage.from("files").upload("a", file)`, null, "other", "write"],
    [`supabase.functions.invoke("send")`, null, "other", "write"],
  ])("tells what %s does", (code, model, kind, effect) => {
    const { query } = only(supabase, `await ${code};`);
    expect([query.model, query.kind, query.effect, query.failure]).toEqual([model, kind, effect, "returns-error"]);
  });

  it("rejects once it is told to", () => expect(only(supabase, `await supabase.from("orders").select().throwOnError();`).query.failure).toBe("rejects"));
  it("sends a call to its services at once", () => expect(only(supabase, `supabase.functions.invoke("send");`).query.lazy).toBe(false));
  it("sends no query before it is awaited", () => expect(only(supabase, `supabase.rpc("pay");`).query.lazy).toBe(true));

  it("knows a client by its Deno address", () => {
    const { query } = only(`import { createClient } from "https://esm.sh/@supabase/supabase-js@2.45.0"; const admin = createClient(url, key);`, `await admin.from("orders").select();`);
    expect([query.orm, query.model]).toEqual(["Supabase", "orders"]);
  });

  it("knows a table in a variable, and a constant's name", () => {
    expect(only(supabase, `const orders = supabase.from("orders"); await orders.select();`).query.model).toBe("orders");
    expect(only(`${supabase} const TABLE = "orders";`, `await supabase.from(TABLE).select();`).query.model).toBe("orders");
  });
});

describe("TypeORM", () => {
  it.each([
    ["find options", `orders.findOne({ where: { id, user: { id: input } }, relations: ["user"] })`, `id=id, user.id=input`],
    ["a plain condition", `orders.findOneBy({ id })`, `id=id`],
    ["operators", `orders.find({ where: { id: In(ids), at: MoreThan(day) } })`, `id In=ids, at MoreThan=day`],
    ["somebody else's function of that name", `orders.find({ where: { id: Between(1, 2) } })`, `id=Between(1, 2)`],
    ["alternatives", `orders.find({ where: [{ a }, { b }] })`, `a?=a, b?=b`],
    ["a key", `orders.delete(id)`, `id=id, …`],
    ["criteria", `orders.update({ a }, { b })`, `a=a`],
    ["nothing", `orders.find()`, null],
    ["SQL with parameters", `orders.createQueryBuilder("o").where("o.userId = :user AND o.at >= :day", { user: input, day }).getMany()`, `userId=input, at >==day, …`],
    ["SQL with alternatives", `orders.createQueryBuilder("o").where("o.a = :a OR o.b = :b", { a, b }).getMany()`, `a?=a, b?=b, …`],
    ["a manager's options", `dataSource.manager.find(Order, { where: { id } })`, `id=id`],
  ])("reads %s", (_, code, expected) => {
    expect(filterOf(`${typeorm} import { Between } from "./ours";`, `await ${code};`)).toBe(expected);
  });

  it.each([
    [`orders.find()`, "Order"],
    [`orders.createQueryBuilder("o").getMany()`, "Order"],
    [`dataSource.getRepository(Order).find()`, "Order"],
    [`dataSource.manager.find(Order)`, "Order"],
    [`dataSource.manager.save(Order, { a: 1 })`, "Order"],
    [`dataSource.manager.save(input)`, null],
    [`dataSource.manager.save(orders.create({ a: 1 }))`, "Order"],
    [`dataSource.createQueryBuilder().update(Order).set({ a: 1 }).where("id = 1").execute()`, "Order"],
    [`dataSource.createQueryBuilder().insert().into(Order).values({ a: 1 }).execute()`, "Order"],
    [`dataSource.query("select 1")`, null],
  ])("knows the entity of %s", (code, model) => expect(only(typeorm, `await ${code};`).query.model).toBe(model));

  it("knows the entity of a repository in a variable, of a field, and of a class that queries itself", () => {
    expect(only(typeorm, `const repo = dataSource.getRepository(Order); await repo.find();`).query.model).toBe("Order");
    expect(only(`${typeorm} class S { constructor(private readonly repo: Repository<Order>) {} all() { return this.repo.find(); } }`, "").query.model).toBe("Order");
    expect(only(`import { BaseEntity } from "typeorm"; class Order extends BaseEntity {}`, `await Order.find();`).query.model).toBe("Order");
  });

  it("reads a builder that is kept in a variable", () => {
    const code = `let builder = orders.createQueryBuilder("o").where("o.a = :a", { a }); if (input) builder = builder.andWhere("o.b = :b", { b }); const rows = await builder.take(5).getMany();`;
    const { source, query } = only(typeorm, code);
    expect([query.model, query.operation, query.kind, query.limit, query.lazy]).toEqual(["Order", "getMany", "read-many", "found", false]);
    expect(columns(source, query.filter)).toBe("a=a, b?=b, …");
  });

  it.each([
    [`orders.createQueryBuilder().delete().where("id = :id", { id }).execute()`, "delete", "delete-many"],
    [`orders.createQueryBuilder("o").getOne()`, "getOne", "read-one"],
    [`orders.createQueryBuilder("o").getCount()`, "getCount", "count"],
    [`orders.save(input)`, "save", "save"],
    [`orders.save(orders.create({ a: 1 }))`, "save", "create"],
  ])("tells what %s does", (code, operation, kind) => {
    const { query } = only(typeorm, `await ${code};`);
    expect([query.operation, query.kind]).toEqual([operation, kind]);
  });

  it("reads the data of an entity that was made before", () => {
    expect(dataOf(typeorm, `const order = orders.create({ total: 1, ...input }); await orders.save(order);`)).toBe("total=1, …");
    expect(dataOf(typeorm, `await dataSource.manager.save(Order, { total: 1 });`)).toBe("total=1");
    expect(dataOf(typeorm, `await dataSource.manager.save(input);`)).toBe("…");
  });
});

describe("Drizzle", () => {
  it.each([
    ["a comparison", `eq(users.id, id)`, `id=id`],
    ["conditions that all hold", `and(eq(users.id, id), gt(users.at, day))`, `id=id, at gt=day`],
    ["alternatives", `or(eq(users.a, 1), eq(users.b, 2))`, `a?=1, b?=2`],
    ["what is put in under a condition", `and(eq(users.id, id), input ? eq(users.a, 1) : undefined, input && eq(users.b, 2))`, `id=id, a?=1, b?=2`],
    ["SQL", "sql`${users.id} = 1`", `…`],
    ["a condition from elsewhere", `visibleTo(id)`, `…`],
    ["conditions that are collected", `and(...conditions)`, `id=id, …`],
  ])("reads %s", (_, where, expected) =>
    expect(filterOf(drizzle, `const conditions = [eq(users.id, id)]; conditions.push(input); await db.select().from(users).where(${where});`)).toBe(expected));

  it("knows the conditions by where they come from", () => {
    const others = drizzle.replace(`import { and, count, eq, gt, or, sql } from "drizzle-orm"`, `import { eq as same } from "drizzle-orm"; import { eq } from "./ours"`);
    expect(filterOf(others, `await db.select().from(users).where(same(users.id, id));`)).toBe("id=id");
    expect(filterOf(others, `await db.select().from(users).where(eq(users.id, id));`)).toBe("…");
  });

  it("reads relational queries", () => {
    const { source, query } = only(drizzle, `await db.query.users.findFirst({ where: (user, { eq }) => eq(user.id, id) });`);
    expect([query.model, query.kind, columns(source, query.filter)]).toEqual(["users", "read-one", "id=id"]);
    expect(filterOf(drizzle, `await db.query.users.findMany({ where: { id } });`)).toBe("id=id");
  });

  it.each([
    [`db.select().from(users)`, "users", "read-many", "missing"],
    [`db.select().from(users).limit(1)`, "users", "read-one", "found"],
    [`db.select().from(schema.users).limit(20)`, "users", "read-many", "found"],
    [`db.select({ total: count() }).from(users)`, "users", "aggregate", "missing"],
    ["db.select({ total: sql`count(*)`.mapWith(Number) }).from(users)", "users", "aggregate", "missing"],
    ["db.select({ revenue: sql`COALESCE(SUM(amount), 0)`, orders: sql`COUNT(*)` }).from(users)", "users", "aggregate", "missing"],
    [`db.select({ id: users.id, total: count() }).from(users)`, "users", "read-many", "missing"],
    [`db.insert(users).values({ a: 1 }).returning()`, "users", "create", "missing"],
    [`db.insert(users).values({ a: 1 }).onConflictDoUpdate({})`, "users", "upsert", "missing"],
    [`db.update(users).set({ a: 1 })`, "users", "update-many", "missing"],
    [`db.delete(users)`, "users", "delete-many", "missing"],
    ["db.execute(sql`select 1`)", null, "raw", "missing"],
  ])("tells what %s does", (code, model, kind, limit) => {
    const { query } = only(drizzle, `await ${code};`);
    expect([query.model, query.kind, query.limit]).toEqual([model, kind, limit]);
  });

  it("reads the rows that are inserted", () => expect(dataOf(drizzle, `await db.insert(users).values([{ a: 1 }, { a: 2 }]);`)).toBe("a=1, a=2"));
  it("is sent by the words of SQLite at once", () => expect(only(drizzle, `db.select().from(users).all();`).query.lazy).toBe(false));
});

describe("Kysely", () => {
  const kysely = `import { Kysely, sql } from "kysely"; const db = new Kysely({});`;
  it.each([
    [`db.selectFrom("orders as o").selectAll().where("o.id", "=", id).executeTakeFirst()`, "orders", "read-one", `o.id=id`],
    [`db.updateTable("orders").set({ a: 1 }).where("b", "in", [1]).execute()`, "orders", "update-many", `b in=[1]`],
    [`db.deleteFrom("orders").execute()`, "orders", "delete-many", null],
    [`db.selectFrom("orders").where((eb) => eb.or([])).execute()`, "orders", "read-many", `…`],
    ["sql`select 1`.execute(db)", null, "raw", null],
  ])("tells what %s does", (code, model, kind, filter) => {
    const { source, query } = only(kysely, `await ${code};`);
    expect([query.model, query.kind, columns(source, query.filter)]).toEqual([model, kind, filter]);
  });

  it("sends nothing before it is told to", () => expect(queries(kysely, `await db.deleteFrom("orders").where("id", "=", id);`).found).toEqual([]));

  it("reads a query that is kept in a variable", () => {
    const { source, query } = only(kysely, `let query = db.deleteFrom("orders").where("a", "=", 1); if (input) query = query.where("b", "=", 2); await query.execute();`);
    expect([query.model, query.kind, columns(source, query.filter)]).toEqual(["orders", "delete-many", "a=1, b?=2, …"]);
  });

  it("is found on an extended Prisma client", () => {
    expect(only(`${prisma} const db = prisma.$extends(kyselyExtension({}));`, `await db.$kysely.selectFrom("orders").selectAll().execute();`).query.orm).toBe("Kysely");
  });
});

describe("half-typed code", () => {
  it.each([
    `prisma.user.findMany(`,
    `prisma.user.findMany(...args)`,
    `prisma.user.findMany({ where })`,
    `const where = { ...where }; prisma.user.findMany({ where })`,
    `const where = { AND: [where] }; prisma.user.findMany({ where })`,
    `prisma.user.findMany({ where: { id: {} , OR: [,], ...null } })`,
    `prisma.user?.findMany?.()`,
    `prisma.findMany()`,
    `prisma.user.constructor()`,
    `prisma.constructor.findMany()`,
    `prisma.user.upsert({ create: , update: })`,
  ])("is no trouble: %s", (code) => {
    expect(() => {
      let source: Source;
      try {
        source = openText(`${prisma} ${code}`);
      } catch {
        return;
      }
      const read = queriesIn(source).map((query) => [query.filter, query.data, query.limit, query.model, query.effect]);
      expect(read).toBeDefined();
    }).not.toThrow();
  });
});
