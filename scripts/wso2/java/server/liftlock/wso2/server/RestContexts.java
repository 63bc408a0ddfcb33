package liftlock.wso2.server;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.servlet.Filter;
import javax.servlet.Servlet;
import org.apache.catalina.Wrapper;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.osgi.framework.BundleContext;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.tomcat.api.CarbonTomcatService;
import org.wso2.carbon.user.core.service.RealmService;

/** Puts the REST layer under {@code /api} and {@code /t/TENANT/api} of the kernel's Tomcat. */
final class RestContexts {
    private RestContexts() {}

    static void add(BundleContext bundles) throws Exception {
        File home = new File(System.getProperty("carbon.home"), "repository/liftlock");
        ClassLoader loader = new ChildFirstLoader(jarsIn(new File(home, "lib")), RestContexts.class.getClassLoader());
        Servlet servlet = restServlet(loader, new File(home, "apis.txt"));
        RealmService realms = bundles.getService(bundles.getServiceReference(RealmService.class));
        CarbonTomcatService carbon = bundles.getService(bundles.getServiceReference(CarbonTomcatService.class));
        ExchangeLog log = new ExchangeLog(new File(System.getProperty("liftlock.exchanges")));
        for (String path : new String[] {"/api", "/t"}) {
            StandardContext context = new StandardContext();
            context.setName(path);
            context.setPath(path);
            context.setDocBase(home.getAbsolutePath());
            context.addLifecycleListener(new Tomcat.FixContextListener());
            context.setParentClassLoader(loader);
            Wrapper wrapper = Tomcat.addServlet(context, "rest", servlet);
            wrapper.setAsyncSupported(true);
            context.addServletMappingDecoded("/*", "rest");
            addFilter(context, "exchanges", log);
            addFilter(context, "authentication", new BasicAuthentication(realms, path.equals("/t")));
            // Last: filters that come after the context is started are ignored, and everybody would be let in.
            carbon.getTomcat().getHost().addChild(context);
        }
    }

    private static void addFilter(StandardContext context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(name);
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    private static URL[] jarsIn(File folder) throws MalformedURLException {
        File[] files = folder.listFiles((parent, name) -> name.endsWith(".jar"));
        Arrays.sort(files);
        List<URL> urls = new ArrayList<>();
        for (File file : files) urls.add(file.toURI().toURL());
        return urls.toArray(new URL[0]);
    }

    /** The classes of the REST layer look up their services when they are made, as the super tenant. */
    private static Servlet restServlet(ClassLoader loader, File apis) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain("carbon.super", true);
            Class<?> type = Class.forName("liftlock.wso2.rest.ManagementApi", true, loader);
            return (Servlet) type.getMethod("create", File.class).invoke(null, apis);
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
