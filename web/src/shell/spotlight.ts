/** The command menu's own switch; it is opened when its chunk has arrived. */
export { spotlight } from "@mantine/spotlight";
