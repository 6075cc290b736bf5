// Postage is answered beside the work. Without this the button opens a page that does.

function estimate(form) {
  const answer = form.querySelector("[data-answer]");
  let turn = 0;

  async function ask() {
    const mine = ++turn;
    const asked = new URLSearchParams(new FormData(form));
    asked.set("fragment", "1");
    try {
      const response = await fetch(`${form.action}?${asked}`);
      if (!response.ok) throw new Error(response.statusText);
      const html = await response.text();
      if (mine === turn) answer.innerHTML = html;
    } catch {
      if (mine === turn) form.submit();
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("change", ask);
}

document.querySelectorAll("[data-estimate]").forEach(estimate);
