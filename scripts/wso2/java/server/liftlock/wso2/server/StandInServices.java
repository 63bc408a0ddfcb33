package liftlock.wso2.server;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.wso2.carbon.security.sts.service.STSAdminServiceInterface;
import org.wso2.carbon.security.sts.service.util.TrustedServiceData;

/** Services of parts of the product that the registry does not serve, as far as the management API asks for them. */
final class StandInServices {
    private static final String FRAMEWORK = "org.wso2.carbon.identity.application.authentication.framework.";
    /** Kind, name and display name of authenticators: the server refuses steps with names that nothing registered. */
    private static final String[][] AUTHENTICATORS = {
        {"Local", "BasicAuthenticator", "Username & Password"},
        {"Local", "IdentifierExecutor", "Identifier First"},
        {"Local", "SessionExecutor", "Active Sessions Limit"},
        {"Local", "FIDOAuthenticator", "Security Key/Biometrics"},
        {"Local", "x509CertificateAuthenticator", "X509Certificate"},
        {"Local", "totp", "TOTP"},
        {"Federated", "GoogleOIDCAuthenticator", "Google"},
        {"Federated", "FacebookAuthenticator", "Facebook"},
        {"Federated", "PassiveSTSAuthenticator", "passivests"},
        {"Federated", "EmailOTP", "Email OTP"},
        {"Federated", "SMSOTP", "SMS OTP"},
        {"RequestPath", "BasicAuthRequestPathAuthenticator", "basic-auth"},
        {"RequestPath", "OAuthRequestPathAuthenticator", "oauth-bearer"},
    };

    private StandInServices() {}

    /** @param unused interfaces that the level needs no more of than that they are there, one a line */
    static void register(BundleContext bundles, File unused) throws IOException, ClassNotFoundException {
        for (String name : Files.readAllLines(unused.toPath())) {
            if (!name.isBlank() && !name.startsWith("#")) bundles.registerService(name, standIn(name, Map.of()), null);
        }
        for (String[] authenticator : AUTHENTICATORS) {
            Object service = standIn(FRAMEWORK + authenticator[0] + "ApplicationAuthenticator", Map.of(
                "getName", authenticator[1],
                "getFriendlyName", authenticator[2],
                "getConfigurationProperties", new ArrayList<>()));
            bundles.registerService(FRAMEWORK + "ApplicationAuthenticator", service, null);
        }
        bundles.registerService(STSAdminServiceInterface.class, trustedServices(), null);
    }

    /** An object of an interface: it gives the answers by the name of the method, else nothing. */
    private static Object standIn(String name, Map<String, Object> answers) throws ClassNotFoundException {
        Class<?> type = Class.forName(name, false, StandInServices.class.getClassLoader());
        return proxy(type, (self, method, arguments) ->
            answers.containsKey(method.getName()) ? answers.get(method.getName()) : nothing(method.getReturnType()));
    }

    private static Object nothing(Class<?> type) {
        if (type == Optional.class) return Optional.empty();
        if (type == boolean.class) return false;
        if (type == int.class) return 0;
        if (type == long.class) return 0L;
        return null;
    }

    /** The realms of WS-Trust, in memory: the security token service is not in the registry. */
    private static STSAdminServiceInterface trustedServices() {
        Map<String, TrustedServiceData> services = Collections.synchronizedMap(new LinkedHashMap<>());
        return (STSAdminServiceInterface) proxy(STSAdminServiceInterface.class, (self, method, arguments) -> {
            switch (method.getName()) {
                case "addTrustedService":
                    services.put((String) arguments[0], new TrustedServiceData((String) arguments[0], (String) arguments[1]));
                    return null;
                case "removeTrustedService":
                    services.remove(arguments[0]);
                    return null;
                case "getTrustedServices":
                    return services.values().toArray(new TrustedServiceData[0]);
                case "getCertAliasOfPrimaryKeyStore":
                    return new String[] {"wso2carbon"};
                default:
                    return nothing(method.getReturnType());
            }
        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) ->
            method.getDeclaringClass() == Object.class ? ofObject(self, method, arguments) : handler.invoke(self, method, arguments));
    }

    private static Object ofObject(Object self, Method method, Object[] arguments) {
        switch (method.getName()) {
            case "hashCode":
                return System.identityHashCode(self);
            case "equals":
                return self == arguments[0];
            default:
                return "stand-in of " + self.getClass().getInterfaces()[0].getName();
        }
    }
}
