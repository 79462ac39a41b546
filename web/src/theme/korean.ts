/** Noto Sans KR, the fallback of Inter: its long list of pieces loads after the first paint. */
import "@fontsource-variable/noto-sans-kr/wght.css";
