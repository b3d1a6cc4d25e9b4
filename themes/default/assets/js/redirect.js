// Leads on from an old or permanent address, with the place on the page and what was asked.
location.replace(document.getElementById("t0-moved").href + location.search + location.hash);
