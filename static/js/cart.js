// The cart in fewer steps: one press adds, two buttons count. Every form also works without this.

// The page of a work carries no token, so that it is the same page for everyone.
async function token(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`token: ${answer.status}`);
  return (await answer.json()).token;
}

async function add(form) {
  const body = new FormData(form);
  body.set("csrfmiddlewaretoken", await token(form.dataset.add));
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`add: ${answer.status}`);
  return (await answer.json()).count;
}

function showCount(count) {
  for (const place of document.querySelectorAll("[data-cart-count]")) {
    place.textContent = String(count);
    place.hidden = count === 0;
  }
}

// Whatever goes wrong, the plain page says it.
function adding(form) {
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      showCount(await add(form));
      document.querySelector("[data-added]").showModal();
    } catch {
      form.submit();
    } finally {
      isBusy = false;
    }
  });
}

function clamp(input, number) {
  return Math.min(Math.max(number, Number(input.min)), Number(input.max));
}

function counting(box) {
  const input = box.querySelector("input");
  box.addEventListener("click", (event) => {
    const step = Number(event.target.closest("[data-step]")?.dataset.step ?? 0);
    if (step === 0) return;
    input.value = String(clamp(input, (Number(input.value) || 0) + step));
    box.dispatchEvent(new Event("counted", { bubbles: true }));
  });
}

// In the cart what was counted is sent by itself, once the pressing has ended. Who types a number
// sends it with the button, which shows then.
const PAUSE = 800; // ms

function updating(form) {
  let timer = 0;
  form.addEventListener("counted", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), PAUSE);
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    form.dataset.typed = "";
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

document.querySelectorAll("[data-add]").forEach(adding);
document.querySelectorAll("[data-quantity]").forEach(counting);
document.querySelectorAll("[data-update]").forEach(updating);
