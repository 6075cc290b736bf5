// The checkout as it is typed: choices are reckoned at once, phones see one step at a time.
// Without this every step stands on the page and a button reckons.

const PARTS = ["[data-delivery]", "[data-payment]", "[data-place]", "[data-summary]"];
const form = document.querySelector("[data-checkout]");
const steps = [...form.querySelectorAll("[data-step]")];
const said = document.querySelector("[data-said]");
const narrow = matchMedia("(max-width: 63.99rem)");

// What was typed while the answer was on its way stays.
function keep(old, fresh) {
  for (const field of old.querySelectorAll("input[type=text], textarea")) {
    const next = fresh.querySelector(`[name="${field.name}"]`);
    if (next) next.value = field.value;
  }
  for (const note of old.querySelectorAll("details[open]")) {
    const field = note.querySelector("[name]");
    fresh.querySelector(`[name="${field.name}"]`)?.closest("details")?.setAttribute("open", "");
  }
  for (const radio of old.querySelectorAll('[name="method"]:checked')) {
    const next = fresh.querySelector(`[name="method"][value="${radio.value}"]:enabled`);
    if (next) next.checked = true;
  }
}

function show(page) {
  const focused = document.activeElement?.id;
  const before = document.querySelector("[data-total]").textContent;
  for (const part of PARTS) {
    const old = document.querySelector(part);
    const fresh = page.querySelector(part);
    keep(old, fresh);
    old.replaceWith(fresh);
  }
  hideRefresh();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const total = document.querySelector("[data-summary] .sums__total");
  if (total.querySelector("[data-total]").textContent !== before) {
    said.textContent = [...total.children].map((word) => word.textContent).join(" ");
  }
}

let turn = 0;

async function reckon() {
  const mine = ++turn;
  const sent = new FormData(form);
  sent.set("intent", "refresh");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    if (!page.querySelector("[data-checkout]")) throw new Error("no checkout on the page");
    show(page);
  } catch {
    if (mine === turn) showRefresh(); // the button asks again, and shows what is wrong
  }
}

const refresh = () => form.querySelector("[data-delivery] > [data-refresh]");

function hideRefresh() {
  refresh().hidden = true;
}

function showRefresh() {
  refresh().hidden = false;
}

function isReckoned(field) {
  return field.matches("select, [type=radio]:not([name=method]), [name^=insured]");
}

// One step at a time.

function go(index, { focus = true } = {}) {
  steps.forEach((step, at) => step.toggleAttribute("data-now", at === index));
  [...form.querySelector("[data-steps]").children].forEach((bar, at) => {
    bar.toggleAttribute("data-done", at < index);
    if (at === index) bar.setAttribute("aria-current", "step");
    else bar.removeAttribute("aria-current");
  });
  if (!focus || !narrow.matches) return;
  steps[index].querySelector("h2").focus();
  form.scrollIntoView();
}

function isFilled(step) {
  const fields = [...step.querySelectorAll("input, select, textarea")];
  const wrong = fields.find((field) => field.offsetParent !== null && !field.checkValidity());
  wrong?.reportValidity();
  return !wrong;
}

function firstStep() {
  const wrong = steps.findIndex((step) => step.querySelector(".form-field--error"));
  if (wrong >= 0) return wrong;
  return form.querySelector(".error-summary") ? steps.length - 1 : 0;
}

function walk() {
  form.classList.add("checkout__form--steps");
  for (const part of form.querySelectorAll("[data-steps], [data-moves]")) part.hidden = false;
  steps.forEach((step, index) => {
    step.addEventListener("click", ({ target }) => {
      if (target.closest("[data-back]")) go(index - 1);
      else if (target.closest("[data-next]") && isFilled(step)) go(index + 1);
    });
  });
  form.querySelector(".error-summary")?.addEventListener("click", ({ target }) => {
    const field = document.querySelector(target.closest("a")?.hash || null);
    const index = steps.findIndex((step) => step.contains(field));
    if (index >= 0) go(index, { focus: false });
    field?.focus();
  });
  go(firstStep(), { focus: false });
}

form.addEventListener("change", ({ target }) => {
  if (isReckoned(target)) reckon();
});
hideRefresh();
walk();
form.querySelector(".error-summary, [data-alert]")?.focus();
