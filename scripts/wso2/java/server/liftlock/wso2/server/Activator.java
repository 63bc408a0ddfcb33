package liftlock.wso2.server;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Waits for the product's services, then serves its REST classes; prints a line that starts with the marker. */
public final class Activator implements BundleActivator {
    /** What the REST classes look up. */
    private static final String[] NEEDED = {
        "org.wso2.carbon.tomcat.api.CarbonTomcatService",
        "org.wso2.carbon.user.core.service.RealmService",
        "org.wso2.carbon.identity.application.mgt.ApplicationManagementService",
        "org.wso2.carbon.idp.mgt.IdpManager",
        "org.wso2.carbon.identity.claim.metadata.mgt.ClaimMetadataManagementService",
        "org.wso2.carbon.identity.oauth.OAuthAdminServiceImpl",
        "org.wso2.carbon.identity.sso.saml.SAMLSSOConfigServiceImpl",
        "org.wso2.carbon.identity.template.mgt.TemplateManager",
        "org.wso2.carbon.identity.cors.mgt.core.CORSManagementService",
        "org.wso2.carbon.identity.user.store.configuration.UserStoreConfigService",
    };
    private static final int WAIT_MS = 200;
    private static final int PATIENCE_MS = 480_000;

    private volatile boolean isStopped;

    @Override
    public void start(BundleContext bundles) throws Exception {
        EndWithParent.watch();
        StandInServices.register(bundles, new File(System.getProperty("carbon.home"), "repository/liftlock/stand-ins.txt"));
        Thread thread = new Thread(() -> serve(bundles), "liftlock-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext bundles) {
        isStopped = true;
    }

    private void serve(BundleContext bundles) {
        try {
            List<String> missing = missing(bundles);
            for (int waited = 0; !missing.isEmpty() && !isStopped; waited += WAIT_MS) {
                if (waited >= PATIENCE_MS) throw new IllegalStateException("these services did not come up: " + missing);
                Thread.sleep(WAIT_MS);
                missing = missing(bundles);
            }
            if (isStopped) return;
            RestContexts.add(bundles);
            say("READY");
        } catch (Throwable fault) {
            fault.printStackTrace();
            say("FAILED " + fault);
        }
    }

    private static List<String> missing(BundleContext bundles) {
        List<String> names = new ArrayList<>();
        for (String name : NEEDED) if (bundles.getServiceReference(name) == null) names.add(name);
        return names;
    }

    /** Says something to the process that started the server. */
    static void say(String text) {
        System.out.println("[liftlock] " + text);
    }
}
