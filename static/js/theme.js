// Before the first paint: the reader's own theme, the announcements they closed, and the news
// that scripts run.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const closed = localStorage.getItem("announcements")?.match(/[\d-]+/g);
    if (closed) {
      const sheet = new CSSStyleSheet();
      for (const edition of closed) {
        sheet.insertRule(`[data-announcement="${edition}"] { display: none; }`);
      }
      document.adoptedStyleSheets = [sheet];
    }
  } catch {
    // Storage is blocked: the device decides, and announcements return.
  }
})();
