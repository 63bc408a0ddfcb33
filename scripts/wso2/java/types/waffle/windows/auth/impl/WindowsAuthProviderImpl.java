package waffle.windows.auth.impl;

import waffle.windows.auth.IWindowsAuthProvider;

/** Named by the OAuth bundle's grant for Windows sign-in, which is not here. */
public class WindowsAuthProviderImpl implements IWindowsAuthProvider {}
