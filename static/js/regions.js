// An address follows its country, its districts their regency. Without scripts a button does so.

const BELOW = { province: "regency", regency: "district" };

function address(part) {
  const form = part.closest("form");
  const select = (level) => part.querySelector(`[data-region=${level}]`);
  const postcode = part.querySelector("[name$=postcode]");
  const refresh = part.querySelector("[data-refresh]");
  let usual = select("district")?.selectedOptions[0]?.dataset.postcode ?? "";
  let asked = 0;
  refresh.remove(); // also so that Enter saves

  function empty(level) {
    for (let below = level; below; below = BELOW[below]) {
      const options = select(below).options;
      options.length = 1;
      options[0].selected = true;
    }
  }

  async function offer(level, parent) {
    empty(level);
    const turn = ++asked;
    if (!parent) return;
    try {
      const response = await fetch(`${part.dataset.regions}?parent=${encodeURIComponent(parent)}`);
      if (!response.ok) throw new Error(response.statusText);
      const options = await response.text();
      if (turn === asked) select(level).innerHTML = options;
    } catch {
      redraw(); // the server draws the page anew, or says what is wrong
    }
  }

  function showPostcode(district) {
    const next = district.selectedOptions[0]?.dataset.postcode ?? "";
    if (postcode.value === "" || postcode.value === usual) postcode.value = next;
    usual = next;
  }

  function redraw() {
    part.append(refresh);
    refresh.querySelector("button").click();
  }

  // The fields of another country come from the same page, as its button would show it.
  async function follow(country) {
    const sent = new FormData(form);
    sent.set("refresh", "1");
    try {
      const response = await fetch(form.action, { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const drawn = page.querySelector("[data-address]");
      if (!drawn) throw new Error("no address on the page");
      part.replaceWith(drawn);
      drawn.querySelector(`[name="${country.name}"]`).focus();
      address(drawn);
    } catch {
      redraw();
    }
  }

  part.addEventListener("change", ({ target }) => {
    const below = BELOW[target.dataset.region];
    if (below) offer(below, target.value);
    else if (target.dataset.region) showPostcode(target);
    else if (target.name.endsWith("country")) follow(target);
  });
}

document.querySelectorAll("[data-address]").forEach(address);
