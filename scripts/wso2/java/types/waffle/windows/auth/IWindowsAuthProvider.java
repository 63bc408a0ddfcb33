package waffle.windows.auth;

/** Named by the OAuth bundle's grant for Windows sign-in, which is not here. */
public interface IWindowsAuthProvider {}
