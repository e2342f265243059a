// Choosing a suggested place fills in what the form of a city asks for besides its name. Without this script the form
// asks which place it is, once it was sent.
const name = document.getElementById("id_name");
const country = document.getElementById("id_country");
const which = document.querySelector("input[type=hidden][name=place]");

name?.addEventListener("input", () => {
  if (which) which.value = ""; // it was another place
});
name?.addEventListener("chosen", ({ detail: place }) => {
  name.value = place.name;
  country.value = place.country;
  if (which) which.value = place.value;
});
