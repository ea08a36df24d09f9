import { describe, expect, it } from "vitest";

import { isHistory, isHistoryOf, isOwnerColumn, isSideRow } from "../../../src/semantics/queries/side-rows.js";

describe("rows that only tell about others", () => {
  it.each(["auditLog", "audit_logs", "notifications", "verificationToken", "activity_log", "task_executions"])("%s", (model) => expect(isSideRow(model)).toBe(true));
  it.each(["order", "orders", "catalog", "blogs", "logins", null])("not %s", (model) => expect(isSideRow(model)).toBe(false));
});

it("a table of what happened to another", () => {
  expect(isHistoryOf("order_events", "orders")).toBe(true);
  expect(isHistoryOf("ServiceTicketEvent", "serviceTickets")).toBe(true);
  expect(isHistoryOf("events", "orders")).toBe(false);
  expect(isHistoryOf("order_items", "orders")).toBe(false);
  expect(isHistoryOf(null, "orders")).toBe(false);
});

it("a table of what has happened, and one of events that people go to", () => {
  expect(isHistory("order_events")).toBe(true);
  expect(isHistory("events")).toBe(false);
});

it("columns that say whom a row belongs to", () => {
  expect(["accountId", "tenant_id", "createdBy"].map(isOwnerColumn)).toEqual([true, true, true]);
  expect(["orderId", "userId", "total"].map(isOwnerColumn)).toEqual([false, false, false]);
});
