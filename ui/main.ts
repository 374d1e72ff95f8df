import { mount } from "svelte";
import App from "./App.svelte";
import "./tokens.css";
import "./components.css";
import "./frame.css";

const target = document.getElementById("app");
if (target) mount(App, { target });
