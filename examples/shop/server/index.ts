import cors from "cors";
import express, { type NextFunction, type Request, type Response } from "express";
import session from "express-session";
import bcrypt from "bcryptjs";
import jwt from "jsonwebtoken";
import multer from "multer";

import { prisma } from "../lib/prisma";
import { ensureAdmin } from "./bootstrap";
import { startJobs } from "./jobs";
import { importPrices, salesByDay } from "./reports";

const app = express();
const upload = multer({ dest: "uploads/" });
const { SESSION_SECRET = "dev-secret-change-me" } = process.env;

app.use(cors({ origin: true, credentials: true }));
app.use(express.json());
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }));

app.post("/login", async (req, res) => {
  const user = await prisma.user.findFirst({ where: { email: req.body.email, role: "admin" } });
  if (!user || !(await bcrypt.compare(req.body.password, user.passwordHash))) {
    return res.status(401).json({ error: "Wrong e-mail or password" });
  }

  const token = jwt.sign({ sub: user.id, role: "admin" }, SESSION_SECRET, { expiresIn: "12h" });
  res.cookie("admin_token", token, { httpOnly: true });
  return res.json({ name: user.name });
});

app.use((req, res, next) => {
  if (req.headers["x-worker-key"] !== process.env.WORKER_KEY) {
    return res.status(401).json({ error: "Who are you?" });
  }
  return next();
});

app.get("/orders", async (_req, res) => {
  const orders = await prisma.order.findMany({ include: { items: true, user: { select: { email: true } } } });
  res.json(orders);
});

app.get("/reports/sales", async (_req, res) => {
  res.json(await salesByDay());
});

app.post("/products/import", upload.single("file"), async (req, res) => {
  const count = await importPrices(req.file!.path);
  console.log("imported", count, "prices");
  res.json({ count });
});

app.post("/carts/clear", async (_req, res) => {
  const { count } = await prisma.cartItem.deleteMany();
  res.json({ count });
});

app.use((err: Error, _req: Request, res: Response, _next: NextFunction) => {
  console.error(err);
  res.status(500).json({ message: err.message, stack: err.stack });
});

app.listen(4000, async () => {
  await ensureAdmin();
  startJobs();
  console.log("worker is listening on 4000");
});
