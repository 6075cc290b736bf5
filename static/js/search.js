// Suggestions below the search box: an editable combobox with a listbox (ARIA APG). Without scripts
// the box is a plain search.

const WAIT = 150; // ms of silence before the server is asked
const SHORTEST = 2;

function combobox(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "search-form__suggestions";
  list.role = "listbox";
  list.ariaLabel = form.dataset.label;
  list.hidden = true;
  form.append(list);
  Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
  input.setAttribute("aria-controls", list.id);

  let timer;
  let asked = "";
  let chosen = -1;

  function close() {
    list.hidden = true;
    input.ariaExpanded = "false";
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  }

  function choose(index) {
    const options = [...list.children];
    if (!options.length) return;
    chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ label, kind, url }, index) => {
        const option = document.createElement("li");
        option.id = `suggestion-${index}`;
        option.className = "search-form__suggestion";
        option.role = "option";
        option.ariaSelected = "false";
        option.dataset.url = url;
        const name = document.createElement("span");
        name.textContent = label;
        const hint = document.createElement("span");
        hint.className = "search-form__kind";
        hint.textContent = kind;
        option.append(name, hint);
        return option;
      }),
    );
    chosen = -1;
    list.hidden = suggestions.length === 0;
    input.ariaExpanded = String(!list.hidden);
  }

  async function ask() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (text.length < SHORTEST) return close();
    try {
      const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`);
      const { suggestions } = await response.json();
      if (text === asked && document.activeElement === input) show(suggestions);
    } catch {
      close(); // no network: the search itself will say so
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden && list.children.length) show([...list.children].map(read));
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
}

function read(option) {
  return {
    label: option.firstChild.textContent,
    kind: option.lastChild.textContent,
    url: option.dataset.url,
  };
}

document.querySelectorAll("[data-suggest]").forEach(combobox);
