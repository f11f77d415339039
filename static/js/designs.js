// The page with the ticket designs: everything on it comes from the server but the names of languages and desks.
import { nameDesk } from "@articket/staff/this_desk.js";
import { nameWays } from "@articket/staff/tongues.js";

nameDesk();
nameWays();
