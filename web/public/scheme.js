// Sets the colour scheme before the first paint, so that a dark screen never flashes white.
(() => {
  let choice = "auto";
  try {
    choice = localStorage.getItem("hub-color-scheme") ?? "auto";
  } catch {
    // Storage may be forbidden; the system's choice is right then.
  }
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
