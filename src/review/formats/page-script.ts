/** What the page does by itself: filters, and the parts that are folded open on paper. Without it, everything is there to read. */
export const script = `
(() => {
  const form = document.querySelector("form.filters");
  const issues = [...document.querySelectorAll("details.issue")];
  const groups = [...document.querySelectorAll("section[data-bucket]")];
  const said = form.querySelector("output");
  form.hidden = false;

  const apply = () => {
    const wanted = new FormData(form);
    const buckets = new Set(wanted.getAll("bucket"));
    const concern = wanted.get("concern");
    const words = String(wanted.get("text")).toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const issue of issues) {
      const isWanted = buckets.has(issue.dataset.bucket) && (!concern || issue.dataset.concern === concern) && words.every((word) => issue.textContent.toLowerCase().includes(word));
      issue.hidden = !isWanted;
      if (isWanted) shown += 1;
    }
    for (const group of groups) group.hidden = !buckets.has(group.dataset.bucket);
    said.value = shown + " of " + issues.length + " issues";
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));

  const toggle = form.querySelector("[data-open]");
  toggle.addEventListener("click", () => {
    const open = toggle.dataset.open === "false";
    for (const issue of issues) issue.open = open;
    toggle.dataset.open = String(open);
    toggle.textContent = open ? "Close all" : "Open all";
  });

  document.addEventListener("keydown", (event) => {
    const isTyping = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      form.elements.text.focus();
    } else if (event.key === "Escape" && event.target === form.elements.text) {
      form.reset();
    }
  });

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("details")) target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  let before = [];
  addEventListener("beforeprint", () => {
    before = issues.map((issue) => issue.open);
    for (const issue of issues) if (issue.dataset.bucket !== "wait") issue.open = true;
  });
  addEventListener("afterprint", () => issues.forEach((issue, index) => { issue.open = before[index]; }));
  apply();
})();
`;
