/* Shortens the way; every page works without it. No single key is ever needed.
   data-js            shown only when this script runs
   data-autofocus     takes the focus after loading
   data-key           pressed, chosen or focused by that key
   data-opens         opens the dialog of that id instead of following the link
   data-once          a form that is sent at most once
   data-remember      a disclosure that stays as the reader left it
   data-fold-phone    a disclosure that starts closed on small screens */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const keysOn = document.documentElement.dataset.keys !== "off";
  const small = window.matchMedia("(max-width: 760px)");

  const store = {
    get(area, name) {
      try { return area.getItem(name); } catch { return null; }
    },
    set(area, name, value) {
      try { area.setItem(name, value); } catch { /* private mode: forget it */ }
    },
  };

  const reveal = () => all("[data-js]").forEach((element) => {
    element.hidden = element.classList.contains("keys-part") && !keysOn;
  });

  const moveFocus = () => {
    const target = document.querySelector("[data-autofocus]");
    if (target) target.focus({ preventScroll: false });
  };

  /* Strike-out: a mark for the reader's own eyes. It never reaches the server. */
  const isStruck = (row) => row.classList.contains("is-struck");

  const strike = (row, on) => {
    row.classList.toggle("is-struck", on);
    row.querySelector("[data-struck-note]").hidden = !on;
    row.querySelector("[data-strike]").setAttribute("aria-pressed", String(on));
    if (on) row.querySelector(".option-input").checked = false;
  };

  const keepStrikes = (form) => {
    const ids = all(".is-struck .option-input", form).map((input) => input.value);
    store.set(sessionStorage, `strikes:${form.dataset.strikes}`, ids.join(" "));
  };

  const setUpStrikes = (form) => {
    const kept = (store.get(sessionStorage, `strikes:${form.dataset.strikes}`) || "").split(" ");
    all("[data-option]:has([data-strike])", form).forEach((row) => {
      const input = row.querySelector(".option-input");
      if (kept.includes(input.value) && !input.checked) strike(row, true);
      row.querySelector("[data-strike]").addEventListener("click", () => {
        strike(row, !isStruck(row));
        keepStrikes(form);
      });
      input.addEventListener("change", () => {
        if (isStruck(row)) strike(row, false);
        keepStrikes(form);
      });
    });
  };

  /* A second press while the first is on its way sends nothing. Back makes the form fresh again. */
  const setUpOnce = (form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) return event.preventDefault();
      sent = true;
      if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", () => {
      sent = false;
      all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
    });
  };

  const setUpMemory = (details) => {
    const name = `open:${details.dataset.remember}`;
    details.open = store.get(localStorage, name) === "yes" || details.open;
    details.addEventListener("toggle", () => {
      store.set(localStorage, name, details.open ? "yes" : "no");
    });
  };

  const setUpShow = (button) => button.addEventListener("click", () => {
    const input = document.getElementById(button.dataset.shows);
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.textContent = show ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(show));
  });

  const setUpTheme = (form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    const theme = event.submitter.value;
    body.set("theme", theme);
    document.documentElement.dataset.theme = theme;
    const twin = form.querySelector(`button:not([value="${theme}"])`);
    if (twin) twin.focus();
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  });

  const openDialog = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || !dialog.showModal) return false;
    dialog.showModal();
    return true;
  };

  const isOutside = (event) => {
    const box = event.target.getBoundingClientRect();
    return event.clientX < box.left || event.clientX > box.right
      || event.clientY < box.top || event.clientY > box.bottom;
  };

  /* Menus close on Escape and on a press elsewhere. */
  const closeMenus = (except) => all("details.menu[open]").forEach((menu) => {
    if (menu === except) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });

  const isTyping = (element) => element.isContentEditable
    || element.matches("textarea, select")
    || (element.matches("input") && !element.matches("[type=radio], [type=checkbox], [type=submit]"));

  const isVisible = (element) => element.getClientRects().length > 0;

  const press = (element) => {
    if (element.matches("input")) {
      element.focus();
      if (!element.checked || element.type === "checkbox") element.click();
    } else if (element.matches("a, button, summary")) {
      element.click();
    } else {
      all("details", element).forEach((details) => { details.open = true; });
      element.focus();
    }
  };

  const moveRow = (by) => {
    const rows = all("[data-row] a[href]:first-of-type").filter(isVisible);
    if (!rows.length) return;
    const now = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, now + by))].focus();
  };

  const onKey = (event) => {
    if (event.key === "Escape") closeMenus();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (!keysOn || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Enter" && event.target.closest("a, button, summary, input")) return;
    if (key === "?") return void openDialog("keys");
    const target = all(`[data-key="${CSS.escape(key)}"]`).find(
      (element) => element.matches("input") || isVisible(element));
    const row = target && target.closest("[data-option]");
    if (event.shiftKey && key !== "Enter") {
      const button = row && row.querySelector("[data-strike]");
      if (!button) return;
      button.click();
    } else if (target) {
      press(target);
    } else if (key === "j" || key === "k") {
      moveRow(key === "j" ? 1 : -1);
    } else if (key === "/" && document.querySelector("[type=search]")) {
      document.querySelector("[type=search]").focus();
    } else {
      return;
    }
    event.preventDefault();
  };

  const onClick = (event) => {
    closeMenus(event.target.closest("details.menu"));
    const opener = event.target.closest("[data-opens]");
    if (opener && openDialog(opener.dataset.opens)) event.preventDefault();
    if (event.target.matches("dialog") && isOutside(event)) event.target.close();
    if (event.target.closest("[data-back]")) history.back();
    if (event.target.closest("[data-print]")) window.print();
  };

  reveal();
  all("form[data-strikes]").forEach(setUpStrikes);
  all("form[data-once]").forEach(setUpOnce);
  all("details[data-remember]").forEach(setUpMemory);
  all("[data-shows]").forEach(setUpShow);
  all("form[data-theme-switch]").forEach(setUpTheme);
  if (small.matches) all("details[data-fold-phone]").forEach((details) => { details.open = false; });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  moveFocus();
})();
