package liftlock.wso2.server;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;

/** The class loader of a web application: its own jars come before the classes of the OSGi framework. */
final class ChildFirstLoader extends URLClassLoader {
    ChildFirstLoader(URL[] jars, ClassLoader parent) {
        super(jars, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean isResolved) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            boolean isShared = name.startsWith("java.") || name.startsWith("javax.servlet.");
            if (loaded == null && !isShared) loaded = findOwn(name);
            if (loaded == null) return super.loadClass(name, isResolved);
            if (isResolved) resolveClass(loaded);
            return loaded;
        }
    }

    private Class<?> findOwn(String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException elsewhere) {
            return null;
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    /** Registrations are its own alone: those of the framework's bundles name classes of other versions. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        boolean isRegistration = name.matches("META-INF/(services/|spring|cxf).*");
        return isRegistration ? Collections.enumeration(Collections.list(findResources(name))) : super.getResources(name);
    }
}
